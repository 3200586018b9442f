module {
  func.func @sample() {
    %0 = "corner.blas.syrk"() : () -> f64
    return
  }
}
