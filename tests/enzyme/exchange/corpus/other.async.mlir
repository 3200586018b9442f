// Tokens and values that come later.
func.func @f(%x: f32) {
  %t = async.execute {
    async.yield
  }
  async.await %t : !async.token
  return
}
