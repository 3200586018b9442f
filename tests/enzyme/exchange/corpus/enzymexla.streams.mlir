// Streams, addresses of kernels, sizes of types.
func.func private @kernel()
func.func @f(%i: i32, %p: !llvm.ptr) -> i32 {
  %0 = "enzymexla.get_stream"() : () -> !llvm.ptr
  %1 = "enzymexla.stream2token"(%0) : (!llvm.ptr) -> !gpu.async.token
  %2 = "enzymexla.gpu_kernel_address"() {fn = @kernel} : () -> !llvm.ptr
  %3 = "enzymexla.gpu_occupancy"(%i, %i, %i) {fn = @kernel} : (i32, i32, i32) -> i32
  %4 = "enzymexla.typeAlign"() {source = !llvm.struct<(i32, f64)>} : () -> i64
  "enzymexla.store_var"(%3, %p) {type = "name"} : (i32, !llvm.ptr) -> ()
  return %3 : i32
}
