// Every kind of integer arithmetic.
func.func @f(%a: i32, %b: i32, %c: i1, %v: vector<4xi8>) -> i32 {
  %0 = arith.divsi %a, %b : i32
  %1 = arith.remui %0, %b : i32
  %2 = arith.shli %1, %a : i32
  %3 = arith.maxsi %2, %b : i32
  %4 = arith.cmpi ult, %3, %a : i32
  %5 = arith.select %4, %3, %b : i32
  %6 = arith.extsi %5 : i32 to i64
  %7 = arith.index_cast %6 : i64 to index
  %8, %9 = arith.addui_extended %a, %b : i32, i1
  %10, %11 = arith.mulsi_extended %a, %b : i32
  %12 = arith.xori %v, %v : vector<4xi8>
  return %5 : i32
}
