// matmul memref one column
func.func @f(%x: memref<4x3xf64>, %w: memref<3x5xf64>, %v: memref<5x1xf64>) -> f64 {
  %z = arith.constant 0.0 : f64
  %h = memref.alloc() : memref<4x5xf64>
  %o = memref.alloc() : memref<4x1xf64>
  linalg.fill ins(%z : f64) outs(%h : memref<4x5xf64>)
  linalg.fill ins(%z : f64) outs(%o : memref<4x1xf64>)
  linalg.matmul ins(%x, %w : memref<4x3xf64>, memref<3x5xf64>) outs(%h : memref<4x5xf64>)
  linalg.map { math.tanh } ins(%h : memref<4x5xf64>) outs(%h : memref<4x5xf64>)
  linalg.matmul ins(%h, %v : memref<4x5xf64>, memref<5x1xf64>) outs(%o : memref<4x1xf64>)
  %s = affine.for %i = 0 to 4 iter_args(%a = %z) -> f64 {
    %l = affine.load %o[%i, 0] : memref<4x1xf64>
    %q = arith.mulf %l, %l : f64
    %b = arith.addf %a, %q : f64
    affine.yield %b : f64
  }
  memref.dealloc %h : memref<4x5xf64>
  memref.dealloc %o : memref<4x1xf64>
  return %s : f64
}

// -----

// causal attention memref
func.func @f(%q: memref<5x3xf64>, %k: memref<5x3xf64>, %v: memref<5x3xf64>, %out: memref<5x3xf64>) {
  %z = arith.constant 0.0 : f64
  %low = arith.constant -1.0e30 : f64
  %p = memref.alloca() : memref<5xf64>
  affine.for %i = 0 to 5 {
    affine.for %j = 0 to 5 {
      %s = affine.for %d = 0 to 3 iter_args(%a = %z) -> f64 {
        %x = affine.load %q[%i, %d] : memref<5x3xf64>
        %y = affine.load %k[%j, %d] : memref<5x3xf64>
        %xy = arith.mulf %x, %y : f64
        %b = arith.addf %a, %xy : f64
        affine.yield %b : f64
      }
      %after = arith.cmpi ugt, %j, %i : index
      %m = arith.select %after, %low, %s : f64
      affine.store %m, %p[%j] : memref<5xf64>
    }
    %most = affine.for %j = 0 to 5 iter_args(%a = %low) -> f64 {
      %x = affine.load %p[%j] : memref<5xf64>
      %b = arith.maximumf %a, %x : f64
      affine.yield %b : f64
    }
    %t = affine.for %j = 0 to 5 iter_args(%a = %z) -> f64 {
      %x = affine.load %p[%j] : memref<5xf64>
      %l = arith.subf %x, %most : f64
      %e = math.exp %l : f64
      affine.store %e, %p[%j] : memref<5xf64>
      %b = arith.addf %a, %e : f64
      affine.yield %b : f64
    }
    affine.for %d = 0 to 3 {
      %s = affine.for %j = 0 to 5 iter_args(%a = %z) -> f64 {
        %x = affine.load %p[%j] : memref<5xf64>
        %y = affine.load %v[%j, %d] : memref<5x3xf64>
        %w = arith.divf %x, %t : f64
        %xy = arith.mulf %w, %y : f64
        %b = arith.addf %a, %xy : f64
        affine.yield %b : f64
      }
      affine.store %s, %out[%i, %d] : memref<5x3xf64>
    }
  }
  return
}

// -----

// kalman matmul memref 2x2
// at: {"F": [[-0.061, -0.59], [0.412, -0.774]], "P": [[1.0, 0.2], [0.2, 1.0]], "n": 4}
func.func @f(%F: memref<2x2xf64>, %P: memref<2x2xf64>, %n: index) -> f64 {
  %z = arith.constant 0.0 : f64
  %q = arith.constant 0.1 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %FP = memref.alloc() : memref<2x2xf64>
  %Ft = memref.alloc() : memref<2x2xf64>
  linalg.transpose ins(%F : memref<2x2xf64>) outs(%Ft : memref<2x2xf64>) permutation = [1, 0]
  scf.for %t = %c0 to %n step %c1 {
    linalg.fill ins(%z : f64) outs(%FP : memref<2x2xf64>)
    linalg.matmul ins(%F, %P : memref<2x2xf64>, memref<2x2xf64>) outs(%FP : memref<2x2xf64>)
    linalg.fill ins(%q : f64) outs(%P : memref<2x2xf64>)
    linalg.matmul ins(%FP, %Ft : memref<2x2xf64>, memref<2x2xf64>) outs(%P : memref<2x2xf64>)
    %p = memref.load %P[%c0, %c0] : memref<2x2xf64>
    %s = arith.addf %p, %q : f64
    %k = arith.divf %p, %s : f64
    %kp = arith.mulf %k, %p : f64
    %u = arith.subf %p, %kp : f64
    memref.store %u, %P[%c0, %c0] : memref<2x2xf64>
  }
  %r = memref.load %P[%c1, %c0] : memref<2x2xf64>
  return %r : f64
}

// -----

// gram schmidt subviews
func.func @f(%a: memref<4x3xf64>) -> f64 {
  %z = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %q = memref.alloc() : memref<4x3xf64>
  memref.copy %a, %q : memref<4x3xf64> to memref<4x3xf64>
  scf.for %j = %c0 to %c3 step %c1 {
    %qj = memref.subview %q[0, %j] [4, 1] [1, 1] : memref<4x3xf64> to memref<4xf64, strided<[3], offset: ?>>
    scf.for %i = %c0 to %j step %c1 {
      %qi = memref.subview %q[0, %i] [4, 1] [1, 1] : memref<4x3xf64> to memref<4xf64, strided<[3], offset: ?>>
      %d = memref.alloca() : memref<f64>
      memref.store %z, %d[] : memref<f64>
      linalg.dot ins(%qi, %qj : memref<4xf64, strided<[3], offset: ?>>, memref<4xf64, strided<[3], offset: ?>>) outs(%d : memref<f64>)
      %dot = memref.load %d[] : memref<f64>
      affine.for %k = 0 to 4 {
        %u = memref.load %qi[%k] : memref<4xf64, strided<[3], offset: ?>>
        %v = memref.load %qj[%k] : memref<4xf64, strided<[3], offset: ?>>
        %du = arith.mulf %dot, %u : f64
        %w = arith.subf %v, %du : f64
        memref.store %w, %qj[%k] : memref<4xf64, strided<[3], offset: ?>>
      }
    }
    %n2 = affine.for %k = 0 to 4 iter_args(%s = %z) -> f64 {
      %v = memref.load %qj[%k] : memref<4xf64, strided<[3], offset: ?>>
      %vv = arith.mulf %v, %v : f64
      %t = arith.addf %s, %vv : f64
      affine.yield %t : f64
    }
    %n = math.sqrt %n2 : f64
    affine.for %k = 0 to 4 {
      %v = memref.load %qj[%k] : memref<4xf64, strided<[3], offset: ?>>
      %w = arith.divf %v, %n : f64
      memref.store %w, %qj[%k] : memref<4xf64, strided<[3], offset: ?>>
    }
  }
  %c2 = arith.constant 2 : index
  %r = memref.load %q[%c2, %c2] : memref<4x3xf64>
  return %r : f64
}

// -----

// atomic scatter
// at: {"idx": [0, 3, 1, 0, 2, 3]}
func.func @f(%v: memref<6xf64>, %idx: memref<6xindex>, %out: memref<4xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  scf.parallel (%i) = (%c0) to (%c6) step (%c1) {
    %k = memref.load %idx[%i] : memref<6xindex>
    %x = memref.load %v[%i] : memref<6xf64>
    %xx = arith.mulf %x, %x : f64
    %o = memref.atomic_rmw addf %xx, %out[%k] : (f64, memref<4xf64>) -> f64
  }
  return
}

// -----

// conjugate gradient while
// at: {"a": [[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 5.0]], "b": [2.552, -0.324, -1.221], "x": [0.0, 0.0, 0.0]}
// wrt: ["b"]
func.func @f(%a: memref<3x3xf64>, %b: memref<3xf64>, %x: memref<3xf64>) {
  %z = arith.constant 0.0 : f64
  %eps = arith.constant 1.0e-20 : f64
  %r = memref.alloc() : memref<3xf64>
  %p = memref.alloc() : memref<3xf64>
  %q = memref.alloc() : memref<3xf64>
  linalg.fill ins(%z : f64) outs(%x : memref<3xf64>)
  memref.copy %b, %r : memref<3xf64> to memref<3xf64>
  memref.copy %b, %p : memref<3xf64> to memref<3xf64>
  %rr0 = affine.for %i = 0 to 3 iter_args(%s = %z) -> f64 {
    %u = affine.load %r[%i] : memref<3xf64>
    %uu = arith.mulf %u, %u : f64
    %t = arith.addf %s, %uu : f64
    affine.yield %t : f64
  }
  %end = scf.while (%rr = %rr0) : (f64) -> f64 {
    %go = arith.cmpf ogt, %rr, %eps : f64
    scf.condition(%go) %rr : f64
  } do {
  ^bb0(%rr: f64):
    linalg.fill ins(%z : f64) outs(%q : memref<3xf64>)
    linalg.matvec ins(%a, %p : memref<3x3xf64>, memref<3xf64>) outs(%q : memref<3xf64>)
    %pq = affine.for %i = 0 to 3 iter_args(%s = %z) -> f64 {
      %u = affine.load %p[%i] : memref<3xf64>
      %v = affine.load %q[%i] : memref<3xf64>
      %uv = arith.mulf %u, %v : f64
      %t = arith.addf %s, %uv : f64
      affine.yield %t : f64
    }
    %al = arith.divf %rr, %pq : f64
    %new = affine.for %i = 0 to 3 iter_args(%s = %z) -> f64 {
      %u = affine.load %p[%i] : memref<3xf64>
      %v = affine.load %q[%i] : memref<3xf64>
      %xi = affine.load %x[%i] : memref<3xf64>
      %ri = affine.load %r[%i] : memref<3xf64>
      %au = arith.mulf %al, %u : f64
      %av = arith.mulf %al, %v : f64
      %x2 = arith.addf %xi, %au : f64
      %r2 = arith.subf %ri, %av : f64
      affine.store %x2, %x[%i] : memref<3xf64>
      affine.store %r2, %r[%i] : memref<3xf64>
      %ss = arith.mulf %r2, %r2 : f64
      %t = arith.addf %s, %ss : f64
      affine.yield %t : f64
    }
    %be = arith.divf %new, %rr : f64
    affine.for %i = 0 to 3 {
      %u = affine.load %p[%i] : memref<3xf64>
      %ri = affine.load %r[%i] : memref<3xf64>
      %bu = arith.mulf %be, %u : f64
      %p2 = arith.addf %ri, %bu : f64
      affine.store %p2, %p[%i] : memref<3xf64>
    }
    scf.yield %new : f64
  }
  memref.dealloc %r : memref<3xf64>
  memref.dealloc %p : memref<3xf64>
  memref.dealloc %q : memref<3xf64>
  return
}

// -----

// subview rows copy
func.func @f(%x: memref<4x3xf64>) -> f64 {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %s = memref.subview %x[1, 0] [2, 3] [1, 1] : memref<4x3xf64> to memref<2x3xf64, strided<[3, 1], offset: 3>>
  %d = memref.alloc() : memref<2x3xf64>
  memref.copy %s, %d : memref<2x3xf64, strided<[3, 1], offset: 3>> to memref<2x3xf64>
  %a = memref.load %d[%c1, %c2] : memref<2x3xf64>
  %b = memref.load %x[%c3, %c2] : memref<4x3xf64>
  %r = arith.mulf %a, %b : f64
  memref.dealloc %d : memref<2x3xf64>
  return %r : f64
}

// -----

// collapse expand memref
func.func @f(%x: memref<2x3xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %s = memref.collapse_shape %x [[0, 1]] : memref<2x3xf64> into memref<6xf64>
  %a = memref.load %s[%c4] : memref<6xf64>
  %q = arith.mulf %a, %a : f64
  memref.store %q, %s[%c1] : memref<6xf64>
  %e = memref.expand_shape %s [[0, 1]] output_shape [3, 2] : memref<6xf64> into memref<3x2xf64>
  %b = memref.load %e[%c0, %c1] : memref<3x2xf64>
  %r = arith.mulf %a, %b : f64
  return %r : f64
}

// -----

// i64 loop
func.func @f(%x: memref<4xf64>) -> f64 {
  %z = arith.constant 0.0 : f64
  %i0 = arith.constant 0 : i32
  %i1 = arith.constant 1 : i32
  %i4 = arith.constant 4 : i32
  %r = scf.for %i = %i0 to %i4 step %i1 iter_args(%a = %z) -> f64 : i32 {
    %j = arith.index_cast %i : i32 to index
    %v = memref.load %x[%j] : memref<4xf64>
    %b = arith.mulf %v, %v : f64
    %d = arith.addf %a, %b : f64
    scf.yield %d : f64
  }
  return %r : f64
}

// -----

// histogram soft bins
func.func @f(%x: memref<6xf64>, %h: memref<4xf64>) -> f64 {
  %c2 = arith.constant 2 : index
  affine.for %i = 0 to 6 {
    %v = affine.load %x[%i] : memref<6xf64>
    affine.for %b = 0 to 4 {
      %bi = arith.index_cast %b : index to i64
      %bf = arith.sitofp %bi : i64 to f64
      %d = arith.subf %v, %bf : f64
      %d2 = arith.mulf %d, %d : f64
      %nd = arith.negf %d2 : f64
      %e = math.exp %nd : f64
      %o = affine.load %h[%b] : memref<4xf64>
      %s = arith.addf %o, %e : f64
      affine.store %s, %h[%b] : memref<4xf64>
    }
  }
  %r = memref.load %h[%c2] : memref<4xf64>
  return %r : f64
}

// -----

// alloca in loop
func.func @f(%x: memref<4xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %z) -> f64 {
    %t = memref.alloca() : memref<2xf64>
    %v = memref.load %x[%i] : memref<4xf64>
    memref.store %v, %t[%c0] : memref<2xf64>
    memref.store %a, %t[%c1] : memref<2xf64>
    %p = memref.load %t[%c0] : memref<2xf64>
    %q = memref.load %t[%c1] : memref<2xf64>
    %pq = arith.mulf %p, %q : f64
    %s = arith.addf %pq, %p : f64
    scf.yield %s : f64
  }
  return %r : f64
}

// -----

// alloc dealloc in loop
func.func @f(%x: memref<4xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %z) -> f64 {
    %t = memref.alloc() : memref<2xf64>
    %v = memref.load %x[%i] : memref<4xf64>
    memref.store %v, %t[%c0] : memref<2xf64>
    memref.store %a, %t[%c1] : memref<2xf64>
    %p = memref.load %t[%c0] : memref<2xf64>
    %q = memref.load %t[%c1] : memref<2xf64>
    %pq = arith.mulf %p, %q : f64
    %s = arith.addf %pq, %p : f64
    memref.dealloc %t : memref<2xf64>
    scf.yield %s : f64
  }
  return %r : f64
}

// -----

// generic atomic max
func.func @f(%x: memref<4xf64>, %h: memref<1xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.parallel (%i) = (%c0) to (%c4) step (%c1) {
    %v = memref.load %x[%i] : memref<4xf64>
    %q = memref.generic_atomic_rmw %h[%c0] : memref<1xf64> {
    ^bb0(%o: f64):
      %s = arith.mulf %o, %v : f64
      memref.atomic_yield %s : f64
    }
  }
  %r = memref.load %h[%c0] : memref<1xf64>
  return %r : f64
}

// -----

// while memory loaded cond
// at: {"x": 1.7}
func.func @f(%x: f64) -> f64 {
  %acc = memref.alloca() : memref<f64>
  memref.store %x, %acc[] : memref<f64>
  scf.while : () -> () {
    %v = memref.load %acc[] : memref<f64>
    %lim = arith.constant 20.0 : f64
    %go = arith.cmpf olt, %v, %lim : f64
    scf.condition(%go)
  } do {
    %v = memref.load %acc[] : memref<f64>
    %w = arith.mulf %v, %x : f64
    memref.store %w, %acc[] : memref<f64>
    scf.yield
  }
  %r = memref.load %acc[] : memref<f64>
  return %r : f64
}

// -----

// stencil 2d subview interior
func.func @f(%u: memref<5x5xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %in = memref.subview %u[1, 1] [3, 3] [1, 1] : memref<5x5xf64> to memref<3x3xf64, strided<[5, 1], offset: 6>>
  %out = memref.alloc() : memref<5x5xf64>
  memref.copy %u, %out : memref<5x5xf64> to memref<5x5xf64>
  %o = memref.subview %out[1, 1] [3, 3] [1, 1] : memref<5x5xf64> to memref<3x3xf64, strided<[5, 1], offset: 6>>
  linalg.generic {indexing_maps = [affine_map<(i, j) -> (i, j)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} ins(%in : memref<3x3xf64, strided<[5, 1], offset: 6>>) outs(%o : memref<3x3xf64, strided<[5, 1], offset: 6>>) {
  ^bb0(%a: f64, %b: f64):
    %s = math.sin %a : f64
    linalg.yield %s : f64
  }
  %r = memref.load %out[%c2, %c2] : memref<5x5xf64>
  %q = memref.load %out[%c0, %c2] : memref<5x5xf64>
  %p = arith.mulf %r, %q : f64
  return %p : f64
}

// -----

// struct of arrays rank0 results
func.func @f(%x: memref<4xf64>) -> f64 {
  %z = arith.constant 0.0 : f64
  %s = memref.alloc() : memref<f64>
  memref.store %z, %s[] : memref<f64>
  linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> ()>], iterator_types = ["reduction"]} ins(%x : memref<4xf64>) outs(%s : memref<f64>) {
  ^bb0(%a: f64, %b: f64):
    %p = arith.mulf %a, %a : f64
    %q = arith.addf %p, %b : f64
    linalg.yield %q : f64
  }
  %r = memref.load %s[] : memref<f64>
  %l = math.log %r : f64
  return %l : f64
}

// -----

// dense layer relu maximumf zero
func.func @f(%W: memref<3x4xf64>, %x: memref<4xf64>) -> f64 {
  %z = arith.constant 0.0 : f64
  %o = memref.alloc() : memref<3xf64>
  affine.for %i = 0 to 3 {
    %s = affine.for %j = 0 to 4 iter_args(%a = %z) -> f64 {
      %w = affine.load %W[%i, %j] : memref<3x4xf64>
      %v = affine.load %x[%j] : memref<4xf64>
      %p = arith.mulf %w, %v : f64
      %b = arith.addf %a, %p : f64
      affine.yield %b : f64
    }
    %r = arith.maximumf %s, %z : f64
    affine.store %r, %o[%i] : memref<3xf64>
  }
  %t = affine.for %i = 0 to 3 iter_args(%a = %z) -> f64 {
    %v = affine.load %o[%i] : memref<3xf64>
    %b = arith.addf %a, %v : f64
    affine.yield %b : f64
  }
  return %t : f64
}

// -----

// lists of index pairs sorted graph laplacian
// at: {"edge": [[0, 1], [1, 2], [2, 3], [3, 3]]}
func.func @f(%edge: memref<4x2xi64>, %x: memref<4xf64>, %y: memref<4xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  scf.for %e = %c0 to %c4 step %c1 {
    %i = memref.load %edge[%e, %c0] : memref<4x2xi64>
    %j = memref.load %edge[%e, %c1] : memref<4x2xi64>
    %ii = arith.index_cast %i : i64 to index
    %jj = arith.index_cast %j : i64 to index
    %a = memref.load %x[%ii] : memref<4xf64>
    %b = memref.load %x[%jj] : memref<4xf64>
    %d = arith.subf %a, %b : f64
    %yi = memref.load %y[%ii] : memref<4xf64>
    %yj = memref.load %y[%jj] : memref<4xf64>
    %p = arith.addf %yi, %d : f64
    memref.store %p, %y[%ii] : memref<4xf64>
    %q0 = memref.load %y[%jj] : memref<4xf64>
    %q = arith.subf %q0, %d : f64
    memref.store %q, %y[%jj] : memref<4xf64>
  }
  %r = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %z) -> f64 {
    %u = memref.load %x[%i] : memref<4xf64>
    %v = memref.load %y[%i] : memref<4xf64>
    %uv = arith.mulf %u, %v : f64
    %b = arith.addf %a, %uv : f64
    scf.yield %b : f64
  }
  return %r : f64
}
