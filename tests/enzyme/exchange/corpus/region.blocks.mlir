// Several blocks, successors with and without arguments, and a loop of them.
func.func @f(%n: i32, %c: i1) -> i32 {
  %one = arith.constant 1 : i32
  cf.cond_br %c, ^loop(%n : i32), ^end(%one : i32)
^loop(%i: i32):
  %next = arith.subi %i, %one : i32
  %more = arith.cmpi sgt, %next, %one : i32
  cf.cond_br %more, ^loop(%next : i32), ^end(%next : i32)
^end(%r: i32):
  return %r : i32
}
