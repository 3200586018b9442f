// Symbols that need quotes: spaces, quotes, backslashes, brackets, empty-looking ones.
func.func private @"with space"()
func.func private @"a \22b\22 > c"()
func.func private @"back\5Cslash"()
func.func private @"<{(["()
func.func private @"1st"()
func.func private @"-"()
func.func private @"::"()
func.func @f() {
  call @"with space"() : () -> ()
  call @"a \22b\22 > c"() : () -> ()
  call @"::"() : () -> ()
  return
}
