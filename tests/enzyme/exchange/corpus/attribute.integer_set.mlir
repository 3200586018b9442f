// Integer sets, as attributes and through an alias.
#inside = affine_set<(d0)[s0] : (d0 >= 0, s0 - d0 - 1 >= 0)>
func.func private @f() attributes {a = #inside, b = affine_set<(d0, d1) : (d0 - d1 == 0)>, c = affine_set<()[s0] : (s0 mod 2 == 0, s0 floordiv 3 - 1 >= 0)>, d = [#inside]}
