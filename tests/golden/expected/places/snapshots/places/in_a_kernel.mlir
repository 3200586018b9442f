module {
  "other.module"() ({
    "places.in_a_kernel"() {sym_name = "symbol"} : () -> ()
  }) : () -> ()
}
