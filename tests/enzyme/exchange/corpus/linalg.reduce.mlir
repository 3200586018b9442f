// Structured operations with short regions.
func.func @f(%a: tensor<2x3xf32>, %r: tensor<2xf32>) -> tensor<2xf32> {
  %0 = linalg.reduce ins(%a : tensor<2x3xf32>) outs(%r : tensor<2xf32>) dimensions = [1]
    (%x: f32, %s: f32) {
      %t = arith.addf %x, %s : f32
      linalg.yield %t : f32
    }
  %1 = linalg.map ins(%r, %0 : tensor<2xf32>, tensor<2xf32>) outs(%r : tensor<2xf32>)
    (%x: f32, %y: f32, %z: f32) {
      %t = arith.mulf %x, %y : f32
      linalg.yield %t : f32
    }
  return %0 : tensor<2xf32>
}
