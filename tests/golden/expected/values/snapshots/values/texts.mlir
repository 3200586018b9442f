module {
  "other.module"() ({
    "other.text"() {sym_name = "inner", text = "a \\ b \"\"\" c"} : () -> ()
  }) {sym_name = "outer"} : () -> ()
  func.func @sample() {
    "values.texts"() {hash = "#1", letters = "gr\C3\BCn \F0\9D\84\9E", note = #values.note<"n \221\22">, odd = @"a \22b\22 \C3\A9", quoted = "line\0Abreak \22q\22 \\", sure = #values.sure<false>, target = @outer::@inner} : () -> ()
    return
  }
}
