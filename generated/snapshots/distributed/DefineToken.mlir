module {
  func.func @sample() {
    %0 = "distributed.DefineToken"() {channel = @name} : () -> !distributed.token
    return
  }
}
