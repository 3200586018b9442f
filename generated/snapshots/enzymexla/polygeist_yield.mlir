module {
  func.func @sample(%arg0: index, %arg1: index, %arg2: index) {
    "enzymexla.gpu_block"(%arg0, %arg1, %arg2) ({
      "enzymexla.polygeist_yield"() : () -> ()
    }) : (index, index, index) -> ()
    return
  }
}
