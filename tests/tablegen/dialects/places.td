// Terminators with successors, and parents of several regions: what has to stand where, in samples too.
include "mlir/IR/OpBase.td"
def D : Dialect { let name = "places"; let cppNamespace = "::places"; }

class Ends<string mnemonic, string parent> : Op<D, mnemonic, [HasParent<parent>, Terminator]>;
def OneOp : Op<D, "one", [SingleBlock]> { let regions = (region SizedRegion<1>:$body); }
def OneEndOp : Ends<"one_end", "OneOp"> { let successors = (successor AnySuccessor:$next); }
def ManyOp : Op<D, "many"> { let regions = (region MinSizedRegion<1>:$body); }
def ManyEndOp : Ends<"many_end", "ManyOp"> {
  let arguments = (ins F64:$x);
  let successors = (successor AnySuccessor:$next, VariadicSuccessor<AnySuccessor>:$others);
}
def InManyOp : Op<D, "in_many", [HasParent<"ManyOp">]> { let results = (outs F64:$r); }
def AnyOp : Op<D, "any"> { let regions = (region AnyRegion:$body); }
def AnyEndOp : Ends<"any_end", "AnyOp"> { let successors = (successor AnySuccessor:$next); }
def AnyStopOp : Ends<"any_stop", "AnyOp">;
def ForkOp : Op<D, "fork", [NoTerminator]> { let regions = (region VariadicRegion<MinSizedRegion<1>>:$body); }
def ForkEndOp : Ends<"fork_end", "ForkOp">;
def ForkJumpOp : Ends<"fork_jump", "ForkOp"> { let successors = (successor AnySuccessor:$next); }
def SwitchOp : Op<D, "switch"> {
  let arguments = (ins Index:$index);
  let regions = (region SizedRegion<1>:$default, VariadicRegion<SizedRegion<1>>:$cases);
}
def SwitchEndOp : Ends<"switch_end", "SwitchOp"> { let arguments = (ins Variadic<AnyType>:$xs); }
