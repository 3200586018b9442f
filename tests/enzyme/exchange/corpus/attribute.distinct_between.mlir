// Distinct attributes on operations of several functions.
#scope = distinct[0]<unit>
module attributes {my.test = #scope} {
  func.func private @f() attributes {test = #scope}
  func.func private @g() attributes {test = distinct[1]<unit>}
}
