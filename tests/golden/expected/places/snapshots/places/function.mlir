module {
  "places.function"() ({
  ^bb0(%arg0: f64):
    "places.give"(%arg0) : (f64) -> ()
  }) {sym_name = "symbol"} : () -> ()
}
