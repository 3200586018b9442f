// rk memref state call
// at: {"p": 1.3, "n": 7}
func.func @rhs(%s: memref<2xf64>, %p: f64, %d: memref<2xf64>) {
  %x = affine.load %s[0] : memref<2xf64>
  %v = affine.load %s[1] : memref<2xf64>
  %sin = math.sin %x : f64
  %f = arith.mulf %p, %sin : f64
  %g = arith.negf %f : f64
  affine.store %v, %d[0] : memref<2xf64>
  affine.store %g, %d[1] : memref<2xf64>
  return
}
func.func @axpy(%s: memref<2xf64>, %h: f64, %d: memref<2xf64>, %o: memref<2xf64>) {
  affine.for %i = 0 to 2 {
    %a = affine.load %s[%i] : memref<2xf64>
    %b = affine.load %d[%i] : memref<2xf64>
    %hb = arith.mulf %h, %b : f64
    %c = arith.addf %a, %hb : f64
    affine.store %c, %o[%i] : memref<2xf64>
  }
  return
}
func.func @f(%s: memref<2xf64>, %p: f64, %n: index) {
  %h = arith.constant 0.1 : f64
  %hh = arith.constant 0.05 : f64
  %d = memref.alloc() : memref<2xf64>
  %m = memref.alloc() : memref<2xf64>
  affine.for %t = 0 to %n {
    func.call @rhs(%s, %p, %d) : (memref<2xf64>, f64, memref<2xf64>) -> ()
    func.call @axpy(%s, %hh, %d, %m) : (memref<2xf64>, f64, memref<2xf64>, memref<2xf64>) -> ()
    func.call @rhs(%m, %p, %d) : (memref<2xf64>, f64, memref<2xf64>) -> ()
    func.call @axpy(%s, %h, %d, %s) : (memref<2xf64>, f64, memref<2xf64>, memref<2xf64>) -> ()
  }
  memref.dealloc %d : memref<2xf64>
  memref.dealloc %m : memref<2xf64>
  return
}

// -----

// adaptive simpson recursion
// at: {"a": 0.2, "b": 1.7, "p": 0.6}
func.func @g(%x: f64, %p: f64) -> f64 {
  %m = arith.mulf %x, %p : f64
  %e = math.exp %m : f64
  %s = math.sqrt %x : f64
  %r = arith.mulf %e, %s : f64
  return %r : f64
}
func.func @simpson(%a: f64, %b: f64, %p: f64) -> f64 {
  %h = arith.constant 0.5 : f64
  %four = arith.constant 4.0 : f64
  %six = arith.constant 6.0 : f64
  %ab = arith.addf %a, %b : f64
  %m = arith.mulf %ab, %h : f64
  %fa = func.call @g(%a, %p) : (f64, f64) -> f64
  %fm = func.call @g(%m, %p) : (f64, f64) -> f64
  %fb = func.call @g(%b, %p) : (f64, f64) -> f64
  %f4 = arith.mulf %four, %fm : f64
  %s1 = arith.addf %fa, %f4 : f64
  %s2 = arith.addf %s1, %fb : f64
  %w = arith.subf %b, %a : f64
  %w6 = arith.divf %w, %six : f64
  %r = arith.mulf %s2, %w6 : f64
  return %r : f64
}
func.func @adapt(%a: f64, %b: f64, %p: f64, %whole: f64, %depth: i64) -> f64 {
  %h = arith.constant 0.5 : f64
  %eps = arith.constant 1.0e-6 : f64
  %n0 = arith.constant 0 : i64
  %n1 = arith.constant 1 : i64
  %ab = arith.addf %a, %b : f64
  %m = arith.mulf %ab, %h : f64
  %l = func.call @simpson(%a, %m, %p) : (f64, f64, f64) -> f64
  %r = func.call @simpson(%m, %b, %p) : (f64, f64, f64) -> f64
  %lr = arith.addf %l, %r : f64
  %d = arith.subf %lr, %whole : f64
  %ad = math.absf %d : f64
  %small = arith.cmpf olt, %ad, %eps : f64
  %deep = arith.cmpi sle, %depth, %n0 : i64
  %stop = arith.ori %small, %deep : i1
  %res = scf.if %stop -> f64 {
    scf.yield %lr : f64
  } else {
    %dd = arith.subi %depth, %n1 : i64
    %left = func.call @adapt(%a, %m, %p, %l, %dd) : (f64, f64, f64, f64, i64) -> f64
    %right = func.call @adapt(%m, %b, %p, %r, %dd) : (f64, f64, f64, f64, i64) -> f64
    %s = arith.addf %left, %right : f64
    scf.yield %s : f64
  }
  return %res : f64
}
func.func @f(%a: f64, %b: f64, %p: f64) -> f64 {
  %d = arith.constant 8 : i64
  %w = func.call @simpson(%a, %b, %p) : (f64, f64, f64) -> f64
  %r = func.call @adapt(%a, %b, %p, %w, %d) : (f64, f64, f64, f64, i64) -> f64
  return %r : f64
}

// -----

// mutual recursion
// at: {"n": 5, "x": 0.7}
func.func @even(%n: i64, %x: f64) -> f64 {
  %n0 = arith.constant 0 : i64
  %n1 = arith.constant 1 : i64
  %s = arith.cmpi sle, %n, %n0 : i64
  %r = scf.if %s -> f64 {
    scf.yield %x : f64
  } else {
    %l = arith.subi %n, %n1 : i64
    %p = func.call @odd(%l, %x) : (i64, f64) -> f64
    %q = math.sin %p : f64
    scf.yield %q : f64
  }
  return %r : f64
}
func.func @odd(%n: i64, %x: f64) -> f64 {
  %n0 = arith.constant 0 : i64
  %n1 = arith.constant 1 : i64
  %s = arith.cmpi sle, %n, %n0 : i64
  %r = scf.if %s -> f64 {
    scf.yield %x : f64
  } else {
    %l = arith.subi %n, %n1 : i64
    %p = func.call @even(%l, %x) : (i64, f64) -> f64
    %q = arith.mulf %p, %x : f64
    scf.yield %q : f64
  }
  return %r : f64
}
func.func @f(%n: i64, %x: f64) -> f64 {
  %r = func.call @even(%n, %x) : (i64, f64) -> f64
  return %r : f64
}

// -----

// call with memref and result, twice
// at: {"y": 0.4}
func.func private @step(%x: memref<4xf64>, %y: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %y) -> f64 {
    %v = memref.load %x[%i] : memref<4xf64>
    %s = math.sin %v : f64
    memref.store %s, %x[%i] : memref<4xf64>
    %p = arith.mulf %s, %a : f64
    %q = arith.addf %p, %v : f64
    scf.yield %q : f64
  }
  return %r : f64
}
func.func @f(%x: memref<4xf64>, %y: f64) -> f64 {
  %a = func.call @step(%x, %y) : (memref<4xf64>, f64) -> f64
  %b = func.call @step(%x, %a) : (memref<4xf64>, f64) -> f64
  %r = arith.mulf %a, %b : f64
  return %r : f64
}

// -----

// same memref twice to call
func.func private @axpy(%x: memref<4xf64>, %y: memref<4xf64>) {
  affine.for %i = 0 to 4 {
    %v = affine.load %x[%i] : memref<4xf64>
    %w = affine.load %y[%i] : memref<4xf64>
    %p = arith.mulf %v, %w : f64
    affine.store %p, %y[%i] : memref<4xf64>
  }
  return
}
func.func @f(%x: memref<4xf64>) -> f64 {
  %c1 = arith.constant 1 : index
  func.call @axpy(%x, %x) : (memref<4xf64>, memref<4xf64>) -> ()
  %r = memref.load %x[%c1] : memref<4xf64>
  return %r : f64
}

// -----

// adaptive step ode
// at: {"y0": 1.0, "p": 0.8}
func.func private @rhs(%t: f64, %y: f64, %p: f64) -> f64 {
  %s = math.sin %t : f64
  %py = arith.mulf %p, %y : f64
  %r = arith.subf %s, %py : f64
  return %r : f64
}
func.func @f(%y0: f64, %p: f64) -> f64 {
  %z = arith.constant 0.0 : f64
  %half = arith.constant 0.5 : f64
  %two = arith.constant 2.0 : f64
  %end = arith.constant 1.5 : f64
  %tol = arith.constant 1.0e-4 : f64
  %h0 = arith.constant 0.3 : f64
  %r:3 = scf.while (%t = %z, %y = %y0, %h = %h0) : (f64, f64, f64) -> (f64, f64, f64) {
    %go = arith.cmpf olt, %t, %end : f64
    scf.condition(%go) %t, %y, %h : f64, f64, f64
  } do {
  ^bb0(%t: f64, %y: f64, %h: f64):
    %left = arith.subf %end, %t : f64
    %hh = arith.minimumf %h, %left : f64
    %k1 = func.call @rhs(%t, %y, %p) : (f64, f64, f64) -> f64
    %th = arith.addf %t, %hh : f64
    %hk = arith.mulf %hh, %k1 : f64
    %ye = arith.addf %y, %hk : f64
    %k2 = func.call @rhs(%th, %ye, %p) : (f64, f64, f64) -> f64
    %ks = arith.addf %k1, %k2 : f64
    %kh = arith.mulf %ks, %half : f64
    %inc = arith.mulf %kh, %hh : f64
    %yh = arith.addf %y, %inc : f64
    %er = arith.subf %yh, %ye : f64
    %ae = math.absf %er : f64
    %ok = arith.cmpf olt, %ae, %tol : f64
    %res:3 = scf.if %ok -> (f64, f64, f64) {
      %h2 = arith.mulf %hh, %two : f64
      scf.yield %th, %yh, %h2 : f64, f64, f64
    } else {
      %h2 = arith.mulf %hh, %half : f64
      scf.yield %t, %y, %h2 : f64, f64, f64
    }
    scf.yield %res#0, %res#1, %res#2 : f64, f64, f64
  }
  return %r#1 : f64
}

// -----

// multigrid-like recursion over levels, scalars only memory read outside
// at: {"x": 0.7}
func.func private @tree(%n: index, %x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %leaf = arith.cmpi eq, %n, %c0 : index
  %r = scf.if %leaf -> f64 { scf.yield %x : f64 } else {
    %m = arith.subi %n, %c1 : index
    %s = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> f64 {
      %y = math.sin %a : f64
      %b = func.call @tree(%m, %y) : (index, f64) -> f64
      %q = arith.addf %a, %b : f64
      scf.yield %q : f64
    }
    scf.yield %s : f64
  }
  return %r : f64
}
func.func @f(%x: f64) -> f64 {
  %c3 = arith.constant 3 : index
  %r = func.call @tree(%c3, %x) : (index, f64) -> f64
  return %r : f64
}
