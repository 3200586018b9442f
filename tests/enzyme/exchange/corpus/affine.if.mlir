// Conditions of integer sets.
#even = affine_set<(d0)[s0] : (d0 mod 2 == 0, s0 - d0 - 1 >= 0)>
func.func @f(%m: memref<?xf64>, %n: index) {
  affine.for %i = 0 to %n {
    affine.if #even(%i)[%n] {
      %x = affine.load %m[%i] : memref<?xf64>
      affine.store %x, %m[%i + 1] : memref<?xf64>
    } else {
      %0 = affine.apply affine_map<(d0)[s0] -> (d0 floordiv 2 + s0)>(%i)[%n]
    }
  }
  return
}
