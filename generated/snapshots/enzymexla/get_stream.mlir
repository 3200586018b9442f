module {
  func.func @sample() {
    %0 = "enzymexla.get_stream"() : () -> !gpu.async.token
    return
  }
}
