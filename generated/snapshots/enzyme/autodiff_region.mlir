module {
  func.func @sample(%arg0: f64, %arg1: f64) {
    %0 = "enzyme.autodiff_region"(%arg0, %arg1) ({
    ^bb0(%arg2: f64):
      "enzyme.yield"(%arg2) : (f64) -> ()
    }) {activity = [#enzyme.activity<enzyme_active>], ret_activity = [#enzyme.activity<enzyme_activenoneed>]} : (f64, f64) -> f64
    return
  }
}
