// Integer types.
func.func private @f(i1, i7, i64, si8, ui32, index, i1024)
