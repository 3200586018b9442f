// A dialect that is called like a name that examples use.
include "mlir/IR/OpBase.td"
include "mlir/IR/EnumAttr.td"
def D : Dialect { let name = "f64"; let cppNamespace = "::f64"; }
def AOp : Op<D, "eq", []> { let arguments = (ins F64:$x); }
def Mode : I32EnumAttr<"Mode", "", [I32EnumAttrCase<"One", 1, "one">]> { let cppNamespace = "::f64"; }
def BOp : Op<D, "mode"> { let arguments = (ins Mode:$mode); let results = (outs Variadic<AnyType>:$r); }
