module {
  func.func @sample(%arg0: tensor<4xf64>) {
    %0:2 = "enzymexla.lapack.potrf"(%arg0) {uplo = #enzymexla.uplo<U>} : (tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
    return
  }
}
