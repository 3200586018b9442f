// A barrier in a function.
func.func @f() {
  gpu.barrier
  return
}
