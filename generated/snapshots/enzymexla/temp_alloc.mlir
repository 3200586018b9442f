module {
  "enzymexla.temp_alloc"() {sym_name = "scratch", sym_visibility = "private", type = memref<4xf64, 1>} : () -> ()
}
