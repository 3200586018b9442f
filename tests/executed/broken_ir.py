"""IR that breaks rules, with everything that `verify` has to find in it; and IR that breaks none."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["BROKEN", "MODULE", "SOUND", "Broken"]

ARGUMENTS = (
    *("%x: f64", "%f: f32", "%i: index", "%b: i1", "%m: memref<4xf64>", "%t: tensor<4xf64>", "%u: tensor<*xf64>"),
    *("%s: tensor<f64>", "%n: tensor<i64>", "%w: tensor<4xi64>", "%c: !enzyme.Cache<f64>"),
)
MODULE = f"""
module {{
  func.func private @square(f64) -> f64
  module @inner {{
    func.func private @f()
  }}
  func.func @g({", ".join(ARGUMENTS)}) {{
    BODY
    func.return
  }}
}}
"""
ACTIVITY = "#enzyme.activity<enzyme_active>"
ACTIVITIES = f"activity = [{ACTIVITY}], ret_activity = [#enzyme.activity<enzyme_activenoneed>]"
CASES = (
    "one of enzyme_active, enzyme_dup, enzyme_const, enzyme_dupnoneed, enzyme_activenoneed, enzyme_constnoneed; "
    "did you mean 'enzyme_active'?"
)
TENSOR, VARIABLE = "(tensor<4xf64>) -> ", "static_sizes = array<i64>, operandSegmentSizes = "
UPDATE = "(f64, memref<4xf64>, index) -> f64"
CALL = f"{', '.join(['tensor<i64>'] * 5)}) -> ()"


def wrapper(symbol: str) -> str:
    """An operation that refers to a symbol."""
    return f'"enzymexla.xla_wrapper"() {{fn = {symbol}}} : () -> ()'


class Broken(NamedTuple):
    """IR that breaks rules, and everything that is found in it."""

    what: str
    text: str
    findings: tuple[str, ...]


def broken(what: str, text: str, *findings: str) -> Broken:
    """The findings are given without the location in front."""
    return Broken(what, text, findings)


COUNTS = [
    broken(
        "an operand too few",
        '"enzyme.push"(%c) : (!enzyme.Cache<f64>) -> ()',
        "enzyme.push: operands is 1 value, accepted is 2 (cache, value)",
    ),
    broken(
        "an operand too many",
        '"enzyme.push"(%c, %x, %x) : (!enzyme.Cache<f64>, f64, f64) -> ()',
        "enzyme.push: operands is 3 values, accepted is 2 (cache, value)",
    ),
    broken(
        "operands where there are none",
        '%0 = "enzymexla.get_stream"(%x) : (f64) -> f64',
        "enzymexla.get_stream: operands is 1 value, accepted is none",
    ),
    broken(
        "too few beside a list",
        '"enzymexla.memcpy"(%m, %m) : (memref<4xf64>, memref<4xf64>) -> ()',
        "enzymexla.memcpy: operands is 2 values, accepted is 3 or more (asyncDependencies, target, source, size)",
    ),
    broken(
        "no result",
        '"enzyme.pop"(%c) : (!enzyme.Cache<f64>) -> ()',
        "enzyme.pop: results is 0 values, accepted is 1 (output)",
    ),
    broken(
        "an optional result twice",
        '%0:2 = "enzymexla.memcpy"(%m, %m, %i) : (memref<4xf64>, memref<4xf64>, index)'
        " -> (!gpu.async.token, !gpu.async.token)",
        "enzymexla.memcpy: results is 2 values, accepted is 0 to 1 (asyncToken)",
    ),
    broken(
        "sizes that are missing",
        '%0 = "enzyme.load"(%m) {static_sizes = array<i64>} : (memref<4xf64>) -> f64',
        "enzyme.load: operandSegmentSizes is missing, accepted is the sizes of memref, indices, sizes, 1 in all",
    ),
    broken(
        "sizes of another kind",
        f'%0 = "enzyme.load"(%m) {{{VARIABLE}3 : i32}} : (memref<4xf64>) -> f64',
        "enzyme.load: operandSegmentSizes is 3 : i32, accepted is an array<i32: ...> with the sizes of memref, "
        "indices, sizes, 1 in all",
    ),
    broken(
        "too few sizes",
        f'%0 = "enzyme.load"(%m) {{{VARIABLE}array<i32: 1>}} : (memref<4xf64>) -> f64',
        "enzyme.load: operandSegmentSizes is [1], accepted is the sizes of memref, indices, sizes, 1 in all",
    ),
    broken(
        "sizes of other operands",
        f'%0 = "enzyme.load"(%m) {{{VARIABLE}array<i32: 1, 1, 1>}} : (memref<4xf64>) -> f64',
        "enzyme.load: operandSegmentSizes is [1, 1, 1], accepted is the sizes of memref, indices, sizes, 1 in all",
    ),
    broken(
        "a negative size",
        f'%0 = "enzyme.load"(%m, %i) {{{VARIABLE}array<i32: 1, 2, -1>}} : (memref<4xf64>, index) -> f64',
        "enzyme.load: operandSegmentSizes is [1, 2, -1], accepted is the sizes of memref, indices, sizes, 2 in all",
    ),
    broken(
        "a single operand twice",
        f'%0 = "enzyme.load"(%m, %i) {{{VARIABLE}array<i32: 2, 0, 0>}} : (memref<4xf64>, index) -> f64',
        "enzyme.load: memref is 2 values, accepted is one value",
    ),
    broken(
        "an optional operand twice",
        '%0:8 = "impulse.infer"(%t, %t) {all_addresses = [], selection = [],'
        " operandSegmentSizes = array<i32: 0, 2, 0, 0, 0, 0, 0>} : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>,"
        " tensor<4xf64>, f64, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>)",
        "impulse.infer: original_trace is 2 values, accepted is one value or none",
    ),
]

TYPES = [
    broken(
        "an operand of another type",
        '"enzyme.fill_zero"(%x) : (f64) -> ()',
        "enzyme.fill_zero: memref is of type f64, accepted is memref<any>",
    ),
    broken(
        "one of a list",
        f'%0 = "enzyme.load"(%m, %i, %x) {{{VARIABLE}array<i32: 1, 2, 0>}} : (memref<4xf64>, index, f64) -> f64',
        "enzyme.load: indices[1] is of type f64, accepted is index",
    ),
    broken(
        "a result of another type",
        '%0 = "enzyme.broadcast"(%x) {shape = array<i64: 4>} : (f64) -> f64',
        "enzyme.broadcast: output is of type f64, accepted is ranked_tensor<any>",
    ),
    broken(
        "a rank",
        f'"enzymexla_tt_ext.call"(%w, %n, %n, %n, %n, %n) {{fn = @square}} : (tensor<4xi64>, {CALL}',
        "enzymexla_tt_ext.call: gridx is of type tensor<4xi64>, accepted is tensor<i64, rank 0>",
        "enzymexla_tt_ext.call: symbol(fn) is func.func, accepted is symbol(fn) is tt.func | llvm.func",
    ),
    broken(
        "an element",
        f'"enzymexla_tt_ext.call"(%s, %n, %n, %n, %n, %n) {{fn = @square}} : (tensor<f64>, {CALL}',
        "enzymexla_tt_ext.call: gridx is of type tensor<f64>, accepted is tensor<i64, rank 0>",
        "enzymexla_tt_ext.call: symbol(fn) is func.func, accepted is symbol(fn) is tt.func | llvm.func",
    ),
    broken(
        "no rank",
        '%0 = "impulse.popcount"(%u) : (tensor<*xf64>) -> tensor<*xf64>',
        "impulse.popcount: operand is of type tensor<*xf64>, accepted is ranked_tensor<any>",
        "impulse.popcount: result is of type tensor<*xf64>, accepted is ranked_tensor<any>",
    ),
    broken(
        "a type of a definition",
        '"comm.mpi.barrier"(%x) : (f64) -> ()',
        "comm.mpi.barrier: comm is of type f64, accepted is comm.mpi.comm",
    ),
    broken(
        "one of several families",
        '%0 = "enzymexla.math.lgamma"(%i) : (index) -> index',
        "enzymexla.math.lgamma: input is of type index, accepted is like<float>",
        "enzymexla.math.lgamma: result is of type index, accepted is like<float>",
    ),
]

ATTRIBUTES = [
    broken(
        "a missing one",
        f'%0 = "enzyme.autodiff"(%x, %x) {{{ACTIVITIES}}} : (f64, f64) -> f64',
        "enzyme.autodiff: fn is missing, accepted is an attribute of that name",
    ),
    broken(
        "a text for a number",
        f'%0 = "enzyme.extract"(%t) {{index = "0"}} : {TENSOR}tensor<f64>',
        'enzyme.extract: index is StringAttr("0") (StringAttr), accepted is an int or an attribute of type i64',
    ),
    broken(
        "a number of another width",
        f'%0 = "enzyme.extract"(%t) {{index = 0 : i32}} : {TENSOR}tensor<f64>',
        "enzyme.extract: index is IntegerAttr(0 : i32) (IntegerAttr), accepted is an int or an attribute of type i64",
    ),
    broken(
        "a number for a truth value",
        f'%0 = "impulse.cholesky"(%t) {{lower = 1 : i64}} : {TENSOR}tensor<4xf64>',
        "impulse.cholesky: lower is IntegerAttr(1 : i64) (IntegerAttr), accepted is a bool",
    ),
    broken(
        "a number for a text",
        '%0 = "enzyme.dump"(%x) {label = 3 : i64} : (f64) -> f64',
        "enzyme.dump: label is IntegerAttr(3 : i64) (IntegerAttr), accepted is a str",
    ),
    broken(
        "an array for a dense one",
        '%0 = "enzyme.broadcast"(%x) {shape = [4]} : (f64) -> tensor<4xf64>',
        "enzyme.broadcast: shape is ArrayAttr([4]) (ArrayAttr), accepted is a sequence of ints",
    ),
    broken(
        "a text for a symbol",
        '"impulse.untracedCall"() {fn = "square"} : () -> ()',
        'impulse.untracedCall: fn is StringAttr("square") (StringAttr), accepted is @square',
    ),
    broken(
        "a type of another family",
        '"tessera.define"() ({}) {byRefTypes = [], function_type = f64, pure = true, sym_name = "f"} : () -> ()',
        "tessera.define: function_type is F64Type(f64) (F64Type), accepted is a Type: function",
    ),
    broken(
        "no name",
        '"distributed.LeafDevice"() {sym_name = ""} : () -> ()',
        'distributed.LeafDevice: sym_name is StringAttr("") (StringAttr), accepted is a name that is not empty',
    ),
    broken(
        "an element of an array",
        f'%0 = "enzyme.autodiff"(%x, %x) {{fn = @square, {ACTIVITIES.replace(ACTIVITY, "unit")}}} : (f64, f64) -> f64',
        "enzyme.autodiff: activity[0] is UnitAttr(unit) (UnitAttr), accepted is an attribute #enzyme.activity...",
    ),
    broken(
        "an element of an array in an array",
        '%0:2 = "impulse.simulate"() {fn = @square, selection = [[], [3]]} : () -> (tensor<4xf64>, tensor<4xf64>)',
        "impulse.simulate: selection[1][0] is IntegerAttr(3 : i64) (IntegerAttr), accepted is an attribute "
        "#impulse.symbol...",
    ),
    broken(
        "a number that is not positive",
        f'%0 = "enzyme.atomic_rmw"(%x, %m, %i) {{kind = 0 : i64, ordering = 2 : i32, alignment = 0 : i64}} : {UPDATE}',
        "enzyme.atomic_rmw: alignment is IntegerAttr(0 : i64) (IntegerAttr), accepted is an int that is positive",
    ),
    broken(
        "a number that is no power of two",
        f'%0 = "enzyme.atomic_rmw"(%x, %m, %i) {{kind = 0 : i64, ordering = 2 : i32, alignment = 6 : i64}} : {UPDATE}',
        "enzyme.atomic_rmw: alignment is IntegerAttr(6 : i64) (IntegerAttr), accepted is an int that is a power of two",
    ),
    broken(
        "a number that is no case",
        f'%0 = "enzyme.atomic_rmw"(%x, %m, %i) {{kind = 0 : i64, ordering = 3 : i32}} : {UPDATE}',
        "enzyme.atomic_rmw: ordering is 3 (int), accepted is one of 0, 1, 2, 4, 5, 6, 7",
    ),
    broken(
        "a text that is no case",
        f'%0 = "enzyme.autodiff"(%x, %x) {{fn = @square, {ACTIVITIES.replace("active>", "actve>", 1)}}}'
        " : (f64, f64) -> f64",
        f"enzyme.autodiff: activity[0] is 'enzyme_actve' (str), accepted is {CASES}",
    ),
    broken(
        "an attribute of another definition",
        f'%0 = "enzymexla.math.gelu"(%t) {{gelu_approximation = #enzymexla.side<left>}} : {TENSOR}tensor<4xf64>',
        "enzymexla.math.gelu: gelu_approximation is OpaqueAttr(#enzymexla.side<left>) (OpaqueAttr), accepted is an "
        "attribute #enzymexla.gelu_approximation...",
    ),
    broken(
        "several at once",
        f'%0 = "enzyme.atomic_rmw"(%x, %m, %i) {{kind = 99 : i64, alignment = 6 : i64}} : {UPDATE}',
        "enzyme.atomic_rmw: kind is 99 (int), accepted is one of " + ", ".join(map(str, range(16))),
        "enzyme.atomic_rmw: ordering is missing, accepted is an attribute of that name",
        "enzyme.atomic_rmw: alignment is IntegerAttr(6 : i64) (IntegerAttr), accepted is an int that is a power of two",
    ),
]

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
