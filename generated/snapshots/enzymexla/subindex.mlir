module {
  func.func @sample(%arg0: memref<4x6xf64>, %arg1: index) {
    %0 = "enzymexla.subindex"(%arg0, %arg1) : (memref<4x6xf64>, index) -> memref<6xf64>
    return
  }
}
