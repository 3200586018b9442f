module {
  module @a { func.func private @b() }
  func.func @sample() {
    "places.refers"() {also = [@a, "word"], kinds = [#some.kind<1>], to = @a::@b} : () -> ()
    return
  }
}
