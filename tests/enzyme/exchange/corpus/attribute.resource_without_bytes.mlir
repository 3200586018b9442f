// A resource that is named and not given.
func.func private @f() attributes {a = dense_resource<elsewhere> : tensor<4xf32>}
