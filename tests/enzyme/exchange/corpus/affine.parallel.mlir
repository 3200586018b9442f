// Parallel loops, vectors, the smallest and largest of maps.
func.func @f(%m: memref<8x8xf32>, %n: index) -> f32 {
  %0 = affine.parallel (%i, %j) = (0, 0) to (8, 8) step (2, 4) reduce ("addf") -> (f32) {
    %x = affine.load %m[%i, %j] : memref<8x8xf32>
    affine.yield %x : f32
  }
  %1 = affine.min affine_map<(d0) -> (d0, 16)>(%n)
  %2 = affine.max affine_map<(d0)[s0] -> (d0 + s0, 0)>(%n)[%1]
  %3 = affine.vector_load %m[%n, 0] : memref<8x8xf32>, vector<4xf32>
  affine.vector_store %3, %m[%n, 4] : memref<8x8xf32>, vector<4xf32>
  affine.prefetch %m[%n, 0], read, locality<3>, data : memref<8x8xf32>
  return %0 : f32
}
