// Vectors in memory: with and without bounds, masks and maps.
func.func @f(%m: memref<?x?xf32>, %i: index, %k: vector<4xi1>) -> vector<4xf32> {
  %zero = arith.constant 0.0 : f32
  %0 = vector.transfer_read %m[%i, %i], %zero {permutation_map = affine_map<(d0, d1) -> (d1)>, in_bounds = [true]} : memref<?x?xf32>, vector<4xf32>
  vector.transfer_write %0, %m[%i, %i] : vector<4xf32>, memref<?x?xf32>
  %1 = vector.load %m[%i, %i] : memref<?x?xf32>, vector<4xf32>
  %2 = vector.maskedload %m[%i, %i], %k, %1 : memref<?x?xf32>, vector<4xi1>, vector<4xf32> into vector<4xf32>
  vector.store %2, %m[%i, %i] : memref<?x?xf32>, vector<4xf32>
  return %2 : vector<4xf32>
}
