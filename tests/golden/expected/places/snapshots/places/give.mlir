module {
  "places.function"() ({
    "places.give"() : () -> ()
  }) {sym_name = "symbol"} : () -> ()
}
