// Reverse mode, all attributes written out, in every kind of activity.
func.func @f(%x: f64, %m: memref<4xf64>, %n: i32) -> (f64, f64) {
  return %x, %x : f64, f64
}
func.func @g(%x: f64, %m: memref<4xf64>, %dm: memref<4xf64>, %n: i32, %dr: f64) -> (f64, f64) {
  %0:2 = "enzyme.autodiff"(%x, %m, %dm, %n, %dr) {activity = [#enzyme.activity<enzyme_active>, #enzyme.activity<enzyme_dup>, #enzyme.activity<enzyme_const>],
    fn = @f, ret_activity = [#enzyme.activity<enzyme_active>, #enzyme.activity<enzyme_constnoneed>], strong_zero = false, width = 1 : i64}
    : (f64, memref<4xf64>, memref<4xf64>, i32, f64) -> (f64, f64)
  return %0#0, %0#1 : f64, f64
}
