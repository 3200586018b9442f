// The spelling of releases up to 0.0.15, and text that looks like it.
func.func private @f() attributes {test.all = [#enzyme<activity enzyme_active>, #enzyme<activity enzyme_dup>], test.text = "#enzyme<activity enzyme_dup>"}
