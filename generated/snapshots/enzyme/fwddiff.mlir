module {
  func.func @square(%arg0: f64) -> f64 {
    %0 = arith.mulf %arg0, %arg0 : f64
    return %0 : f64
  }
  func.func @sample(%arg0: f64, %arg1: f64) {
    %0 = "enzyme.fwddiff"(%arg0, %arg1) {activity = [#enzyme.activity<enzyme_dup>], fn = @square, ret_activity = [#enzyme.activity<enzyme_dupnoneed>]} : (f64, f64) -> f64
    return
  }
}
