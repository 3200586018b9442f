module {
  func.func @sample() {
    %0 = "enzymexla.comm_region"() ({
    ^bb0:
    }) : () -> f64
    return
  }
}
