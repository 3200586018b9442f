module {
  func.func @sample(%arg0: tensor<i1>) {
    "impulse.if"(%arg0) ({
      "impulse.yield"() : () -> ()
    }, {
      "impulse.yield"() : () -> ()
    }) : (tensor<i1>) -> ()
    return
  }
}
