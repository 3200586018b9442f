// A dialect that is called like a helper of the generated tests.
include "mlir/IR/OpBase.td"
include "mlir/IR/EnumAttr.td"
def D : Dialect { let name = "check"; let cppNamespace = "::check"; }
def AOp : Op<D, "eq", []> { let arguments = (ins F64:$x); }
def Mode : I32EnumAttr<"Mode", "", [I32EnumAttrCase<"One", 1, "one">]> { let cppNamespace = "::check"; }
def BOp : Op<D, "mode"> { let arguments = (ins Mode:$mode); }
