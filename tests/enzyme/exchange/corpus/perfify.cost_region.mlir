// What an operation costs, in the form of 0.0.16.
"perfify.cost"() ({
}) {target_op = "arith.mulf"} : () -> ()
