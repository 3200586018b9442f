// A call of what XLA compiles.
func.func private @g(memref<4xf64>)
func.func @f(%m: memref<4xf64>) {
  "enzymexla.xla_wrapper"(%m) {fn = @g} : (memref<4xf64>) -> ()
  return
}
