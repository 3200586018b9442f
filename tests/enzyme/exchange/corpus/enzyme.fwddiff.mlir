// Forward mode, in several directions.
func.func @f(%x: f64, %y: f64) -> f64 {
  return %x : f64
}
func.func @g(%x: f64, %dx: tensor<2xf64>, %y: f64) -> (f64, tensor<2xf64>) {
  %0:2 = "enzyme.fwddiff"(%x, %dx, %y) {activity = [#enzyme.activity<enzyme_dup>, #enzyme.activity<enzyme_const>], fn = @f,
    ret_activity = [#enzyme.activity<enzyme_dup>], strong_zero = true, width = 2 : i64} : (f64, tensor<2xf64>, f64) -> (f64, tensor<2xf64>)
  return %0#0, %0#1 : f64, tensor<2xf64>
}
