// Public, private and nested symbols, and one that is called main.
func.func private @declared()
func.func nested @between() {
  return
}
func.func @main() {
  return
}
module @table {
  func.func nested @inside() {
    return
  }
}
