// Dictionaries with names that need quotes.
func.func private @f() attributes {a = {}, b = {"with space" = 1, "q\22uote" = 2, _c$d.e = {f = "g"}}}
