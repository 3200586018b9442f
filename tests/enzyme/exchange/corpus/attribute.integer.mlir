// Integers of every width and signedness, at their ends.
func.func private @f() attributes {a = true, b = false, c = -128 : i8, d = 127 : i8, e = 9223372036854775807 : i64,
  f = -9223372036854775808 : i64, g = 255 : ui8, h = -1 : si16, i = 0 : index, j = -5 : index, k = 7 : i3,
  l = 170141183460469231731687303715884105727 : i128, m = 18446744073709551615 : ui64}
