// Arithmetic with flags.
llvm.func @f(%a: f64, %i: i32) -> f64 {
  %0 = llvm.fadd %a, %a {fastmathFlags = #llvm.fastmath<fast>} : f64
  %1 = llvm.fmul %0, %a {fastmathFlags = #llvm.fastmath<nnan, contract>} : f64
  %2 = llvm.add %i, %i overflow<nsw> : i32
  %3 = llvm.icmp "slt" %2, %i : i32
  %4 = llvm.mlir.constant(1.000000e+00 : f64) : f64
  %5 = llvm.select %3, %1, %4 : i1, f64
  %6 = llvm.intr.sqrt(%5) : (f64) -> f64
  llvm.return %6 : f64
}
