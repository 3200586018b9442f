// Rules.
"tessera.optimizations"() ({
  "tessera.optimization"() {rule = "inv(inv(x)) = x"} : () -> ()
  "tessera.optimization"() {rule = "a \22b\22 -> <{}> {"} : () -> ()
}) : () -> ()
"tessera.optimizations"() ({
^bb0:
}) : () -> ()
