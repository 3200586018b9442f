// Aliases of attributes and types, one in the other.
#one = dense<1.0> : tensor<4xf64>
#all = {first = #one, second = [#one]}
!row = tensor<4xf64>
!table = tuple<!row, !row>
func.func private @f(!row, !table) -> !row attributes {test.a = #all, test.b = !table}
