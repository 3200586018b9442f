module {
  func.func @sample() {
    "enzymexla.comm_region"() ({
      "stablehlo.return"() : () -> ()
    }) : () -> ()
    return
  }
}
