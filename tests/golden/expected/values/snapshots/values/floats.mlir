module {
  func.func @sample() {
    "values.floats"() {free = 3.000000e+00 : f64, large = 1.000000e+300 : f64, negative = -2.500000e+00 : f16, small = -0.000000e+00 : f32} : () -> ()
    return
  }
}
