// Affine maps of every operation, as attributes and through an alias.
#turn = affine_map<(d0, d1) -> (d1, d0)>
func.func private @f() attributes {a = #turn, b = affine_map<() -> ()>, c = affine_map<(d0)[s0] -> (d0 + s0, d0 * 2 - 3)>,
  d = affine_map<(d0) -> (d0 floordiv 2, d0 ceildiv 3, d0 mod 4)>, e = affine_map<(d0)[s0, s1] -> ((d0 + s1) mod 5 + s0 * 7)>, f = affine_map<() -> (42)>, g = [#turn, #turn]}
