// An attribute that holds a list of others.
func.func private @f() attributes {test.a = #enzymexla.partial_symmetry<<[0, 1]>, <[2, 3, 4]>>}
