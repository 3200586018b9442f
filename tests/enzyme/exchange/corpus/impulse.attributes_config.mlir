// Attributes with many parts, written as Enzyme writes them.
func.func private @f() attributes {test.a = #impulse.hmc_config<trajectory_length = 1.000000e+00 : f64, adapt_step_size = false, adapt_mass_matrix = false>,
  test.b = #impulse.nuts_config<max_tree_depth = 7, max_delta_energy = 1.000000e+03 : f64, adapt_step_size = false, adapt_mass_matrix = false>}
