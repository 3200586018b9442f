// Tuples, and the type of nothing.
func.func private @f(tuple<>, tuple<i1, tuple<f32, tensor<2xi8>>>, none)
