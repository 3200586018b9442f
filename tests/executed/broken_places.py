"""IR that breaks rules about blocks, traits and symbols, with all that `verify` finds in it; and sound IR."""

from __future__ import annotations

from tests.executed.broken_ir import ACTIVITIES, ATTRIBUTES, COUNTS, TENSOR, TYPES, VARIABLE, broken, wrapper

__all__ = ["BROKEN", "SOUND"]

BLOCKS = [
    broken(
        "no region",
        '"t.p"() ({ "perfify.assumptions"() : () -> () }) : () -> ()',
        "perfify.assumptions: regions is 0 regions, accepted is 1 region",
    ),
    broken(
        "a region too many",
        '"t.p"() ({ "perfify.assumptions"() ({}, {}) : () -> () }) : () -> ()',
        "perfify.assumptions: regions is 2 regions, accepted is 1 region",
    ),
    broken(
        "no block",
        '"tessera.optimizations"() ({}) : () -> ()',
        "tessera.optimizations: body is 0 blocks, accepted is 1 block",
    ),
    broken(
        "two blocks",
        '"tessera.optimizations"() ({ "t.a"()[^bb1] : () -> () ^bb1: "t.b"() : () -> () }) : () -> ()',
        "tessera.optimizations: body is 2 blocks, accepted is 1 block",
    ),
    broken(
        "a block too many",
        '"distributed.MeshFor"() ({ "t.a"()[^bb1] : () -> () ^bb1: "t.b"() : () -> () }) {mesh = @square} : () -> ()',
        "distributed.MeshFor: symbol(mesh) is func.func, accepted is symbol(mesh) is distributed.DeviceMesh",
        "distributed.MeshFor: body is 2 blocks, accepted is at most 1 block",
    ),
    broken(
        "one of a variable number of regions",
        '"enzymexla.alternatives"() ({}, {^bb0:}) : () -> ()',
        "enzymexla.alternatives: regions is 0 blocks, accepted is 1 block",
    ),
    broken(
        "arguments of a block that may have none",
        '"enzymexla_tt_ext.module"() ({^bb0(%y: f64):}) {sym_name = "m"} : () -> ()',
        "enzymexla_tt_ext.module: bodyRegion is a block with 1 argument, accepted is a block without arguments",
    ),
    broken(
        "no block in the region that is differentiated",
        f'%d = "enzyme.autodiff_region"(%x, %x) ({{}}) {{{ACTIVITIES}}} : (f64, f64) -> f64',
        "enzyme.autodiff_region: body is 0 blocks, accepted is at least 1 block, ended by enzyme.yield",
    ),
    broken(
        "no block in the region that is differentiated forward",
        '%d = "enzyme.fwddiff_region"(%x, %x) ({}) {activity = [#enzyme.activity<enzyme_dup>], '
        "ret_activity = [#enzyme.activity<enzyme_dupnoneed>]} : (f64, f64) -> f64",
        "enzyme.fwddiff_region: body is 0 blocks, accepted is at least 1 block, ended by enzyme.yield",
    ),
    broken(
        "an empty block where the dialect has a terminator",
        '"tessera.define"() ({^bb0:})'
        ' {byRefTypes = [], function_type = () -> (), pure = true, sym_name = "f"} : () -> ()',
        "tessera.define: body is ended by nothing, accepted is tessera.return at the end",
    ),
    broken(
        "no terminator",
        '"enzymexla.gpu_block"(%i, %i, %i) ({^bb0:}) : (index, index, index) -> ()',
        "enzymexla.gpu_block: region is ended by nothing, accepted is enzymexla.polygeist_yield at the end",
    ),
    broken(
        "another terminator",
        '"enzymexla.gpu_block"(%i, %i, %i) ({ "t.end"() : () -> () }) : (index, index, index) -> ()',
        "enzymexla.gpu_block: region is ended by t.end, accepted is enzymexla.polygeist_yield at the end",
    ),
    broken(
        "another terminator of the second block",
        '"tessera.define"() ({ "t.a"()[^bb1] : () -> () ^bb1: "tessera.return"() : () -> () })'
        ' {byRefTypes = [], function_type = () -> (), pure = true, sym_name = "f"} : () -> ()',
        "tessera.define: body, block 0, is ended by t.a, accepted is tessera.return at the end",
    ),
    broken(
        "something behind a terminator",
        '"enzymexla.gpu_block"(%i, %i, %i) ({ "enzymexla.polygeist_yield"() : () -> ()'
        ' "enzymexla.polygeist_yield"() : () -> () }) : (index, index, index) -> ()',
        "enzymexla.polygeist_yield: the operation is followed by others, accepted is the end of its block",
    ),
    broken(
        "another parent",
        '"t.p"() ({ "impulse.yield"() : () -> () }) : () -> ()',
        "impulse.yield: the operation is inside t.p, accepted is inside impulse.for or impulse.while or impulse.if",
    ),
    broken(
        "a parent too far away",
        '"t.p"() ({ "perfify.assumptions"() ({ "perfify.assume"(%b) : (i1) -> () }) : () -> () }) : () -> ()',
        "perfify.assumptions: body is ended by perfify.assume, accepted is perfify.conditions at the end",
        "perfify.assume: the operation is inside perfify.assumptions, accepted is inside perfify.conditions",
    ),
    broken(
        "successors",
        '"enzyme.fill_zero"(%m)[^bb1] : (memref<4xf64>) -> () ^bb1: ',
        "enzyme.fill_zero: successors is 1 block, accepted is 0 blocks",
    ),
]

TRAITS = [
    broken(
        "one type",
        '%0 = "enzymexla.special.besseli"(%t, %t) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf32>',
        "enzymexla.special.besseli: res is of type tensor<4xf32>, accepted is the type of z: tensor<4xf64>",
    ),
    broken(
        "elements of one type",
        f'%0 = "impulse.popcount"(%t) : {TENSOR}tensor<4xf32>',
        "impulse.popcount: result is of type tensor<4xf32>, accepted is the element type of operand: f64",
    ),
    broken(
        "one shape",
        f'%0 = "impulse.popcount"(%t) : {TENSOR}tensor<5xf64>',
        "impulse.popcount: result is of type tensor<5xf64>, accepted is the shape of tensor<4xf64>",
    ),
    broken(
        "one rank",
        f'%0 = "impulse.popcount"(%t) : {TENSOR}tensor<?x?xf64>',
        "impulse.popcount: result is of type tensor<?x?xf64>, accepted is the shape of tensor<4xf64>",
    ),
    broken(
        "elements and shape",
        f'%0 = "enzymexla.math.lgamma"(%t) : {TENSOR}tensor<5xf32>',
        "enzymexla.math.lgamma: result is of type tensor<5xf32>, accepted is the element type of input: f64",
        "enzymexla.math.lgamma: result is of type tensor<5xf32>, accepted is the shape of tensor<4xf64>",
    ),
    broken(
        "a scalar beside a tensor",
        f'%0 = "enzymexla.math.lgamma"(%t) : {TENSOR}f64',
        "enzymexla.math.lgamma: result is of type f64, accepted is the shape of tensor<4xf64>",
    ),
    broken(
        "the element of a container",
        f'"enzyme.store"(%f, %m) {{{VARIABLE}array<i32: 1, 1, 0, 0>}} : (f32, memref<4xf64>) -> ()',
        "enzyme.store: value is of type f32, accepted is the element type of memref: f64",
    ),
    broken(
        "the parameter of a type",
        '"enzyme.push"(%c, %f) : (!enzyme.Cache<f64>, f32) -> ()',
        "enzyme.push: value is of type f32, accepted is the type of cache: f64",
    ),
    broken(
        "a type without the parameter",
        '"enzyme.push"(%x, %x) : (f64, f64) -> ()',
        "enzyme.push: cache is of type f64, accepted is enzyme.Cache",
    ),
]

IN_SIGHT = "a symbol in sight: @square, @inner, @g"

NESTED = """
  "t.table"() ({
    "enzymexla_tt_ext.module"() ({
      "builtin.module"() ({
        "t.func"() {sym_name = "k"} : () -> ()
        "t.func"() {sym_name = "odd name"} : () -> ()
      }) {sym_name = "inner"} : () -> ()
    }) {sym_name = "m"} : () -> ()
  """
"""The beginning of an unknown operation with a table of ours in it, and one of the host's in that."""

SYMBOLS = [
    broken(
        "a misspelt one",
        '"enzymexla.xla_wrapper"() {fn = @sqare} : () -> ()',
        f"enzymexla.xla_wrapper: fn is @sqare, accepted is {IN_SIGHT}; did you mean '@square'?",
    ),
    broken(
        "one that nothing is like",
        '"enzymexla.xla_wrapper"() {fn = @zzz} : () -> ()',
        f"enzymexla.xla_wrapper: fn is @zzz, accepted is {IN_SIGHT}",
    ),
    broken(
        "one of another table",
        '"enzymexla.xla_wrapper"() {fn = @f} : () -> ()',
        f"enzymexla.xla_wrapper: fn is @f, accepted is {IN_SIGHT}",
    ),
    broken(
        "one that the table in the table has not",
        '"enzymexla.xla_wrapper"() {fn = @inner::@ff} : () -> ()',
        "enzymexla.xla_wrapper: fn is @inner::@ff, accepted is a symbol of @inner: @f; did you mean '@inner::@f'?",
    ),
    broken(
        "one whose outer name is misspelt",
        '"enzymexla.xla_wrapper"() {fn = @iner::@f} : () -> ()',
        f"enzymexla.xla_wrapper: fn is @iner::@f, accepted is {IN_SIGHT}; did you mean '@inner::@f'?",
    ),
    broken(
        "one in a symbol that is no table",
        '"enzymexla.xla_wrapper"() {fn = @square::@f} : () -> ()',
        "enzymexla.xla_wrapper: fn is @square::@f, accepted is a symbol of @square: there is none",
    ),
    broken(
        "the nearest table alone",
        '"builtin.module"() ({ "enzymexla.xla_wrapper"() {fn = @square} : () -> () }) : () -> ()',
        "enzymexla.xla_wrapper: fn is @square, accepted is a symbol in sight: there is none",
    ),
    broken(
        "a wrong last name of a path through tables that hosts do not know",
        NESTED + '"enzymexla.xla_wrapper"() {fn = @m::@inner::@kk} : () -> () }) : () -> ()',
        'enzymexla.xla_wrapper: fn is @m::@inner::@kk, accepted is a symbol of @m::@inner: @k, @"odd name"; '
        "did you mean '@m::@inner::@k'?",
    ),
    broken(
        "a wrong middle name of such a path",
        NESTED + '"enzymexla.xla_wrapper"() {fn = @m::@iner::@k} : () -> () }) : () -> ()',
        "enzymexla.xla_wrapper: fn is @m::@iner::@k, accepted is a symbol of @m: @inner; "
        "did you mean '@m::@inner::@k'?",
    ),
    broken(
        "a path through an operation of ours that is no table",
        '"distributed.GroupSplit"() ({^bb0: "t.f"() {sym_name = "f"} : () -> ()})'
        ' {device_group = @inner, sym_name = "split"} : () -> ()'
        ' "enzymexla.xla_wrapper"() {fn = @split::@f} : () -> ()',
        "distributed.GroupSplit: symbol(device_group) is builtin.module, accepted is symbol(device_group) is "
        "distributed.DeviceGroup",
        "enzymexla.xla_wrapper: fn is @split::@f, accepted is a symbol in sight: @square, @inner, @g",
    ),
    broken(
        "a name of a table around the table of ours",
        '"enzymexla_tt_ext.module"() ({^bb0: "enzymexla.xla_wrapper"() {fn = @square} : () -> ()'
        ' "t.f"() {sym_name = "f"} : () -> ()}) {sym_name = "m"} : () -> ()',
        "enzymexla.xla_wrapper: fn is @square, accepted is a symbol in sight: @f",
    ),
    broken(
        "a name that neither an unknown operation nor the table around it has",
        '"t.p"() ({ "enzymexla.xla_wrapper"() {fn = @zzz} : () -> () "t.f"() {sym_name = "f"} : () -> () }) : () -> ()',
        f"enzymexla.xla_wrapper: fn is @zzz, accepted is {IN_SIGHT}",
    ),
    broken(
        "an unknown operation",
        '"enzyme.autodif"() : () -> ()',
        "enzyme.autodif: the operation is unknown, accepted is an operation of enzyme; did you mean 'enzyme.autodiff'?",
    ),
    broken(
        "an unknown operation that nothing is like",
        '"llvm_ext.qqqqqq"() : () -> ()',
        "llvm_ext.qqqqqq: the operation is unknown, accepted is an operation of llvm_ext",
    ),
]

SOUND = [
    ("no operations", ""),
    ("a dialect that is not ours", '%0 = "other.thing"(%x) : (f64) -> i3'),
    ("an extent that is not known", f'%0 = "impulse.popcount"(%t) : {TENSOR}tensor<?xf64>'),
    ("a rank that is not known", f'%0 = "enzymexla.math.lgamma"(%t) : {TENSOR}tensor<*xf64>'),
    ("scalars", '%0 = "enzymexla.math.lgamma"(%x) : (f64) -> f64'),
    ("a nested symbol", '"enzymexla.xla_wrapper"() {fn = @inner::@f} : () -> ()'),
    ("a symbol of the table around", '"t.p"() ({ "enzymexla.xla_wrapper"() {fn = @g} : () -> () }) : () -> ()'),
    *(
        (f"a path through tables that hosts do not know: {name}", f"{NESTED} {wrapper(name)} }}) : () -> ()")
        for name in ("@m::@inner::@k", '@m::@inner::@"odd name"', "@m::@inner", "@m", "@square", "@inner::@f")
    ),
    (
        "a symbol of a table of ours around",
        '"enzymexla_tt_ext.module"() ({^bb0: "t.f"() {sym_name = "f"} : () -> () "t.p"() ({ '
        + wrapper("@f")
        + ' }) : () -> () }) {sym_name = "m"} : () -> ()',
    ),
    ("no optional result", '"enzymexla.memcpy"(%m, %m, %i) : (memref<4xf64>, memref<4xf64>, index) -> ()'),
    ("sizes of parts", f'%0 = "enzyme.load"(%m, %i) {{{VARIABLE}array<i32: 1, 0, 1>}} : (memref<4xf64>, index) -> f64'),
    ("no regions of a variable number", '"enzymexla.alternatives"() : () -> ()'),
    ("an attribute that nobody declared", '"enzyme.fill_zero"(%m) {mine = 3 : i7} : (memref<4xf64>) -> ()'),
]

BROKEN = [*COUNTS, *TYPES, *ATTRIBUTES, *BLOCKS, *TRAITS, *SYMBOLS]
