// Global memory: constant, uninitialized, external, aligned.
memref.global "private" constant @table : memref<4xf64> = dense<[1.0, 2.0, 3.0, 4.0]>
memref.global @state : memref<2xi32> = uninitialized
memref.global "private" @external : memref<f32>
memref.global @aligned : memref<4xf32> = dense<0.0> {alignment = 64}
memref.global "private" constant @"odd name" : memref<1xi8> = dense<1>
func.func @f() -> memref<4xf64> {
  %0 = memref.get_global @table : memref<4xf64>
  %1 = memref.get_global @"odd name" : memref<1xi8>
  return %0 : memref<4xf64>
}
