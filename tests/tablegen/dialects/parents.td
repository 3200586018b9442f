// Parents that are named by their C++ classes: MLIR's own, this dialect's, and some that nobody knows.
include "mlir/IR/OpBase.td"

def D : Dialect { let name = "parents"; let cppNamespace = "::outer::parents"; }

class In<string mnemonic, list<Trait> traits> : Op<D, mnemonic, traits> { let arguments = (ins I64Attr:$n); }

def A_ModuleOp : In<"module", [NoTerminator]> { let regions = (region SizedRegion<1>:$body); }
def B_InModuleOp : In<"in_module", [HasParent<"mlir::ModuleOp">]>;
def C_InFunctionOp : In<"in_function", [HasParent<"::mlir::func::FuncOp">]>;
def D_InEitherOp : In<"in_either", [ParentOneOf<["mlir::ModuleOp", "func::FuncOp"]>]>;
def E_InLLVMOp : In<"in_llvm", [ParentOneOf<["LLVM::LLVMFuncOp", "::mlir::func::FuncOp"]>]>;
def F_InOwnOp : In<"in_own", [HasParent<"ModuleOp">]>;
def G_InOwnByPathOp : In<"in_own_by_path", [HasParent<"parents::ModuleOp">]>;
def H_InForeignOp : In<"in_foreign", [HasParent<"::hw::HWModuleOp">]>;
def I_InSomeOp : In<"in_some", [ParentOneOf<["::hw::HWModuleOp", "func::FuncOp"]>]>;
def J_InTemplateOp : In<"in_template", [HasParent<"Some<int>">]>;

// A parent whose mnemonic is no name in the notation.
def MergeOp : Op<D, "3way-merge"> { let regions = (region AnyRegion:$body); }
def MergedOp : Op<D, "merged", [HasParent<"MergeOp">]>;
