// The end of a block.
func.func @f(%a: f64) {
  "perfify.yield"(%a) : (f64) -> ()
^bb1:  // no predecessors
  return
}
