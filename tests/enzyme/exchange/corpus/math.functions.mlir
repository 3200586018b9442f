// Functions of the dialect math.
func.func @f(%a: f64, %i: i32, %v: vector<2xf32>) -> f64 {
  %0 = math.sin %a : f64
  %1 = math.powf %0, %a : f64
  %2 = math.fma %1, %0, %a : f64
  %3 = math.atan2 %2, %a : f64
  %4 = math.ctpop %i : i32
  %5 = math.exp %v : vector<2xf32>
  %6 = math.ipowi %i, %i : i32
  %7 = math.fpowi %3, %i : f64, i32
  %8 = math.rsqrt %7 fastmath<afn> : f64
  return %8 : f64
}
