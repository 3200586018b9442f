module {
  func.func @sample(%arg0: !rules.Cell<tensor<4xi1>>, %arg1: tensor<4xi1>) {
    "rules.cells"(%arg0, %arg1) : (!rules.Cell<tensor<4xi1>>, tensor<4xi1>) -> ()
    return
  }
}
