// Two things of one name in Python.
include "mlir/IR/OpBase.td"

def D : Dialect { let name = "clashes"; let cppNamespace = "::clashes"; }

class One<string mnemonic> : Op<D, mnemonic> { let arguments = (ins F64:$x); let results = (outs F64:$r); }
def DottedOp : One<"one.two">;
def UnderscoredOp : One<"one_two">;
def HyphenOp : One<"one-two">;
def again : One<"first">;
def AgainOp : One<"again">;
def TwiceOp : Op<D, "twice"> { let arguments = (ins F64:$aB, F64:$a_b, OptionalAttr<I64Attr>:$A_b); }
