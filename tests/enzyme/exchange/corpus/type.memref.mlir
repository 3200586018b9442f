// Memrefs: layouts, memory spaces, unranked.
func.func private @f(memref<f32>, memref<4x?xf64>, memref<*xi1>, memref<*xi1, 3>, memref<4xf32, 1>, memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>, 2>,
  memref<4xf32, #gpu.address_space<workgroup>>, memref<2x2xf32, strided<[2, 1], offset: ?>, "space">, memref<4xmemref<4xf32>>)
