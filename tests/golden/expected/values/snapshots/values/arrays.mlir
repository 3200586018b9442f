module {
  func.func @sample() {
    "values.arrays"() {bits = array<i1: true, false>, bytes = array<i8: -1, 2>, empty = [], floats = array<f32: 2.500000e-01, -2.000000e+00>, halves = [5.000000e-01 : f32, -1.000000e+00 : f32], nested = [[1.000000e+00], []], none = array<i16>} : () -> ()
    return
  }
}
