// Loads and stores that are not kept in caches, or aligned.
func.func @f(%m: memref<4xf64>, %i: index) -> f64 {
  %0 = "memref.load"(%m, %i) <{nontemporal = true}> : (memref<4xf64>, index) -> f64
  "memref.store"(%0, %m, %i) <{nontemporal = true}> : (f64, memref<4xf64>, index) -> ()
  %1 = memref.load %m[%i] : memref<4xf64>
  return %1 : f64
}
