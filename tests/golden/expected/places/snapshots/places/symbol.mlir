module {
  "places.symbol"() {sym_name = "symbol"} : () -> ()
}
