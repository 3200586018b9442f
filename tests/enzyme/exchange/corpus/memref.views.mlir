// Parts, shapes and layouts of memory.
func.func @f(%m: memref<8x8xf32>, %n: index, %b: memref<64xi8>) -> memref<4x4xf32, strided<[8, 1], offset: ?>> {
  %0 = memref.subview %m[%n, 2] [4, 4] [1, 1] : memref<8x8xf32> to memref<4x4xf32, strided<[8, 1], offset: ?>>
  %1 = memref.cast %m : memref<8x8xf32> to memref<?x?xf32>
  %2 = memref.reinterpret_cast %m to offset: [2], sizes: [3], strides: [4] : memref<8x8xf32> to memref<3xf32, strided<[4], offset: 2>>
  %3 = memref.collapse_shape %m [[0, 1]] : memref<8x8xf32> into memref<64xf32>
  %4 = memref.expand_shape %3 [[0, 1]] output_shape [16, 4] : memref<64xf32> into memref<16x4xf32>
  %5 = memref.view %b[%n][] : memref<64xi8> to memref<4xf32>
  %6 = memref.transpose %m (i, j) -> (j, i) : memref<8x8xf32> to memref<8x8xf32, strided<[1, 8]>>
  %7 = memref.dim %1, %n : memref<?x?xf32>
  return %0 : memref<4x4xf32, strided<[8, 1], offset: ?>>
}
