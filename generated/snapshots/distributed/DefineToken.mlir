module {
  func.func private @name()
  func.func @sample() {
    %0 = "distributed.DefineToken"() {channel = @name} : () -> !distributed.token
    return
  }
}
