// Attributes of the dialect.
func.func private @f() attributes {test.a = #impulse.symbol<0>, test.b = #impulse.support<INTERVAL, lower = 0.000000e+00 : f64, upper = 1.000000e+00 : f64>,
  test.c = #impulse.support<GREATER_THAN, lower = -1.500000e+00 : f32>, test.d = #impulse.support<REAL>}
