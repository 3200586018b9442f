module {
  func.func @sample() {
    %0 = "enzymexla.gpu_error"() ({
    }) : () -> index
    return
  }
}
