module {
  "places.told"() : () -> ()
}
