module {
  func.func private @kernel(!llvm.ptr)
  func.func @sample(%arg0: i32, %arg1: i64, %arg2: i32) {
    %0 = "enzymexla.gpu_occupancy"(%arg0, %arg1, %arg2) {fn = @kernel} : (i32, i64, i32) -> i32
    return
  }
}
