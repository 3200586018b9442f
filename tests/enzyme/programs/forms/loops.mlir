// cumsum cumprod in place
func.func @f(%x: memref<?xf64>, %y: memref<?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?xf64>
  scf.for %i = %c1 to %n step %c1 {
    %j = arith.subi %i, %c1 : index
    %a = memref.load %x[%j] : memref<?xf64>
    %b = memref.load %x[%i] : memref<?xf64>
    %s = arith.addf %a, %b : f64
    memref.store %s, %x[%i] : memref<?xf64>
    %c = memref.load %y[%j] : memref<?xf64>
    %d = memref.load %y[%i] : memref<?xf64>
    %p = arith.mulf %c, %d : f64
    memref.store %p, %y[%i] : memref<?xf64>
  }
  return
}

// -----

// cf loop
// at: {"x": 0.7, "n": 4}
func.func @f(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  cf.br ^head(%c0, %x : index, f64)
^head(%i: index, %a: f64):
  %go = arith.cmpi ult, %i, %n : index
  cf.cond_br %go, ^body, ^exit
^body:
  %s = math.sin %a : f64
  %b = arith.addf %s, %x : f64
  %j = arith.addi %i, %c1 : index
  cf.br ^head(%j, %b : index, f64)
^exit:
  return %a : f64
}

// -----

// parallel reduce
func.func @f(%x: memref<?xf64>) -> f64 {
  %z = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?xf64>
  %r = scf.parallel (%i) = (%c0) to (%n) step (%c1) init (%z) -> f64 {
    %v = memref.load %x[%i] : memref<?xf64>
    %e = math.exp %v : f64
    scf.reduce(%e : f64) {
    ^bb0(%a: f64, %b: f64):
      %s = arith.addf %a, %b : f64
      scf.reduce.return %s : f64
    }
  }
  %l = math.log %r : f64
  return %l : f64
}

// -----

// affine parallel
func.func @f(%x: memref<4x3xf64>, %y: memref<4xf64>) {
  affine.parallel (%i) = (0) to (4) {
    %r = affine.parallel (%j) = (0) to (3) reduce ("addf") -> f64 {
      %v = affine.load %x[%i, %j] : memref<4x3xf64>
      %w = arith.mulf %v, %v : f64
      affine.yield %w : f64
    }
    affine.store %r, %y[%i] : memref<4xf64>
  }
  return
}

// -----

// early exit flag while
// at: {"limit": 2.5}
func.func @f(%x: memref<6xf64>, %limit: f64) -> f64 {
  %z = arith.constant 0.0 : f64
  %true = arith.constant true
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  %r:3 = scf.while (%i = %c0, %s = %z, %go = %true) : (index, f64, i1) -> (index, f64, i1) {
    %in = arith.cmpi ult, %i, %c6 : index
    %both = arith.andi %in, %go : i1
    scf.condition(%both) %i, %s, %go : index, f64, i1
  } do {
  ^bb0(%i: index, %s: f64, %go: i1):
    %v = memref.load %x[%i] : memref<6xf64>
    %vv = arith.mulf %v, %v : f64
    %t = arith.addf %s, %vv : f64
    %big = arith.cmpf olt, %t, %limit : f64
    %j = arith.addi %i, %c1 : index
    scf.yield %j, %t, %big : index, f64, i1
  }
  return %r#1 : f64
}

// -----

// execute region
func.func @f(%x: memref<6xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %a = memref.load %x[%c0] : memref<6xf64>
  %r = scf.execute_region -> f64 {
    %s = math.sin %a : f64
    scf.yield %s : f64
  }
  return %r : f64
}

// -----

// affine apply min if
func.func @f(%x: memref<4xf64>, %y: memref<12xf64>) -> f64 {
  %c3 = arith.constant 3 : index
  affine.for %i = 0 to 4 {
    affine.for %j = affine_map<(d) -> (d)>(%i) to min affine_map<(d) -> (d + 2, 4)>(%i) {
      %k = affine.apply affine_map<(i, j) -> (2 * i + j)>(%i, %j)
      %a = affine.load %x[%i] : memref<4xf64>
      affine.if affine_set<(i, j) : (i - j == 0)>(%i, %j) {
        affine.store %a, %y[%k] : memref<12xf64>
      } else {
        %s = math.sin %a : f64
        affine.store %s, %y[%k] : memref<12xf64>
      }
    }
  }
  %r = memref.load %y[%c3] : memref<12xf64>
  return %r : f64
}

// -----

// loop counting down
func.func @f(%x: memref<4xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %z) -> f64 {
    %j = arith.subi %c3, %i : index
    %v = memref.load %x[%j] : memref<4xf64>
    %b = arith.mulf %a, %v : f64
    %d = arith.addf %b, %v : f64
    scf.yield %d : f64
  }
  return %r : f64
}

// -----

// while inside if inside for
func.func @f(%x: memref<4xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %z) -> f64 {
    %v = memref.load %x[%i] : memref<4xf64>
    %pos = arith.cmpf ogt, %v, %z : f64
    %s = scf.if %pos -> f64 {
      %one = arith.constant 10.0 : f64
      %w = scf.while (%b = %v) : (f64) -> f64 {
        %go = arith.cmpf olt, %b, %one : f64
        scf.condition(%go) %b : f64
      } do {
      ^bb0(%b: f64):
        %bb = arith.addf %b, %b : f64
        %bv = arith.addf %bb, %v : f64
        scf.yield %bv : f64
      }
      scf.yield %w : f64
    } else {
      %q = arith.mulf %v, %v : f64
      scf.yield %q : f64
    }
    %t = arith.addf %a, %s : f64
    scf.yield %t : f64
  }
  return %r : f64
}

// -----

// bitcast free select of pointers
// at: {"p": 0.3}
func.func @f(%p: f64, %x: memref<4xf64>, %y: memref<4xf64>) -> f64 {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %z = arith.constant 0.0 : f64
  %g = arith.cmpf ogt, %p, %z : f64
  %m = arith.select %g, %x, %y : memref<4xf64>
  %v = memref.load %m[%c1] : memref<4xf64>
  %s = math.sin %v : f64
  memref.store %s, %m[%c2] : memref<4xf64>
  %a = memref.load %x[%c2] : memref<4xf64>
  %b = memref.load %y[%c2] : memref<4xf64>
  %r = arith.mulf %a, %b : f64
  return %r : f64
}

// -----

// fibonacci swap
// at: {"x": 1.1, "y": 0.9, "n": 5}
func.func @f(%x: f64, %y: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %b = %y) -> (f64, f64) {
    %s = arith.mulf %a, %b : f64
    scf.yield %b, %s : f64, f64
  }
  return %r#0 : f64
}

// -----

// zero trips
// at: {"x": 1.1, "y": 0.9, "n": 0}
func.func @f(%x: f64, %y: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %b = %y) -> (f64, f64) {
    %s = arith.mulf %a, %b : f64
    scf.yield %b, %s : f64, f64
  }
  return %r#0 : f64
}

// -----

// triangular nested
// at: {"x": 1.1, "n": 5}
func.func @f(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> f64 {
    %b = scf.for %j = %i to %n step %c2 iter_args(%c = %a) -> f64 {
      %s = math.sin %c : f64
      %t = arith.addf %s, %x : f64
      scf.yield %t : f64
    }
    scf.yield %b : f64
  }
  return %r : f64
}

// -----

// unused results both
// at: {"x": 1.1, "n": 3}
func.func @f(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %z = arith.constant 0.0 : f64
  %r:3 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %b = %z, %d = %x) -> (f64, f64, f64) {
    %s = math.sin %a : f64
    %t = arith.addf %b, %s : f64
    %u = arith.mulf %d, %d : f64
    scf.yield %s, %t, %u : f64, f64, f64
  }
  return %r#1 : f64
}

// -----

// running max and argmax
func.func @f(%x: memref<5xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %v0 = memref.load %x[%c0] : memref<5xf64>
  %c5 = arith.constant 5 : index
  %r:2 = scf.for %i = %c1 to %c5 step %c1 iter_args(%best = %v0, %at = %c0) -> (f64, index) {
    %v = memref.load %x[%i] : memref<5xf64>
    %g = arith.cmpf ogt, %v, %best : f64
    %b = arith.select %g, %v, %best : f64
    %k = arith.select %g, %i, %at : index
    scf.yield %b, %k : f64, index
  }
  %w = memref.load %x[%r#1] : memref<5xf64>
  %p = arith.mulf %w, %r#0 : f64
  return %p : f64
}

// -----

// binary search then interpolate
// at: {"t": [0.0, 1.0, 2.0, 3.5, 4.0, 6.0], "y": [1.144, -0.325, 0.774, 0.281, -0.554, 0.978], "x": 2.7}
func.func @f(%t: memref<6xf64>, %y: memref<6xf64>, %x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c5 = arith.constant 5 : index
  %lo:2 = scf.while (%a = %c0, %b = %c5) : (index, index) -> (index, index) {
    %d = arith.subi %b, %a : index
    %go = arith.cmpi ugt, %d, %c1 : index
    scf.condition(%go) %a, %b : index, index
  } do {
  ^bb0(%a: index, %b: index):
    %s = arith.addi %a, %b : index
    %m = arith.divui %s, %c2 : index
    %v = memref.load %t[%m] : memref<6xf64>
    %le = arith.cmpf ole, %v, %x : f64
    %a2 = arith.select %le, %m, %a : index
    %b2 = arith.select %le, %b, %m : index
    scf.yield %a2, %b2 : index, index
  }
  %t0 = memref.load %t[%lo#0] : memref<6xf64>
  %t1 = memref.load %t[%lo#1] : memref<6xf64>
  %y0 = memref.load %y[%lo#0] : memref<6xf64>
  %y1 = memref.load %y[%lo#1] : memref<6xf64>
  %d = arith.subf %t1, %t0 : f64
  %e = arith.subf %x, %t0 : f64
  %u = arith.divf %e, %d : f64
  %dy = arith.subf %y1, %y0 : f64
  %ud = arith.mulf %u, %dy : f64
  %r = arith.addf %y0, %ud : f64
  return %r : f64
}

// -----

// bubble sort if swap
func.func @f(%x: memref<5xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %c5 = arith.constant 5 : index
  scf.for %i = %c0 to %c5 step %c1 {
    scf.for %j = %c0 to %c4 step %c1 {
      %k = arith.addi %j, %c1 : index
      %a = memref.load %x[%j] : memref<5xf64>
      %b = memref.load %x[%k] : memref<5xf64>
      %g = arith.cmpf ogt, %a, %b : f64
      scf.if %g {
        memref.store %b, %x[%j] : memref<5xf64>
        memref.store %a, %x[%k] : memref<5xf64>
      }
    }
  }
  %r = memref.load %x[%c2] : memref<5xf64>
  %q = arith.mulf %r, %r : f64
  return %q : f64
}

// -----

// floyd warshall
// at: {"d": [[0.0, 1.0, 9.0], [9.0, 0.0, 1.5], [2.0, 9.0, 0.0]]}
func.func @f(%d: memref<3x3xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  scf.for %k = %c0 to %c3 step %c1 {
    scf.for %i = %c0 to %c3 step %c1 {
      scf.for %j = %c0 to %c3 step %c1 {
        %a = memref.load %d[%i, %k] : memref<3x3xf64>
        %b = memref.load %d[%k, %j] : memref<3x3xf64>
        %c = memref.load %d[%i, %j] : memref<3x3xf64>
        %s = arith.addf %a, %b : f64
        %m = arith.minimumf %c, %s : f64
        memref.store %m, %d[%i, %j] : memref<3x3xf64>
      }
    }
  }
  %r = memref.load %d[%c0, %c2] : memref<3x3xf64>
  return %r : f64
}

// -----

// global constant weights
memref.global "private" constant @w : memref<3xf64> = dense<[1.0, 2.0, 3.0]>
func.func @f(%x: memref<3xf64>) -> f64 {
  %z = arith.constant 0.0 : f64
  %w = memref.get_global @w : memref<3xf64>
  %r = affine.for %i = 0 to 3 iter_args(%a = %z) -> f64 {
    %v = affine.load %w[%i] : memref<3xf64>
    %u = affine.load %x[%i] : memref<3xf64>
    %p = arith.mulf %u, %v : f64
    %s = arith.addf %a, %p : f64
    affine.yield %s : f64
  }
  return %r : f64
}

// -----

// polynomial horner while counter
// at: {"x": 0.7}
func.func @f(%c: memref<4xf64>, %x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  %r:2 = scf.while (%i = %c4, %a = %z) : (index, f64) -> (index, f64) {
    %go = arith.cmpi ugt, %i, %c0 : index
    scf.condition(%go) %i, %a : index, f64
  } do {
  ^bb0(%i: index, %a: f64):
    %j = arith.subi %i, %c1 : index
    %v = memref.load %c[%j] : memref<4xf64>
    %m = arith.mulf %a, %x : f64
    %s = arith.addf %m, %v : f64
    scf.yield %j, %s : index, f64
  }
  return %r#1 : f64
}

// -----

// do while
// at: {"x": 1.7}
func.func @f(%x: f64) -> f64 {
  %r = scf.while (%a = %x) : (f64) -> f64 {
    %b = arith.mulf %a, %x : f64
    %lim = arith.constant 20.0 : f64
    %go = arith.cmpf olt, %b, %lim : f64
    scf.condition(%go) %b : f64
  } do {
  ^bb0(%a: f64):
    scf.yield %a : f64
  }
  return %r : f64
}

// -----

// nested while
// at: {"x": 1.3}
func.func @f(%x: f64) -> f64 {
  %lim = arith.constant 30.0 : f64
  %lim2 = arith.constant 3.0 : f64
  %r = scf.while (%a = %x) : (f64) -> f64 {
    %go = arith.cmpf olt, %a, %lim : f64
    scf.condition(%go) %a : f64
  } do {
  ^bb0(%a: f64):
    %q = scf.while (%b = %x) : (f64) -> f64 {
      %go = arith.cmpf olt, %b, %lim2 : f64
      scf.condition(%go) %b : f64
    } do {
    ^bb0(%b: f64):
      %bb = arith.mulf %b, %x : f64
      scf.yield %bb : f64
    }
    %p = arith.mulf %a, %q : f64
    scf.yield %p : f64
  }
  return %r : f64
}

// -----

// integer power by squaring
// at: {"n": 11, "x": 1.2}
func.func @f(%n: i64, %x: f64) -> f64 {
  %one = arith.constant 1.0 : f64
  %n0 = arith.constant 0 : i64
  %n1 = arith.constant 1 : i64
  %r:3 = scf.while (%k = %n, %b = %x, %acc = %one) : (i64, f64, f64) -> (i64, f64, f64) {
    %go = arith.cmpi sgt, %k, %n0 : i64
    scf.condition(%go) %k, %b, %acc : i64, f64, f64
  } do {
  ^bb0(%k: i64, %b: f64, %acc: f64):
    %bit = arith.andi %k, %n1 : i64
    %odd = arith.cmpi eq, %bit, %n1 : i64
    %m = arith.mulf %acc, %b : f64
    %a2 = arith.select %odd, %m, %acc : f64
    %b2 = arith.mulf %b, %b : f64
    %k2 = arith.shrui %k, %n1 : i64
    scf.yield %k2, %b2, %a2 : i64, f64, f64
  }
  return %r#2 : f64
}

// -----

// complex mandelbrot
// at: {"x": 0.2, "y": 0.3}
func.func @f(%x: f64, %y: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  %c = complex.create %x, %y : complex<f64>
  %cz = complex.create %z, %z : complex<f64>
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%w = %cz) -> complex<f64> {
    %ww = complex.mul %w, %w : complex<f64>
    %s = complex.add %ww, %c : complex<f64>
    scf.yield %s : complex<f64>
  }
  %a = complex.abs %r : complex<f64>
  return %a : f64
}

// -----

// forall memref
func.func @f(%x: memref<4xf64>) -> f64 {
  %c1 = arith.constant 1 : index
  scf.forall (%i) in (4) {
    %v = memref.load %x[%i] : memref<4xf64>
    %e = math.exp %v : f64
    memref.store %e, %x[%i] : memref<4xf64>
  }
  %r = memref.load %x[%c1] : memref<4xf64>
  return %r : f64
}

// -----

// barrier option path with knock flag
// at: {"x": 1.0, "sig": 0.2}
func.func @f(%n: memref<4xf64>, %x: f64, %sig: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  %true = arith.constant true
  %h = arith.constant 3.0 : f64
  %r:3 = scf.for %i = %c0 to %c4 step %c1 iter_args(%s = %x, %alive = %true, %sum = %z) -> (f64, i1, f64) {
    %v = memref.load %n[%i] : memref<4xf64>
    %vv = arith.mulf %v, %sig : f64
    %e = math.exp %vv : f64
    %s2 = arith.mulf %s, %e : f64
    %in = arith.cmpf olt, %s2, %h : f64
    %al = arith.andi %alive, %in : i1
    %add = arith.select %al, %s2, %z : f64
    %t = arith.addf %sum, %add : f64
    scf.yield %s2, %al, %t : f64, i1, f64
  }
  %p = arith.select %r#1, %r#2, %z : f64
  return %p : f64
}

// -----

// ray marching
// at: {"dx": 0.1}
func.func @f(%dx: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %z = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %eps = arith.constant 1.0e-9 : f64
  %rad = arith.constant 1.0 : f64
  %far = arith.constant 3.0 : f64
  %hundred = arith.constant 100 : index
  %r:3 = scf.while (%t = %z, %d = %one, %k = %c0) : (f64, f64, index) -> (f64, f64, index) {
    %a = arith.cmpf ogt, %d, %eps : f64
    %b = arith.cmpi ult, %k, %hundred : index
    %go = arith.andi %a, %b : i1
    scf.condition(%go) %t, %d, %k : f64, f64, index
  } do {
  ^bb0(%t: f64, %d: f64, %k: index):
    %x = arith.mulf %t, %dx : f64
    %zz = arith.subf %far, %t : f64
    %xx = arith.mulf %x, %x : f64
    %z2 = arith.mulf %zz, %zz : f64
    %s = arith.addf %xx, %z2 : f64
    %l = math.sqrt %s : f64
    %dist = arith.subf %l, %rad : f64
    %t2 = arith.addf %t, %dist : f64
    %k2 = arith.addi %k, %c1 : index
    scf.yield %t2, %dist, %k2 : f64, f64, index
  }
  return %r#0 : f64
}

// -----

// several results with an integer
func.func @f(%x: memref<4xf64>) -> (index, f64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  %r:2 = scf.for %i = %c0 to %c4 step %c1 iter_args(%k = %c0, %s = %z) -> (index, f64) {
    %v = memref.load %x[%i] : memref<4xf64>
    %pos = arith.cmpf ogt, %v, %z : f64
    %k1 = arith.addi %k, %c1 : index
    %k2 = arith.select %pos, %k1, %k : index
    %vv = arith.mulf %v, %v : f64
    %t = arith.addf %s, %vv : f64
    scf.yield %k2, %t : index, f64
  }
  %m = math.sqrt %r#1 : f64
  return %r#0, %m : index, f64
}
