// What generators of other bindings choke on: pieces of C++ in names, formats and traits.
include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinTypes.td"
include "mlir/IR/EnumAttr.td"

def D : Dialect { let name = "pieces"; let cppNamespace = "::pieces"; }

// Names of records that no notation takes as they are.
def "1DVec" : Type<CPred<"isVec($_self)">, "1-D vector"> {}
def "2-D" : Attr<CPred<"isFlat($_self)">, "flat"> {}
def "3d-trait" : NativeOpTrait<"ThreeD">;
def VectorsOp : Op<D, "vectors", [!cast<NativeOpTrait>("3d-trait")]> {
  let arguments = (ins !cast<Type>("1DVec"):$x, Variadic<!cast<Type>("1DVec")>:$more, !cast<Attr>("2-D"):$flat);
}

// Directives with pieces of C++ in quotes, and with references.
def AxesAttr : AttrDef<D, "Axes"> {
  let mnemonic = "axes";
  let parameters = (ins "int64_t":$n, "bool":$wrap);
  let assemblyFormat = "`<` custom<Minus>($n, \"\\\"x\\\"\") custom<Wrap>($wrap, ref($n), \"a `b` $c\", \"$_ctxt\") `>`";
}
def MeshType : TypeDef<D, "Mesh"> {
  let mnemonic = "mesh";
  let parameters = (ins "int64_t":$n, "::mlir::Type":$of);
  let assemblyFormat = "`<` struct(custom<Minus>($n), $of) `>`";
}
def AxesOp : Op<D, "axes"> { let arguments = (ins AxesAttr:$x, MeshType:$mesh, I64Attr:$n); let results = (outs AnyType:$r);
  let assemblyFormat = "$mesh custom<Axes>($x, ref($n), \"a `b` $c\") $n attr-dict `:` type($mesh) `->` type($r)";
}

// Traits about what is no part of the operation, or no type by itself.
def TupleOp : Op<D, "tuple", [TypesMatchWith<"m", "t", "xs", "llvm::cast<TupleType>($_self).getTypes()">]> {
  let arguments = (ins Builtin_Tuple:$t);
  let results = (outs Variadic<AnyType>:$xs);
}
def SelfOp : Op<D, "self", [RangedTypesMatchWith<"m", "$_self", "args", "getX()">,
                            TypesMatchWith<"m", "args", "getBody().getX()", "$_self">,
                            AllTypesMatch<["args", "getX().front()"]>]> {
  let arguments = (ins Variadic<AnyType>:$args);
}

// Two of one mnemonic: MLIR reads the first.
def QAttr : AttrDef<D, "Q"> { let mnemonic = "quals"; let parameters = (ins "bool":$a); let assemblyFormat = "`<` $a `>`"; }
def RAttr : AttrDef<D, "R"> { let mnemonic = "quals"; let parameters = (ins "bool":$b); let assemblyFormat = "`<` $b `>`"; }
def SType : TypeDef<D, "S"> { let mnemonic = "quals"; let parameters = (ins "bool":$a); let assemblyFormat = "`<` $a `>`"; }
def TType : TypeDef<D, "T"> { let mnemonic = "quals"; let parameters = (ins "bool":$b); let assemblyFormat = "`<` $b `>`"; }
def QualsOp : Op<D, "quals"> { let arguments = (ins QAttr:$x, RAttr:$y, SType:$s, TType:$t); }
// Formats that list parameters, of types that have none.
def ListedType : TypeDef<D, "Listed"> { let mnemonic = "listed"; let assemblyFormat = "`<` params `>`"; }
def NamedType : TypeDef<D, "Named"> { let mnemonic = "named"; let assemblyFormat = "`<` struct(params) `>`"; }
def BareType : TypeDef<D, "Bare"> { let mnemonic = "bare"; let assemblyFormat = "struct(params)"; }
def EmptyOp : Op<D, "empty"> { let arguments = (ins ListedType:$x, NamedType:$y, BareType:$z); }
