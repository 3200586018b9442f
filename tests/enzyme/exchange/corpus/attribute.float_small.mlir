// Numbers of eight bits and fewer.
func.func private @f() attributes {a = 1.5 : f8E5M2, b = 1.5 : f8E4M3FN, c = 1.5 : f8E4M3, d = 1.5 : f8E5M2FNUZ, e = 1.5 : f8E4M3FNUZ,
  f = 1.5 : f8E4M3B11FNUZ, g = 1.5 : f8E3M4, h = 1.5 : f4E2M1FN, i = 1.5 : f6E2M3FN, j = 1.5 : f6E3M2FN, k = 2.0 : f8E8M0FNU}
