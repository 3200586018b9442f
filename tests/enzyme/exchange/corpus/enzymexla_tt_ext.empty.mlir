// A table with nothing in it.
"enzymexla_tt_ext.module"() ({
^bb0:
}) {sym_name = "odd name"} : () -> ()
