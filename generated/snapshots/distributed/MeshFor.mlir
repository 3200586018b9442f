module {
  func.func private @name()
  func.func @sample() {
    "distributed.MeshFor"() ({
    }) {mesh = @name} : () -> ()
    return
  }
}
