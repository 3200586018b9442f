module {
  func.func @sample(%arg0: f64, %arg1: f64, %arg2: f64) {
    %0:2 = "impulse.random"(%arg0, %arg1, %arg2) {rng_distribution = #impulse.rng_distribution<UNIFORM>} : (f64, f64, f64) -> (f64, f64)
    return
  }
}
