// The dialect of indices.
func.func @f(%a: index) -> index {
  %0 = index.constant 3
  %1 = index.add %a, %0
  %2 = index.casts %1 : index to i32
  %3 = index.cmp slt(%1, %a)
  return %1 : index
}
