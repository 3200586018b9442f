// Vectors that are put together and taken apart.
func.func @f(%v: vector<2x4xf32>, %x: f32, %i: index) -> vector<4xf32> {
  %0 = vector.extract %v[1] : vector<4xf32> from vector<2x4xf32>
  %1 = vector.insert %x, %0[2] : f32 into vector<4xf32>
  %2 = vector.broadcast %x : f32 to vector<4xf32>
  %3 = vector.shuffle %1, %2 [0, 5, 2, 7] : vector<4xf32>, vector<4xf32>
  %4 = vector.reduction <add>, %3 : vector<4xf32> into f32
  %5 = vector.fma %1, %2, %3 : vector<4xf32>
  %6 = vector.shape_cast %v : vector<2x4xf32> to vector<8xf32>
  %7 = vector.create_mask %i : vector<4xi1>
  return %5 : vector<4xf32>
}
