// Strings with everything that is escaped, and with a type.
func.func private @f() attributes {a = "", b = "tab\09 quote\22 backslash\5C newline\0A nul\00", c = "größe €", d = "typed" : i32,
  e = "} ] ) > -> <{ // # ! % @"}
