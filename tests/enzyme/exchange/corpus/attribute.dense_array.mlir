// Dense arrays of every element type, empty ones too.
func.func private @f() attributes {a = array<i1: true, false>, b = array<i8: -1, 2>, c = array<i16: 300>, d = array<i32>, e = array<i64: 9223372036854775807>,
  f = array<f32: 0.1, 0x7F800000>, g = array<f64: -0.0, 1.0e-300>}
