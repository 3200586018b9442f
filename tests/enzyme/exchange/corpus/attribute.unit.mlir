// Units, written and left out.
func.func private @f() attributes {a, b = unit, c = [unit, unit]}
