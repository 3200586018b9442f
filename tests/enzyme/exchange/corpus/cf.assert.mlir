// A claim with words.
func.func @f(%c: i1) {
  cf.assert %c, "must \22hold\22 -> always"
  return
}
