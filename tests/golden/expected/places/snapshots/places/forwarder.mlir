module {
  func.func private @name()
  "places.forwarder"() {sym_name = "symbol", to = @name} : () -> ()
}
