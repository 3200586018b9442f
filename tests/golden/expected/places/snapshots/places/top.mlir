module {
  "places.top"() : () -> ()
}
