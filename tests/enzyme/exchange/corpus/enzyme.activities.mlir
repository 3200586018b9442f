// Every activity, as an attribute.
func.func private @f() attributes {test.all = [#enzyme.activity<enzyme_active>, #enzyme.activity<enzyme_dup>, #enzyme.activity<enzyme_const>,
  #enzyme.activity<enzyme_dupnoneed>, #enzyme.activity<enzyme_activenoneed>, #enzyme.activity<enzyme_constnoneed>], test.in = {a = #enzyme.activity<enzyme_dup>}}
