// conv nhwc pooling tensors
func.func @f(%x: tensor<1x6x6x1xf64>, %k: tensor<3x3x1x2xf64>) -> tensor<1x2x2x2xf64> {
  %z = arith.constant 0.0 : f64
  %low = arith.constant -1.0e30 : f64
  %e = tensor.empty() : tensor<1x4x4x2xf64>
  %i = linalg.fill ins(%z : f64) outs(%e : tensor<1x4x4x2xf64>) -> tensor<1x4x4x2xf64>
  %c = linalg.conv_2d_nhwc_hwcf ins(%x, %k : tensor<1x6x6x1xf64>, tensor<3x3x1x2xf64>) outs(%i : tensor<1x4x4x2xf64>) -> tensor<1x4x4x2xf64>
  %w = tensor.empty() : tensor<2x2xf64>
  %p = tensor.empty() : tensor<1x2x2x2xf64>
  %pi = linalg.fill ins(%low : f64) outs(%p : tensor<1x2x2x2xf64>) -> tensor<1x2x2x2xf64>
  %m = linalg.pooling_nhwc_max {dilations = dense<1> : tensor<2xi64>, strides = dense<2> : tensor<2xi64>} ins(%c, %w : tensor<1x4x4x2xf64>, tensor<2x2xf64>) outs(%pi : tensor<1x2x2x2xf64>) -> tensor<1x2x2x2xf64>
  return %m : tensor<1x2x2x2xf64>
}

// -----

// tensor elementwise arith directly
func.func @f(%x: tensor<6xf64>, %y: tensor<6xf64>) -> f64 {
  %c = arith.constant dense<2.0> : tensor<6xf64>
  %z = arith.constant dense<0.0> : tensor<f64>
  %a = arith.mulf %x, %y : tensor<6xf64>
  %b = math.sin %a : tensor<6xf64>
  %m = arith.cmpf ogt, %b, %y : tensor<6xf64>
  %d = arith.mulf %b, %c : tensor<6xf64>
  %s = arith.select %m, %d, %x : tensor<6xi1>, tensor<6xf64>
  %r = linalg.reduce { arith.addf } ins(%s : tensor<6xf64>) outs(%z : tensor<f64>) dimensions = [0]
  %v = tensor.extract %r[] : tensor<f64>
  return %v : f64
}

// -----

// particles tensors in loop masks
func.func @f(%x: tensor<5xf64>, %v: tensor<5xf64>) -> (tensor<5xf64>, tensor<5xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  %zero = arith.constant dense<0.0> : tensor<5xf64>
  %dt = arith.constant dense<0.2> : tensor<5xf64>
  %r:2 = scf.for %t = %c0 to %c6 step %c1 iter_args(%p = %x, %q = %v) -> (tensor<5xf64>, tensor<5xf64>) {
    %m = arith.mulf %q, %dt : tensor<5xf64>
    %n = arith.addf %p, %m : tensor<5xf64>
    %neg = arith.cmpf olt, %n, %zero : tensor<5xf64>
    %nn = arith.negf %n : tensor<5xf64>
    %qq = arith.negf %q : tensor<5xf64>
    %p2 = arith.select %neg, %nn, %n : tensor<5xi1>, tensor<5xf64>
    %q2 = arith.select %neg, %qq, %q : tensor<5xi1>, tensor<5xf64>
    scf.yield %p2, %q2 : tensor<5xf64>, tensor<5xf64>
  }
  return %r#0, %r#1 : tensor<5xf64>, tensor<5xf64>
}

// -----

// scatter tensor.insert loop
// at: {"idx": [0, 3, 1, 0, 2, 3]}
func.func @f(%v: tensor<6xf64>, %idx: tensor<6xindex>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c6 = arith.constant 6 : index
  %z = arith.constant dense<0.0> : tensor<4xf64>
  %r = scf.for %i = %c0 to %c6 step %c1 iter_args(%t = %z) -> tensor<4xf64> {
    %k = tensor.extract %idx[%i] : tensor<6xindex>
    %x = tensor.extract %v[%i] : tensor<6xf64>
    %o = tensor.extract %t[%k] : tensor<4xf64>
    %xx = arith.mulf %x, %x : f64
    %s = arith.addf %o, %xx : f64
    %n = tensor.insert %s into %t[%k] : tensor<4xf64>
    scf.yield %n : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}

// -----

// gather linalg.generic extract
// at: {"idx": [0, 3, 1, 0]}
func.func @f(%t: tensor<5x3xf64>, %idx: tensor<4xindex>) -> tensor<4x3xf64> {
  %e = tensor.empty() : tensor<4x3xf64>
  %r = linalg.generic {indexing_maps = [affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (i, j)>], iterator_types = ["parallel", "parallel"]} ins(%idx : tensor<4xindex>) outs(%e : tensor<4x3xf64>) {
  ^bb0(%k: index, %o: f64):
    %j = linalg.index 1 : index
    %x = tensor.extract %t[%k, %j] : tensor<5x3xf64>
    %y = math.exp %x : f64
    linalg.yield %y : f64
  } -> tensor<4x3xf64>
  return %r : tensor<4x3xf64>
}

// -----

// batch_matmul
func.func @f(%x: tensor<2x3x4xf64>, %y: tensor<2x4x5xf64>) -> tensor<2x3x5xf64> {
  %z = arith.constant dense<0.0> : tensor<2x3x5xf64>
  %r = linalg.batch_matmul ins(%x, %y : tensor<2x3x4xf64>, tensor<2x4x5xf64>) outs(%z : tensor<2x3x5xf64>) -> tensor<2x3x5xf64>
  return %r : tensor<2x3x5xf64>
}

// -----

// matvec vecmat dot
func.func @f(%x: tensor<3x3xf64>, %y: tensor<3xf64>) -> f64 {
  %z = arith.constant dense<0.0> : tensor<3xf64>
  %z0 = arith.constant dense<0.0> : tensor<f64>
  %a = linalg.matvec ins(%x, %y : tensor<3x3xf64>, tensor<3xf64>) outs(%z : tensor<3xf64>) -> tensor<3xf64>
  %b = linalg.vecmat ins(%y, %x : tensor<3xf64>, tensor<3x3xf64>) outs(%z : tensor<3xf64>) -> tensor<3xf64>
  %c = linalg.dot ins(%a, %b : tensor<3xf64>, tensor<3xf64>) outs(%z0 : tensor<f64>) -> tensor<f64>
  %r = tensor.extract %c[] : tensor<f64>
  return %r : f64
}

// -----

// transpose broadcast
func.func @f(%x: tensor<2x3xf64>, %y: tensor<3xf64>) -> tensor<3x2xf64> {
  %e = tensor.empty() : tensor<3x2xf64>
  %a = linalg.transpose ins(%x : tensor<2x3xf64>) outs(%e : tensor<3x2xf64>) permutation = [1, 0]
  %b = linalg.broadcast ins(%y : tensor<3xf64>) outs(%e : tensor<3x2xf64>) dimensions = [1]
  %c = arith.mulf %a, %b : tensor<3x2xf64>
  return %c : tensor<3x2xf64>
}

// -----

// pad collapse expand
func.func @f(%x: tensor<2x3xf64>) -> tensor<4x3xf64> {
  %z = arith.constant 0.0 : f64
  %p = tensor.pad %x low[1, 0] high[0, 1] {
  ^bb0(%i: index, %j: index):
    tensor.yield %z : f64
  } : tensor<2x3xf64> to tensor<3x4xf64>
  %c = tensor.collapse_shape %p [[0, 1]] : tensor<3x4xf64> into tensor<12xf64>
  %s = math.sin %c : tensor<12xf64>
  %e = tensor.expand_shape %s [[0, 1]] output_shape [4, 3] : tensor<12xf64> into tensor<4x3xf64>
  return %e : tensor<4x3xf64>
}

// -----

// tensor.generate splat concat
// at: {"y": 0.4}
func.func @f(%x: tensor<3xf64>, %y: f64) -> tensor<5xf64> {
  %g = tensor.generate {
  ^bb0(%i: index):
    %v = tensor.extract %x[%i] : tensor<3xf64>
    %s = math.exp %v : f64
    tensor.yield %s : f64
  } : tensor<3xf64>
  %sp = tensor.splat %y : tensor<2xf64>
  %c = tensor.concat dim(0) %g, %sp : (tensor<3xf64>, tensor<2xf64>) -> tensor<5xf64>
  return %c : tensor<5xf64>
}

// -----

// dynamic tensor
func.func @f(%x: tensor<?xf64>) -> tensor<?xf64> {
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<?xf64>
  %e = tensor.empty(%d) : tensor<?xf64>
  %m = linalg.map { math.exp } ins(%x : tensor<?xf64>) outs(%e : tensor<?xf64>)
  %p = arith.mulf %m, %x : tensor<?xf64>
  return %p : tensor<?xf64>
}

// -----

// insert slice loop
func.func @f(%x: tensor<4x3xf64>) -> tensor<4x3xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%t = %x) -> tensor<4x3xf64> {
    %a = tensor.extract_slice %t[%i, 0] [1, 3] [1, 1] : tensor<4x3xf64> to tensor<3xf64>
    %b = math.sin %a : tensor<3xf64>
    %j = arith.addi %i, %c1 : index
    %n = tensor.insert_slice %b into %t[%j, 0] [1, 3] [1, 1] : tensor<3xf64> into tensor<4x3xf64>
    scf.yield %n : tensor<4x3xf64>
  }
  return %r : tensor<4x3xf64>
}

// -----

// tensor in if
// at: {"y": 0.3}
func.func @f(%x: tensor<3xf64>, %y: f64) -> tensor<3xf64> {
  %z = arith.constant 0.0 : f64
  %g = arith.cmpf ogt, %y, %z : f64
  %r = scf.if %g -> tensor<3xf64> {
    %a = math.sin %x : tensor<3xf64>
    scf.yield %a : tensor<3xf64>
  } else {
    %a = math.cos %x : tensor<3xf64>
    scf.yield %a : tensor<3xf64>
  }
  return %r : tensor<3xf64>
}

// -----

// tensor in while
// at: {"x": [1.101, 1.351, 0.689]}
func.func @f(%x: tensor<3xf64>) -> tensor<3xf64> {
  %c0 = arith.constant 0 : index
  %lim = arith.constant 3.0 : f64
  %r = scf.while (%t = %x) : (tensor<3xf64>) -> tensor<3xf64> {
    %v = tensor.extract %t[%c0] : tensor<3xf64>
    %go = arith.cmpf olt, %v, %lim : f64
    scf.condition(%go) %t : tensor<3xf64>
  } do {
  ^bb0(%t: tensor<3xf64>):
    %a = arith.addf %t, %t : tensor<3xf64>
    scf.yield %a : tensor<3xf64>
  }
  return %r : tensor<3xf64>
}

// -----

// call returns tensor
func.func @f(%x: tensor<3xf64>) -> tensor<3xf64> {
  %r = func.call @g(%x) : (tensor<3xf64>) -> tensor<3xf64>
  %s = func.call @g(%r) : (tensor<3xf64>) -> tensor<3xf64>
  return %s : tensor<3xf64>
}
func.func @g(%x: tensor<3xf64>) -> tensor<3xf64> {
  %a = math.sin %x : tensor<3xf64>
  %b = arith.mulf %a, %x : tensor<3xf64>
  return %b : tensor<3xf64>
}

// -----

// tensor constant weights
func.func @f(%x: memref<3xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %z = arith.constant 0.0 : f64
  %w = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf64>
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %z) -> f64 {
    %v = tensor.extract %w[%i] : tensor<3xf64>
    %u = memref.load %x[%i] : memref<3xf64>
    %p = arith.mulf %u, %v : f64
    %s = arith.addf %a, %p : f64
    scf.yield %s : f64
  }
  return %r : f64
}

// -----

// dropout mask constant tensor i1
func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %m = arith.constant dense<[true, false, true, true]> : tensor<4xi1>
  %zz = arith.constant dense<0.0> : tensor<4xf64>
  %a = arith.select %m, %x, %zz : tensor<4xi1>, tensor<4xf64>
  %b = arith.mulf %a, %a : tensor<4xf64>
  return %b : tensor<4xf64>
}

// -----

// scf.forall
func.func @f(%x: tensor<4xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %r = scf.forall (%i) in (4) shared_outs(%o = %y) -> tensor<4xf64> {
    %s = tensor.extract_slice %x[%i] [1] [1] : tensor<4xf64> to tensor<1xf64>
    %e = math.exp %s : tensor<1xf64>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%i] [1] [1] : tensor<1xf64> into tensor<4xf64>
    }
  }
  return %r : tensor<4xf64>
}

// -----

// lstm tensors
func.func @f(%xs: tensor<4xf64>, %w: tensor<12x4xf64>, %b: tensor<12xf64>) -> tensor<3xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %one = arith.constant 1.0 : f64
  %h0 = arith.constant dense<0.0> : tensor<3xf64>
  %r:2 = scf.for %t = %c0 to %c4 step %c1 iter_args(%h = %h0, %c = %h0) -> (tensor<3xf64>, tensor<3xf64>) {
    %x = tensor.extract %xs[%t] : tensor<4xf64>
    %xv = tensor.splat %x : tensor<1xf64>
    %in = tensor.concat dim(0) %h, %xv : (tensor<3xf64>, tensor<1xf64>) -> tensor<4xf64>
    %g = linalg.matvec ins(%w, %in : tensor<12x4xf64>, tensor<4xf64>) outs(%b : tensor<12xf64>) -> tensor<12xf64>
    %g0 = tensor.extract_slice %g[0] [3] [1] : tensor<12xf64> to tensor<3xf64>
    %g1 = tensor.extract_slice %g[3] [3] [1] : tensor<12xf64> to tensor<3xf64>
    %g2 = tensor.extract_slice %g[6] [3] [1] : tensor<12xf64> to tensor<3xf64>
    %g3 = tensor.extract_slice %g[9] [3] [1] : tensor<12xf64> to tensor<3xf64>
    %e = tensor.empty() : tensor<3xf64>
    %cn = linalg.map ins(%g0, %g1, %g2, %c : tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) outs(%e : tensor<3xf64>) (%a: f64, %bb: f64, %cc: f64, %old: f64, %o: f64) {
      %na = arith.negf %a : f64
      %ea = math.exp %na : f64
      %da = arith.addf %one, %ea : f64
      %sa = arith.divf %one, %da : f64
      %nb = arith.negf %bb : f64
      %eb = math.exp %nb : f64
      %db = arith.addf %one, %eb : f64
      %sb = arith.divf %one, %db : f64
      %tc = math.tanh %cc : f64
      %k = arith.mulf %sa, %old : f64
      %l = arith.mulf %sb, %tc : f64
      %s = arith.addf %k, %l : f64
      linalg.yield %s : f64
    }
    %hn = linalg.map ins(%g3, %cn : tensor<3xf64>, tensor<3xf64>) outs(%e : tensor<3xf64>) (%a: f64, %cc: f64, %o: f64) {
      %na = arith.negf %a : f64
      %ea = math.exp %na : f64
      %da = arith.addf %one, %ea : f64
      %sa = arith.divf %one, %da : f64
      %tc = math.tanh %cc : f64
      %s = arith.mulf %sa, %tc : f64
      linalg.yield %s : f64
    }
    scf.yield %hn, %cn : tensor<3xf64>, tensor<3xf64>
  }
  return %r#0 : tensor<3xf64>
}

// -----

// quaternion integration from_elements
// at: {"wx": 0.7, "wy": -0.4}
func.func @f(%wx: f64, %wy: f64) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c5 = arith.constant 5 : index
  %z = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %q0 = tensor.from_elements %one, %z, %z, %z : tensor<4xf64>
  %dt = arith.constant 0.1 : f64
  %r = scf.for %t = %c0 to %c5 step %c1 iter_args(%q = %q0) -> tensor<4xf64> {
    %a = tensor.extract %q[%c0] : tensor<4xf64>
    %b = tensor.extract %q[%c1] : tensor<4xf64>
    %c = tensor.extract %q[%c2] : tensor<4xf64>
    %d = tensor.extract %q[%c3] : tensor<4xf64>
    %bx = arith.mulf %b, %wx : f64
    %cy = arith.mulf %c, %wy : f64
    %s = arith.addf %bx, %cy : f64
    %ns = arith.negf %s : f64
    %ax = arith.mulf %a, %wx : f64
    %ay = arith.mulf %a, %wy : f64
    %dx = arith.mulf %d, %wx : f64
    %a1 = arith.mulf %ns, %dt : f64
    %b1 = arith.mulf %ax, %dt : f64
    %c1x = arith.mulf %ay, %dt : f64
    %d1 = arith.mulf %dx, %dt : f64
    %dq = tensor.from_elements %a1, %b1, %c1x, %d1 : tensor<4xf64>
    %qn = arith.addf %q, %dq : tensor<4xf64>
    %qq = arith.mulf %qn, %qn : tensor<4xf64>
    %e = arith.constant dense<0.0> : tensor<f64>
    %n2 = linalg.reduce { arith.addf } ins(%qq : tensor<4xf64>) outs(%e : tensor<f64>) dimensions = [0]
    %nn = tensor.extract %n2[] : tensor<f64>
    %nr = math.sqrt %nn : f64
    %ns4 = tensor.splat %nr : tensor<4xf64>
    %u = arith.divf %qn, %ns4 : tensor<4xf64>
    scf.yield %u : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}
