// Loops with bounds of maps, steps and carried values.
#above = affine_map<(d0)[s0] -> (d0 + 1, s0)>
func.func @f(%m: memref<?x?xf64>, %n: index) -> f64 {
  %zero = arith.constant 0.0 : f64
  %0 = affine.for %i = 0 to %n step 2 iter_args(%s = %zero) -> (f64) {
    %1 = affine.for %j = 0 to min #above(%i)[%n] iter_args(%t = %s) -> (f64) {
      %x = affine.load %m[%i, %j + 1] : memref<?x?xf64>
      %u = arith.addf %t, %x : f64
      affine.yield %u : f64
    }
    affine.yield %1 : f64
  }
  return %0 : f64
}
