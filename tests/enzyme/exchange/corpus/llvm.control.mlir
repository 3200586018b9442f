// Branches, weights, a switch and what is never reached.
llvm.func @f(%c: i1, %i: i32) -> i32 {
  llvm.cond_br %c weights([1, 99]), ^one, ^two(%i : i32)
^one:
  llvm.switch %i : i32, ^two(%i : i32) [
    1: ^three,
    2: ^two(%i : i32)
  ]
^two(%j: i32):
  llvm.return %j : i32
^three:
  llvm.unreachable
}
