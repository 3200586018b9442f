// Locations of modules and of what has regions.
module @m {
  module @n {
    func.func @f(%n: index) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      scf.for %i = %c0 to %n step %c1 {
        scf.yield loc("end")
      } loc("loop"("model.py":3:4))
      return
    } loc("f")
  } loc("n")
} loc("m")
