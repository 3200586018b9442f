module {
  func.func @sample() {
    %0:3 = "values.blocks"() ({
    ^bb0(%arg0: f64, %arg1: i32):
      "values.stop"(%arg1, %arg0) : (i32, f64) -> ()
    }, {
      "values.stop"() : () -> ()
    }) : () -> (f64, i32, index)
    return
  }
}
