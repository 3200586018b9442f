// Loops that carry values.
func.func @f(%n: index, %m: memref<?xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f64
  %0:2 = scf.for %i = %c0 to %n step %c1 iter_args(%s = %zero, %k = %c0) -> (f64, index) {
    %x = memref.load %m[%i] : memref<?xf64>
    %t = arith.addf %s, %x : f64
    scf.yield %t, %i : f64, index
  }
  return %0#0 : f64
}
