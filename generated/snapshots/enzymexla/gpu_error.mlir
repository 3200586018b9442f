module {
  func.func @sample() {
    %0 = "enzymexla.gpu_error"() ({
      "enzymexla.polygeist_yield"() : () -> ()
    }) : () -> index
    return
  }
}
