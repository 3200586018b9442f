module {
  func.func private @name()
  func.func @sample() {
    %0 = "enzymexla.gpu_kernel_address"() {fn = @name} : () -> f64
    return
  }
}
