// What an operation costs, in the form of releases up to 0.0.15.
"perfify.cost"() {cycle_cost = 4 : i64, target_op = "arith.mulf"} : () -> ()
"perfify.cost"() {cycle_cost = -1 : i8, target_op = "a \22b\22"} : () -> ()
