"""What MLIR's own constraints accept that only C++ can check: one type for each."""

from __future__ import annotations

__all__ = ["ADDRESS_SPACES", "BODIES", "CASES", "DIALECTS", "OWN_NUMBERS", "TYPES"]

DIALECTS = frozenset(
    "acc affine amdgpu amx arith arm arm_neon arm_sme arm_sve async bufferization builtin cf complex emitc func gpu "
    "index irdl linalg llvm math memref mpi nvgpu nvvm omp openacc openmp pdl pdl_interp ptr quant rocdl scf shape "
    "shard smt sparse_tensor sparsetensor spirv tensor tosa transform ub vcix vector wasmssa x86vector "
    "xegpu xevm".split()
)
"""MLIR's own dialects: a host knows their types, so that none is made up."""

ADDRESS_SPACES = {
    "global": 1,
    "shared": 3,
    "lds": 3,
    "constant": 4,
    "const": 4,
    "local": 5,
    "private": 5,
    "tensor": 6,
    "cluster": 7,
    "rsrc": 8,
}
"""The number that GPUs have for a kind of memory."""

_IMAGE = "!spirv.image<f64, Dim2D, NoDepth, NonArrayed, SingleSampled, NeedSampler, Unknown>"

TYPES = {
    "AnyAMXTile": "!amx.tile<16x16xf32>",
    "AMXTileF32": "!amx.tile<16x16xf32>",
    "AMXTileI32": "!amx.tile<16x16xi32>",
    "AMXTileF16OrBF16": "!amx.tile<16x32xbf16>",
    "AMXTileI8": "!amx.tile<16x64xi8>",
    "AnySMTType": "!smt.int",
    "AnyNonFuncSMTType": "!smt.int",
    "AnyNonSMTType": "f32",
    "BufferLikeType": "memref<4xf32>",
    "EmitCType": "f32",
    "FloatIntegerIndexOrOpaqueType": "f32",
    "GPU_MMAMatrix": '!gpu.mma_matrix<16x16xf64, "COp">',
    "GPU_SparseDnTensorHandle": "!gpu.sparse.dntensor_handle",
    "GPU_SparseEnvHandle": "!gpu.sparse.env_handle",
    "GPU_SparseSpGEMMOpHandle": "!gpu.sparse.spgemmop_handle",
    "GPU_SparseSpMatHandle": "!gpu.sparse.spmat_handle",
    "IntegerIndexOrOpaqueType": "index",
    "LLVM_AnyAggregate": "!llvm.struct<(f32)>",
    "LLVM_AnyFloat": "f32",
    "LLVM_AnyNonAggregate": "f32",
    "LLVM_AnyPointer": "!llvm.ptr",
    "LLVM_AnyStruct": "!llvm.struct<(f32)>",
    "LLVM_AnyVector": "vector<4xf32>",
    "LLVM_DefaultPointer": "!llvm.ptr",
    "LLVM_LoadableType": "f32",
    "LLVM_PointerInAddressSpace": "!llvm.ptr<1>",
    "LLVM_PointerTensor": "!llvm.ptr<6>",
    "LLVM_PrimitiveType": "f32",
    "LLVM_ScalarOrVectorOf": "f32",
    "LLVM_TokenType": "!llvm.token",
    "LLVM_Type": "f32",
    "MMAMatrixOf": '!gpu.mma_matrix<16x16xf64, "COp">',
    "OpenACC_AnyPointerOrMappableType": "memref<4xf32>",
    "OpenACC_PointerLikeType": "memref<4xf32>",
    "OpenMP_PointerLikeType": "!llvm.ptr",
    "PDL_AnyType": "!pdl.operation",
    "PDL_Range": "!pdl.range<value>",
    "PDL_RangeOf": "!pdl.range<value>",
    "PtrLikeTypeInterface": "!llvm.ptr",
    "ROCDLBufferLDS": "!llvm.ptr<3>",
    "ROCDLBufferRsrc": "!llvm.ptr<8>",
    "ROCDLGlobalBuffer": "!llvm.ptr<1>",
    "ROCDL_ConcretePair": "!llvm.struct<(i32, i32)>",
    "SPIRV_AnyArray": "!spirv.array<4 x f32>",
    "SPIRV_AnyCooperativeMatrix": "!spirv.coopmatrix<16x16xf32, Subgroup, MatrixAcc>",
    "SPIRV_AnyImage": _IMAGE,
    "SPIRV_AnyMatrix": "!spirv.matrix<3 x vector<3xf32>>",
    "SPIRV_AnyPtr": "!spirv.ptr<f64, Function>",
    "SPIRV_AnyRTArray": "!spirv.rtarray<f32>",
    "SPIRV_AnySampledImage": f"!spirv.sampled_image<{_IMAGE}>",
    "SPIRV_AnyStruct": "!spirv.struct<(f32, f32)>",
    "SPIRV_AnyTensorArm": "!spirv.arm.tensor<4xf32>",
    "SPIRV_CoopMatrixOfType": "!spirv.coopmatrix<16x16xf32, Subgroup, MatrixAcc>",
    "SPIRV_MatrixOf": "!spirv.matrix<3 x vector<3xf32>>",
    "QuantizedType": "!quant.uniform<i8:f32, 1.000000e+00>",
    "UniformQuantizedType": "!quant.uniform<i8:f32, 1.000000e+00>",
    "UniformQuantizedPerAxisType": "!quant.uniform<i8:f32:0, {1.000000e+00}>",
    "Rank2TosaShape": "!tosa.shape<2>",
    "Rank4TosaShape": "!tosa.shape<4>",
    "Tosa_Int32Or64Tensor": "tensor<4xi32>",
    "Tosa_Shape": "!tosa.shape<4>",
}
"""A type that MLIR's constraint of a name accepts."""

OWN_NUMBERS = ("int", "float", "bool")
"""The types of a dialect that does not use MLIR's numbers."""

CASES = {("spirv", "Scope"): "Subgroup"}
"""The cases of enums that most operations take, where the first one is for few."""

BODIES = {
    "!llvm.array": "<4 x f32>",
    "!llvm.func": "<void ()>",
    "!llvm.struct": "<(f32)>",
    "!llvm.target": '<"name">',
    "!ptr.ptr": "<#ptr.generic_space>",
}
"""What stands behind the mnemonics of MLIR's types that only C++ prints, or whose parameters only C++ knows."""
