module {
  func.func private @name()
  func.func @sample(%arg0: f64) {
    %0:3 = "impulse.simulate"(%arg0) {fn = @name, selection = [[#impulse.symbol<1>]]} : (f64) -> (tensor<4xf64>, tensor<4xf64>, f64)
    return
  }
}
