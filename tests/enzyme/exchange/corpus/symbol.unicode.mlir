// Symbols beyond ASCII.
func.func private @"größe"()
func.func private @"函数"()
func.func private @"\F0\9F\9A\80"()
func.func @f() {
  call @"größe"() : () -> ()
  call @"函数"() : () -> ()
  return
}
