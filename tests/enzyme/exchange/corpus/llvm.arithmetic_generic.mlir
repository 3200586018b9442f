// The same in generic form, with properties.
"builtin.module"() ({
  "llvm.func"() <{CConv = #llvm.cconv<ccc>, function_type = !llvm.func<f64 (f64, ptr)>, linkage = #llvm.linkage<external>, sym_name = "f", visibility_ = 0 : i64}> ({
  ^bb0(%a: f64, %p: !llvm.ptr):
    %0 = "llvm.fadd"(%a, %a) <{fastmathFlags = #llvm.fastmath<fast>}> : (f64, f64) -> f64
    %1 = "llvm.load"(%p) <{alignment = 8 : i64, ordering = 0 : i64}> : (!llvm.ptr) -> f64
    "llvm.return"(%1) : (f64) -> ()
  }) : () -> ()
}) : () -> ()
