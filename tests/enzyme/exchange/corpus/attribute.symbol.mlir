// References to symbols, flat and nested.
module @outer {
  module @inner {
    func.func private @f()
  }
}
func.func private @g() attributes {a = @g, b = @outer::@inner::@f, c = [@outer, @"with space"::@x]}
