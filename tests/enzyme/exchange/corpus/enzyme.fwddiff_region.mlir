// Forward mode of a region.
func.func @g(%x: f64, %dx: f64, %c: f64) -> f64 {
  %0 = "enzyme.fwddiff_region"(%x, %dx) ({
  ^bb0(%a: f64):
    %1 = arith.mulf %a, %c : f64
    "enzyme.yield"(%1) : (f64) -> ()
  }) {activity = [#enzyme.activity<enzyme_dup>], ret_activity = [#enzyme.activity<enzyme_dupnoneed>], strong_zero = false, width = 1 : i64} : (f64, f64) -> f64
  return %0 : f64
}
