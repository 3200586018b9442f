// Layouts of memrefs.
func.func private @f(memref<4x4xf32, strided<[8, 1], offset: 2>>, memref<?xf32, strided<[?], offset: ?>>) attributes {a = strided<[]>, b = strided<[-1, ?]>}
