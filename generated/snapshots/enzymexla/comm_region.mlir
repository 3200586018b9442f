module {
  func.func @sample() {
    %0 = "enzymexla.comm_region"() ({
    }) : () -> f64
    return
  }
}
