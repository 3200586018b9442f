// Attributes of the dialect that releases spell differently.
func.func private @f() attributes {test.a = [#impulse.rng_distribution<NORMAL>, #impulse.support_kind<REAL>, #impulse.transpose<ADJOINT>]}
