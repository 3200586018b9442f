// Attributes of the dialect that releases spell differently.
func.func private @f() attributes {test.a = [#enzymexla.guaranteed<GUARANTEED>, #enzymexla.guaranteed<NOTGUARANTEED>, #enzymexla.guaranteed<UNKNOWN>],
  test.b = {c = #enzymexla.gelu_approximation<TANH>}}
