module {
  func.func private @kernel(!llvm.ptr)
  func.func @sample() {
    %0 = "enzymexla.gpu_kernel_address"() {fn = @kernel} : () -> !llvm.ptr
    return
  }
}
