"""IR that breaks rules about numbers, types and attributes, with everything that `verify` has to find in it."""

from __future__ import annotations

from typing import NamedTuple

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
