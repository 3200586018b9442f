module {
  func.func private @name()
  func.func @sample() {
    "rules.use"() {callee = @name, other = @name} : () -> ()
    return
  }
}
