// Parts of vectors.
func.func @f(%v: vector<2x4xf32>) -> vector<1x2xf32> {
  %0 = "vector.extract_strided_slice"(%v) {offsets = [0, 1], sizes = [1, 2], strides = [1, 1]} : (vector<2x4xf32>) -> vector<1x2xf32>
  return %0 : vector<1x2xf32>
}
