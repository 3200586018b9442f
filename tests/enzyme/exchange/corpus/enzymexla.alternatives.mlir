// Several regions to choose from.
func.func @f() {
  "enzymexla.alternatives"() ({
    "enzymexla.polygeist_yield"() : () -> ()
  }, {
    "enzymexla.noop"() : () -> ()
    "enzymexla.polygeist_yield"() : () -> ()
  }) : () -> ()
  return
}
