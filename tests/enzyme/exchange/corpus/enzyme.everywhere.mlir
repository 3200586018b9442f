// Derivatives in regions of loops, in modules in modules, with the symbols of those.
module @inner {
  func.func @f(%x: f64) -> f64 {
    return %x : f64
  }
  func.func @g(%x: f64, %n: index) -> f64 {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %0 = scf.for %i = %c0 to %n step %c1 iter_args(%s = %x) -> (f64) {
      %1 = "enzyme.fwddiff"(%s, %x) {activity = [#enzyme.activity<enzyme_dup>], fn = @f, ret_activity = [#enzyme.activity<enzyme_dupnoneed>], strong_zero = false,
        width = 1 : i64} : (f64, f64) -> f64
      scf.yield %1 : f64
    }
    return %0 : f64
  }
}
