module {
  func.func @sample(%arg0: !toy.Box<f64>) {
    %0 = "toy.openBox"(%arg0) : (!toy.Box<f64>) -> f64
    return
  }
}
