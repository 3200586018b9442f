module {
  func.func @sample() {
    "distributed.MeshFor"() ({
    }) {mesh = @name} : () -> ()
    return
  }
}
