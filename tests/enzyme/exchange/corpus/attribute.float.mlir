// Numbers of the usual formats: exact, inexact, without end, none, negative zero, subnormal.
func.func private @f() attributes {a = 0.1 : f64, b = -0.0 : f64, c = 0x7FF0000000000000 : f64, d = 0xFFF0000000000000 : f64,
  e = 0x7FF8000000000000 : f64, f = 5.0e-324 : f64, g = 1.0e+300 : f64, h = 3.4028235e+38 : f32, i = 1.5 : f16, j = 2.5 : bf16,
  k = 0x7FC00000 : f32, l = 1.0 : f80, m = 1.0 : f128, n = 1.0 : tf32}
