// Memory of the module that a function asks for by name.
module {
  "enzymexla.temp_alloc"() {sym_name = "scratch", sym_visibility = "private", type = memref<4xf64, 1>} : () -> ()
  func.func @f() -> memref<4xf64, 1> {
    %0 = "enzymexla.get_global_temp"() {name = @scratch} : () -> memref<4xf64, 1>
    return %0 : memref<4xf64, 1>
  }
}
