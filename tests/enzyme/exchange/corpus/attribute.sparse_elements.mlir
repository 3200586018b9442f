// Sparse elements.
func.func private @f() attributes {a = sparse<[[0, 0], [1, 2]], [1, 5]> : tensor<3x4xi32>, b = sparse<[], []> : tensor<2xf32>, c = sparse<0, 1.0> : tensor<1xf32>}
