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

// -----

// sinkhorn
// at: {"cost": [[1.35, 0.397, 0.189], [0.021, 0.609, 0.365], [0.152, 0.242, 0.103]], "a": [0.2, 0.3, 0.5], "b": [0.4, 0.4, 0.2]}
func.func @f(%cost: memref<3x3xf64>, %a: memref<3xf64>, %b: memref<3xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  %z = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %k = memref.alloc() : memref<3x3xf64>
  %u = memref.alloc() : memref<3xf64>
  %v = memref.alloc() : memref<3xf64>
  linalg.fill ins(%one : f64) outs(%v : memref<3xf64>)
  linalg.map ins(%cost : memref<3x3xf64>) outs(%k : memref<3x3xf64>) (%c: f64, %o: f64) {
    %mc = arith.negf %c : f64
    %e = math.exp %mc : f64
    linalg.yield %e : f64
  }
  scf.for %t = %c0 to %c6 step %c1 {
    linalg.fill ins(%z : f64) outs(%u : memref<3xf64>)
    linalg.matvec ins(%k, %v : memref<3x3xf64>, memref<3xf64>) outs(%u : memref<3xf64>)
    linalg.map ins(%a, %u : memref<3xf64>, memref<3xf64>) outs(%u : memref<3xf64>) (%p: f64, %q: f64, %o: f64) {
      %d = arith.divf %p, %q : f64
      linalg.yield %d : f64
    }
    linalg.fill ins(%z : f64) outs(%v : memref<3xf64>)
    linalg.vecmat ins(%u, %k : memref<3xf64>, memref<3x3xf64>) outs(%v : memref<3xf64>)
    linalg.map ins(%b, %v : memref<3xf64>, memref<3xf64>) outs(%v : memref<3xf64>) (%p: f64, %q: f64, %o: f64) {
      %d = arith.divf %p, %q : f64
      linalg.yield %d : f64
    }
  }
  %r = affine.for %i = 0 to 3 iter_args(%s = %z) -> f64 {
    %rr = affine.for %j = 0 to 3 iter_args(%s2 = %s) -> f64 {
      %ui = affine.load %u[%i] : memref<3xf64>
      %vj = affine.load %v[%j] : memref<3xf64>
      %kij = affine.load %k[%i, %j] : memref<3x3xf64>
      %cij = affine.load %cost[%i, %j] : memref<3x3xf64>
      %p = arith.mulf %ui, %vj : f64
      %q = arith.mulf %p, %kij : f64
      %w = arith.mulf %q, %cij : f64
      %t = arith.addf %s2, %w : f64
      affine.yield %t : f64
    }
    affine.yield %rr : f64
  }
  return %r : f64
}

// -----

// householder qr dynamic subviews
func.func @f(%a: memref<4x3xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  %two = arith.constant 2.0 : f64
  %q = memref.alloc() : memref<4x3xf64>
  memref.copy %a, %q : memref<4x3xf64> to memref<4x3xf64>
  scf.for %k = %c0 to %c3 step %c1 {
    %len = arith.subi %c4, %k : index
    %col = memref.subview %q[%k, %k] [%len, 1] [1, 1] : memref<4x3xf64> to memref<?xf64, strided<[3], offset: ?>>
    %v = memref.alloc(%len) : memref<?xf64>
    memref.copy %col, %v : memref<?xf64, strided<[3], offset: ?>> to memref<?xf64>
    %n2 = scf.for %i = %c0 to %len step %c1 iter_args(%s = %z) -> f64 {
      %x = memref.load %v[%i] : memref<?xf64>
      %xx = arith.mulf %x, %x : f64
      %t = arith.addf %s, %xx : f64
      scf.yield %t : f64
    }
    %nn = math.sqrt %n2 : f64
    %x0 = memref.load %v[%c0] : memref<?xf64>
    %sg = math.copysign %nn, %x0 : f64
    %x1 = arith.addf %x0, %sg : f64
    memref.store %x1, %v[%c0] : memref<?xf64>
    %v2 = scf.for %i = %c0 to %len step %c1 iter_args(%s = %z) -> f64 {
      %x = memref.load %v[%i] : memref<?xf64>
      %xx = arith.mulf %x, %x : f64
      %t = arith.addf %s, %xx : f64
      scf.yield %t : f64
    }
    scf.for %j = %k to %c3 step %c1 {
      %cj = memref.subview %q[%k, %j] [%len, 1] [1, 1] : memref<4x3xf64> to memref<?xf64, strided<[3], offset: ?>>
      %dot = scf.for %i = %c0 to %len step %c1 iter_args(%s = %z) -> f64 {
        %x = memref.load %v[%i] : memref<?xf64>
        %y = memref.load %cj[%i] : memref<?xf64, strided<[3], offset: ?>>
        %xy = arith.mulf %x, %y : f64
        %t = arith.addf %s, %xy : f64
        scf.yield %t : f64
      }
      %d2 = arith.mulf %two, %dot : f64
      %f = arith.divf %d2, %v2 : f64
      scf.for %i = %c0 to %len step %c1 {
        %x = memref.load %v[%i] : memref<?xf64>
        %y = memref.load %cj[%i] : memref<?xf64, strided<[3], offset: ?>>
        %fx = arith.mulf %f, %x : f64
        %y2 = arith.subf %y, %fx : f64
        memref.store %y2, %cj[%i] : memref<?xf64, strided<[3], offset: ?>>
      }
    }
    memref.dealloc %v : memref<?xf64>
  }
  %r0 = memref.load %q[%c1, %c2] : memref<4x3xf64>
  %r1 = memref.load %q[%c2, %c2] : memref<4x3xf64>
  %r = arith.mulf %r0, %r1 : f64
  memref.dealloc %q : memref<4x3xf64>
  return %r : f64
}

// -----

// matrix exponential scaling squaring
// at: {"a": [[0.3, 1.2], [-0.7, 0.9]]}
func.func @f(%a: memref<2x2xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %z = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %half = arith.constant 0.5 : f64
  %norm = affine.for %i = 0 to 2 iter_args(%s = %z) -> f64 {
    %rr = affine.for %j = 0 to 2 iter_args(%s2 = %s) -> f64 {
      %x = affine.load %a[%i, %j] : memref<2x2xf64>
      %ax = math.absf %x : f64
      %t = arith.addf %s2, %ax : f64
      affine.yield %t : f64
    }
    affine.yield %rr : f64
  }
  %sc:2 = scf.while (%k = %c0, %v = %norm) : (index, f64) -> (index, f64) {
    %go = arith.cmpf ogt, %v, %half : f64
    scf.condition(%go) %k, %v : index, f64
  } do {
  ^bb0(%k: index, %v: f64):
    %v2 = arith.mulf %v, %half : f64
    %k2 = arith.addi %k, %c1 : index
    scf.yield %k2, %v2 : index, f64
  }
  %ki = arith.index_cast %sc#0 : index to i32
  %f = math.fpowi %half, %ki : f64, i32
  %x = memref.alloc() : memref<2x2xf64>
  %e = memref.alloc() : memref<2x2xf64>
  %t = memref.alloc() : memref<2x2xf64>
  %u = memref.alloc() : memref<2x2xf64>
  linalg.map ins(%a : memref<2x2xf64>) outs(%x : memref<2x2xf64>) (%p: f64, %o: f64) {
    %q = arith.mulf %p, %f : f64
    linalg.yield %q : f64
  }
  affine.for %i = 0 to 2 {
    affine.for %j = 0 to 2 {
      %same = arith.cmpi eq, %i, %j : index
      %d = arith.select %same, %one, %z : f64
      affine.store %d, %e[%i, %j] : memref<2x2xf64>
      affine.store %d, %t[%i, %j] : memref<2x2xf64>
    }
  }
  scf.for %k = %c1 to %c8 step %c1 {
    linalg.fill ins(%z : f64) outs(%u : memref<2x2xf64>)
    linalg.matmul ins(%t, %x : memref<2x2xf64>, memref<2x2xf64>) outs(%u : memref<2x2xf64>)
    %kk = arith.index_cast %k : index to i64
    %kf = arith.sitofp %kk : i64 to f64
    linalg.map ins(%u : memref<2x2xf64>) outs(%t : memref<2x2xf64>) (%p: f64, %o: f64) {
      %q = arith.divf %p, %kf : f64
      linalg.yield %q : f64
    }
    linalg.map { arith.addf } ins(%e, %t : memref<2x2xf64>, memref<2x2xf64>) outs(%e : memref<2x2xf64>)
  }
  %r:2 = scf.for %k = %c0 to %sc#0 step %c1 iter_args(%p = %e, %q = %u) -> (memref<2x2xf64>, memref<2x2xf64>) {
    linalg.fill ins(%z : f64) outs(%q : memref<2x2xf64>)
    linalg.matmul ins(%p, %p : memref<2x2xf64>, memref<2x2xf64>) outs(%q : memref<2x2xf64>)
    scf.yield %q, %p : memref<2x2xf64>, memref<2x2xf64>
  }
  %res = memref.load %r#0[%c0, %c1] : memref<2x2xf64>
  return %res : f64
}

// -----

// value iteration
// at: {"rew": [[0.614, -1.197], [-0.322, -0.007], [-0.445, -0.054], [1.339, -0.517]], "prob": [[[0.231, 0.236, 0.489, 0.045], [0.125, 0.02, 0.23, 0.626], [0.122, 0.381, 0.38, 0.117], [0.398, 0.132, 0.257, 0.213]], [[0.871, 0.012, 0.001, 0.116], [0.055, 0.66, 0.18, 0.105], [0.381, 0.162, 0.395, 0.063], [0.324, 0.075, 0.205, 0.395]]], "gamma": 0.9}
func.func @f(%rew: memref<4x2xf64>, %prob: memref<2x4x4xf64>, %gamma: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c4 = arith.constant 4 : index
  %c6 = arith.constant 6 : index
  %z = arith.constant 0.0 : f64
  %v = memref.alloc() : memref<4xf64>
  %w = memref.alloc() : memref<4xf64>
  linalg.fill ins(%z : f64) outs(%v : memref<4xf64>)
  scf.for %t = %c0 to %c6 step %c1 {
    scf.for %s = %c0 to %c4 step %c1 {
      %low = arith.constant -1.0e9 : f64
      %best = scf.for %a = %c0 to %c2 step %c1 iter_args(%m = %low) -> f64 {
        %r = memref.load %rew[%s, %a] : memref<4x2xf64>
        %sum = scf.for %s2 = %c0 to %c4 step %c1 iter_args(%acc = %z) -> f64 {
          %p = memref.load %prob[%a, %s, %s2] : memref<2x4x4xf64>
          %vs = memref.load %v[%s2] : memref<4xf64>
          %pv = arith.mulf %p, %vs : f64
          %n = arith.addf %acc, %pv : f64
          scf.yield %n : f64
        }
        %g = arith.mulf %gamma, %sum : f64
        %q = arith.addf %r, %g : f64
        %m2 = arith.maximumf %m, %q : f64
        scf.yield %m2 : f64
      }
      memref.store %best, %w[%s] : memref<4xf64>
    }
    memref.copy %w, %v : memref<4xf64> to memref<4xf64>
  }
  %r = memref.load %v[%c1] : memref<4xf64>
  return %r : f64
}

// -----

// cell list with integer memory
// at: {"x": [0.2, 1.3, 2.2, 0.7, 2.9, 0.4]}
func.func @f(%x: memref<6xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c6 = arith.constant 6 : index
  %z = arith.constant 0.0 : f64
  %head = memref.alloc() : memref<3xi64>
  %next = memref.alloc() : memref<6xi64>
  %none = arith.constant -1 : i64
  linalg.fill ins(%none : i64) outs(%head : memref<3xi64>)
  scf.for %i = %c0 to %c6 step %c1 {
    %xi = memref.load %x[%i] : memref<6xf64>
    %c = arith.fptosi %xi : f64 to i64
    %ci = arith.index_cast %c : i64 to index
    %h = memref.load %head[%ci] : memref<3xi64>
    memref.store %h, %next[%i] : memref<6xi64>
    %ii = arith.index_cast %i : index to i64
    memref.store %ii, %head[%ci] : memref<3xi64>
  }
  %r = scf.for %c = %c0 to %c3 step %c1 iter_args(%acc = %z) -> f64 {
    %h = memref.load %head[%c] : memref<3xi64>
    %w:2 = scf.while (%k = %h, %s = %acc) : (i64, f64) -> (i64, f64) {
      %go = arith.cmpi ne, %k, %none : i64
      scf.condition(%go) %k, %s : i64, f64
    } do {
    ^bb0(%k: i64, %s: f64):
      %kk = arith.index_cast %k : i64 to index
      %xk = memref.load %x[%kk] : memref<6xf64>
      %n0 = memref.load %next[%kk] : memref<6xi64>
      %in:2 = scf.while (%l = %n0, %s2 = %s) : (i64, f64) -> (i64, f64) {
        %go = arith.cmpi ne, %l, %none : i64
        scf.condition(%go) %l, %s2 : i64, f64
      } do {
      ^bb0(%l: i64, %s2: f64):
        %ll = arith.index_cast %l : i64 to index
        %xl = memref.load %x[%ll] : memref<6xf64>
        %d = arith.subf %xk, %xl : f64
        %dd = arith.mulf %d, %d : f64
        %s3 = arith.addf %s2, %dd : f64
        %n1 = memref.load %next[%ll] : memref<6xi64>
        scf.yield %n1, %s3 : i64, f64
      }
      scf.yield %n0, %in#1 : i64, f64
    }
    scf.yield %w#1 : f64
  }
  memref.dealloc %head : memref<3xi64>
  memref.dealloc %next : memref<6xi64>
  return %r : f64
}

// -----

// em mixture
// at: {"xs": [-0.015, 0.434, -0.532, 0.054, 0.722], "m": [-0.5, 0.8]}
func.func @f(%xs: memref<5xf64>, %m: memref<2xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c5 = arith.constant 5 : index
  %z = arith.constant 0.0 : f64
  %r = memref.alloc() : memref<5x2xf64>
  scf.for %t = %c0 to %c3 step %c1 {
    scf.for %i = %c0 to %c5 step %c1 {
      %x = memref.load %xs[%i] : memref<5xf64>
      %s = scf.for %k = %c0 to %c2 step %c1 iter_args(%a = %z) -> f64 {
        %mu = memref.load %m[%k] : memref<2xf64>
        %d = arith.subf %x, %mu : f64
        %dd = arith.mulf %d, %d : f64
        %nd = arith.negf %dd : f64
        %e = math.exp %nd : f64
        memref.store %e, %r[%i, %k] : memref<5x2xf64>
        %b = arith.addf %a, %e : f64
        scf.yield %b : f64
      }
      scf.for %k = %c0 to %c2 step %c1 {
        %e = memref.load %r[%i, %k] : memref<5x2xf64>
        %p = arith.divf %e, %s : f64
        memref.store %p, %r[%i, %k] : memref<5x2xf64>
      }
    }
    scf.for %k = %c0 to %c2 step %c1 {
      %s:2 = scf.for %i = %c0 to %c5 step %c1 iter_args(%a = %z, %b = %z) -> (f64, f64) {
        %p = memref.load %r[%i, %k] : memref<5x2xf64>
        %x = memref.load %xs[%i] : memref<5xf64>
        %px = arith.mulf %p, %x : f64
        %a2 = arith.addf %a, %p : f64
        %b2 = arith.addf %b, %px : f64
        scf.yield %a2, %b2 : f64, f64
      }
      %mu = arith.divf %s#1, %s#0 : f64
      memref.store %mu, %m[%k] : memref<2xf64>
    }
  }
  return
}

// -----

// gray scott periodic
// at: {"u": [[0.089, 0.261, 0.138, 0.146], [0.548, 0.187, 0.039, 0.213], [-0.276, -0.101, 0.238, 0.189], [0.465, 0.003, -0.439, 0.584]], "d": 0.1}
func.func @f(%u: memref<4x4xf64>, %d: f64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %two = arith.constant 2.0 : f64
  %un = memref.alloc() : memref<4x4xf64>
  scf.for %t = %c0 to %c3 step %c1 {
    scf.for %i = %c0 to %c4 step %c1 {
      scf.for %j = %c0 to %c4 step %c1 {
        %ip = arith.addi %i, %c1 : index
        %i1 = arith.remui %ip, %c4 : index
        %im = arith.addi %i, %c3 : index
        %i0 = arith.remui %im, %c4 : index
        %c = memref.load %u[%i, %j] : memref<4x4xf64>
        %a = memref.load %u[%i1, %j] : memref<4x4xf64>
        %b = memref.load %u[%i0, %j] : memref<4x4xf64>
        %ab = arith.addf %a, %b : f64
        %c2x = arith.mulf %two, %c : f64
        %lap = arith.subf %ab, %c2x : f64
        %dl = arith.mulf %d, %lap : f64
        %cc = arith.mulf %c, %c : f64
        %cu = arith.subf %c, %cc : f64
        %s = arith.addf %dl, %cu : f64
        %n = arith.addf %c, %s : f64
        memref.store %n, %un[%i, %j] : memref<4x4xf64>
      }
    }
    memref.copy %un, %u : memref<4x4xf64> to memref<4x4xf64>
  }
  memref.dealloc %un : memref<4x4xf64>
  return
}

// -----

// argsort then gather
func.func @f(%x: memref<5xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c5 = arith.constant 5 : index
  %z = arith.constant 0.0 : f64
  %p = memref.alloc() : memref<5xindex>
  scf.for %i = %c0 to %c5 step %c1 { memref.store %i, %p[%i] : memref<5xindex>
  }
  scf.for %i = %c0 to %c5 step %c1 {
    scf.for %j = %c0 to %c4 step %c1 {
      %j1 = arith.addi %j, %c1 : index
      %a = memref.load %p[%j] : memref<5xindex>
      %b = memref.load %p[%j1] : memref<5xindex>
      %xa = memref.load %x[%a] : memref<5xf64>
      %xb = memref.load %x[%b] : memref<5xf64>
      %g = arith.cmpf ogt, %xa, %xb : f64
      scf.if %g {
        memref.store %b, %p[%j] : memref<5xindex>
        memref.store %a, %p[%j1] : memref<5xindex>
      }
    }
  }
  %r = scf.for %i = %c0 to %c5 step %c1 iter_args(%s = %z) -> f64 {
    %k = memref.load %p[%i] : memref<5xindex>
    %v = memref.load %x[%k] : memref<5xf64>
    %ii = arith.index_cast %i : index to i64
    %w = arith.sitofp %ii : i64 to f64
    %wv = arith.mulf %w, %v : f64
    %vv = arith.mulf %wv, %v : f64
    %t = arith.addf %s, %vv : f64
    scf.yield %t : f64
  }
  return %r : f64
}

// -----

// dropout rng state in memory
func.func @f(%x: memref<6xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  %z = arith.constant 0.0 : f64
  %st = memref.alloca() : memref<1xi64>
  %seed = arith.constant 12345 : i64
  %mul = arith.constant 6364136223846793005 : i64
  %add = arith.constant 1442695040888963407 : i64
  %sh = arith.constant 63 : i64
  %n1 = arith.constant 1 : i64
  memref.store %seed, %st[%c0] : memref<1xi64>
  %r = scf.for %i = %c0 to %c6 step %c1 iter_args(%s = %z) -> f64 {
    %o = memref.load %st[%c0] : memref<1xi64>
    %p = arith.muli %o, %mul : i64
    %q = arith.addi %p, %add : i64
    memref.store %q, %st[%c0] : memref<1xi64>
    %b = arith.shrui %q, %sh : i64
    %keep = arith.cmpi eq, %b, %n1 : i64
    %v = memref.load %x[%i] : memref<6xf64>
    %vv = arith.mulf %v, %v : f64
    %d = arith.select %keep, %vv, %z : f64
    %t = arith.addf %s, %d : f64
    scf.yield %t : f64
  }
  return %r : f64
}

// -----

// crank nicolson thomas in time
// at: {"lam": 0.4}
func.func @f(%u: memref<5xf64>, %lam: f64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %two = arith.constant 2.0 : f64
  %c = memref.alloc() : memref<5xf64>
  %d = memref.alloc() : memref<5xf64>
  scf.for %t = %c0 to %c3 step %c1 {
    memref.store %z, %c[%c0] : memref<5xf64>
    memref.store %z, %d[%c0] : memref<5xf64>
    scf.for %i = %c1 to %c4 step %c1 {
      %j = arith.subi %i, %c1 : index
      %u0 = memref.load %u[%i] : memref<5xf64>
      %cj = memref.load %c[%j] : memref<5xf64>
      %dj = memref.load %d[%j] : memref<5xf64>
      %l2 = arith.mulf %two, %lam : f64
      %diag = arith.addf %one, %l2 : f64
      %lc = arith.mulf %lam, %cj : f64
      %den = arith.subf %diag, %lc : f64
      %cn = arith.divf %lam, %den : f64
      %ld = arith.mulf %lam, %dj : f64
      %num = arith.addf %u0, %ld : f64
      %dn = arith.divf %num, %den : f64
      memref.store %cn, %c[%i] : memref<5xf64>
      memref.store %dn, %d[%i] : memref<5xf64>
    }
    memref.store %z, %u[%c4] : memref<5xf64>
    scf.for %k = %c1 to %c4 step %c1 {
      %i = arith.subi %c4, %k : index
      %i1 = arith.addi %i, %c1 : index
      %ci = memref.load %c[%i] : memref<5xf64>
      %di = memref.load %d[%i] : memref<5xf64>
      %un = memref.load %u[%i1] : memref<5xf64>
      %p = arith.mulf %ci, %un : f64
      %q = arith.addf %di, %p : f64
      memref.store %q, %u[%i] : memref<5xf64>
    }
  }
  return
}

// -----

// two level blocked matmul min
func.func @f(%a: memref<5x5xf64>, %b: memref<5x5xf64>) -> f64 {
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  %o = memref.alloc() : memref<5x5xf64>
  linalg.fill ins(%z : f64) outs(%o : memref<5x5xf64>)
  affine.for %ii = 0 to 5 step 2 {
    affine.for %jj = 0 to 5 step 2 {
      affine.for %k = 0 to 5 {
        affine.for %i = affine_map<(d) -> (d)>(%ii) to min affine_map<(d) -> (d + 2, 5)>(%ii) {
          affine.for %j = affine_map<(d) -> (d)>(%jj) to min affine_map<(d) -> (d + 2, 5)>(%jj) {
            %x = affine.load %a[%i, %k] : memref<5x5xf64>
            %y = affine.load %b[%k, %j] : memref<5x5xf64>
            %s = affine.load %o[%i, %j] : memref<5x5xf64>
            %p = arith.mulf %x, %y : f64
            %q = arith.addf %s, %p : f64
            affine.store %q, %o[%i, %j] : memref<5x5xf64>
          }
        }
      }
    }
  }
  %r = memref.load %o[%c4, %c3] : memref<5x5xf64>
  %s = memref.load %o[%c1, %c4] : memref<5x5xf64>
  %t = arith.mulf %r, %s : f64
  return %t : f64
}
