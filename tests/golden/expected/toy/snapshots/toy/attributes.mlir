module {
  func.func private @callee()
  func.func @sample() {
    "toy.attributes"() {colors = [#toy.color<toy_red>, #toy.color<toy_none>], flag, grid = [[1, 2], []], kind = f32, label = "name", map = affine_map<(d0) -> (d0)>, names = ["a", "b"], plain = 1 : i32, sizes = array<i64: 1, 2>, target = @callee, weights = array<f64: 5.000000e-01>} : () -> ()
    return
  }
}
