// Floating point types.
func.func private @f(f16, bf16, f32, f64, f80, f128, tf32)
