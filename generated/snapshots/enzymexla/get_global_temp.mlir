module {
  "enzymexla.temp_alloc"() {sym_name = "scratch", sym_visibility = "private", type = memref<4xf64, 1>} : () -> ()
  func.func @sample() {
    %0 = "enzymexla.get_global_temp"() {name = @scratch} : () -> memref<4xf64, 1>
    return
  }
}
