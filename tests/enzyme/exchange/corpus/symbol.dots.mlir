// Symbols of dots, dollars and digits, which need no quotes.
func.func private @a.b.c()
func.func private @_$x.1()
func.func private @main.0()
func.func @f() {
  call @a.b.c() : () -> ()
  return
}
