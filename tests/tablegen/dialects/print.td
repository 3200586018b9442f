// A dialect that is called like a name that examples use.
include "mlir/IR/OpBase.td"
include "mlir/IR/EnumAttr.td"
def D : Dialect { let name = "print"; let cppNamespace = "::print"; }
def AOp : Op<D, "eq", []> { let arguments = (ins F64:$x); }
def Mode : I32EnumAttr<"Mode", "", [I32EnumAttrCase<"One", 1, "one">]> { let cppNamespace = "::print"; }
def BOp : Op<D, "mode"> { let arguments = (ins Mode:$mode); }
