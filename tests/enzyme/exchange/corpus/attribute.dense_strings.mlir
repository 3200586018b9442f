// Dense elements of words.
func.func private @f() attributes {a = dense<"text"> : tensor<2x!llvm.ptr>, b = dense<["one", "t\22w\22o"]> : tensor<2x!llvm.ptr>}
