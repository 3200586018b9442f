module {
  func.func @double(%arg0: tensor<4xf64>) -> tensor<4xf64> {
    %0 = arith.addf %arg0, %arg0 : tensor<4xf64>
    return %0 : tensor<4xf64>
  }
  func.func @sample(%arg0: memref<4xf64>) {
    "enzymexla.xla_wrapper"(%arg0) {fn = @double} : (memref<4xf64>) -> ()
    return
  }
}
