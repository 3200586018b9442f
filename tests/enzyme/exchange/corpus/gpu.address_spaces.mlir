// Memory spaces of a device, in types and attributes.
func.func private @f(memref<4xf32, #gpu.address_space<workgroup>>, memref<f32, #gpu.address_space<private>>) attributes {test.a = #gpu.address_space<global>}
