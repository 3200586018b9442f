// A loop with a condition, and one that chooses among regions.
func.func @f(%n: i32, %k: index) -> i32 {
  %c1 = arith.constant 1 : i32
  %0 = scf.while (%i = %n) : (i32) -> i32 {
    %c = arith.cmpi sgt, %i, %c1 : i32
    scf.condition(%c) %i : i32
  } do {
  ^bb0(%j: i32):
    %d = arith.subi %j, %c1 : i32
    scf.yield %d : i32
  }
  %1 = scf.index_switch %k -> i32
  case 2 {
    scf.yield %0 : i32
  }
  case 5 {
    scf.yield %c1 : i32
  }
  default {
    scf.yield %n : i32
  }
  return %1 : i32
}
