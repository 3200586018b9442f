// The types of the dialect, of all kinds of types.
func.func private @f(!enzyme.Cache<f64>, !enzyme.Cache<(f64, index) -> (i1, !enzyme.Cache<f32>)>,
  !enzyme.Gradient<tuple<f64, !enzyme.Gradient<vector<4xi8>>>>, tensor<2x!enzyme.Cache<i1>>, !enzyme.Cache<!llvm.ptr>) attributes {test.a = !enzyme.Gradient<index>}
