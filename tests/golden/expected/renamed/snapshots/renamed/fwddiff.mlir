module {
  func.func private @square(f64) -> f64
  func.func @sample(%arg0: f64, %arg1: f64) {
    %0 = "renamed.fwddiff"(%arg0, %arg1) {activity = [#renamed.mode<slow>, #renamed.mode<quick>], fn = @square} : (f64, f64) -> f64
    return
  }
}
