module {
  "places.without_values"() : () -> ()
}
