module {
  "places.symbol"() {sym_name = "name"} : () -> ()
}
