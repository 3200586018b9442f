// Dense elements: splats, lists, complex numbers, of every rank.
func.func private @f() attributes {a = dense<1.0> : tensor<2x3xf64>, b = dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>, c = dense<> : tensor<0xf32>,
  d = dense<[true, false, true]> : tensor<3xi1>, f = dense<(1.0, -2.0)> : tensor<2xcomplex<f32>>,
  g = dense<[(1, 2), (3, 4)]> : tensor<2xcomplex<i32>>, h = dense<5> : tensor<index>, i = dense<[-1, 0, 1]> : vector<3xi4>,
  j = dense<0x7FC00000> : tensor<2xf32>}
