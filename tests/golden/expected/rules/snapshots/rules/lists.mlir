module {
  func.func @sample(%arg0: index, %arg1: i1) {
    %0:2 = "rules.lists"(%arg0, %arg1) : (index, i1) -> (f32, f64)
    return
  }
}
