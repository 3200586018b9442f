module {
  func.func @square(%arg0: f64) -> f64 {
    %0 = arith.mulf %arg0, %arg0 : f64
    return %0 : f64
  }
  func.func @sample(%arg0: f64, %arg1: f64) {
    %0 = "enzyme.autodiff"(%arg0, %arg1) {activity = [#enzyme.activity<enzyme_active>], fn = @square, ret_activity = [#enzyme.activity<enzyme_activenoneed>]} : (f64, f64) -> f64
    return
  }
}
