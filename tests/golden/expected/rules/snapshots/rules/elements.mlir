module {
  func.func @sample(%arg0: memref<4xi32>, %arg1: i32) {
    %0 = "rules.elements"(%arg0, %arg1) : (memref<4xi32>, i32) -> i32
    return
  }
}
