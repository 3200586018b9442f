// A symbol with characters that are not printed.
func.func private @"line\0Abreak"()
func.func private @"tab\09"()
func.func private @"nul\00"()
