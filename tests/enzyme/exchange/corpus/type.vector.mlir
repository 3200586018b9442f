// Vectors, scalable ones too.
func.func private @f(vector<4xf32>, vector<2x3xi1>, vector<[4]xf32>, vector<2x[8]xi8>, vector<index>)
