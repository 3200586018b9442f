module {
  func.func @sample(%arg0: tensor<4x4xf64>) {
    %0:2 = "enzymexla.lapack.potrf"(%arg0) {uplo = #enzymexla.uplo<L>} : (tensor<4x4xf64>) -> (tensor<4x4xf64>, tensor<i32>)
    return
  }
}
