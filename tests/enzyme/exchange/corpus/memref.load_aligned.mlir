// Loads and stores with an alignment.
func.func @f(%m: memref<4xf64>, %i: index) -> f64 {
  %0 = "memref.load"(%m, %i) <{alignment = 16 : i64, nontemporal = false}> : (memref<4xf64>, index) -> f64
  "memref.store"(%0, %m, %i) <{alignment = 16 : i64, nontemporal = false}> : (f64, memref<4xf64>, index) -> ()
  return %0 : f64
}
