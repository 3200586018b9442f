// Reverse mode of a region of two blocks, which the words of a function may go with.
func.func @g(%x: f64, %dr: f64) -> f64 {
  %0 = "enzyme.autodiff_region"(%x, %dr) ({
  ^bb0(%a: f64):
    %1 = arith.mulf %a, %a : f64
    cf.br ^end(%1 : f64)
  ^end(%b: f64):
    "enzyme.yield"(%b) : (f64) -> ()
  }) {activity = [#enzyme.activity<enzyme_active>], fn = "name", ret_activity = [#enzyme.activity<enzyme_activenoneed>], strong_zero = false, width = 1 : i64} : (f64, f64) -> f64
  return %0 : f64
}
