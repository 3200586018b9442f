// Attributes of arguments and results.
func.func private @f(f64 {a.x = 1, a.y = "two"}, i32, index {a.unit}) -> (f64 {a.z = [3]}, i1)
