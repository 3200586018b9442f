"""What samples are made of: a value for every attribute constraint, types that keep the traits, blocks where wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.model.dialect import Dialect
from opspec.notation import parse_attribute, parse_type
from opspec.samples.ir import print_sample
from opspec.samples.resolve import resolve_sample
from opspec.samples.types import freedom
from opspec.samples.values import sample_value
from opspec.spec.load import load_dialect

SPEC = """\
schema: opspec/dialect/1
dialect: d
enums:
  Mode: {storage: i32, cases: {slow: {value: 0, text: SLOW}, fast: 1}}
attributes:
  mode: {class: ModeAttr, parameters: {value: enum Mode}, format: '`<` $value `>`'}
  text: {class: TextAttr, parameters: {value: string}, format: '`<` $value `>`'}
  flag: {class: FlagAttr, parameters: {value: bool}, format: '`<` $value `>`'}
  held: {class: HeldAttr, parameters: {value: type}, format: '`<` $value `>`'}
  count: {class: CountAttr, parameters: {value: uint32}, format: '`<` $value `>`'}
  many: {class: ManyAttr, parameters: {values: list<int64>}, format: '`<` $values `>`'}
  pair: {class: PairAttr, parameters: {one: int32, mode: attr d.mode, other: optional type}, format: '`<` params `>`'}
  kinds:
    class: KindsAttr
    parameters:
      {a: bool, b: float, c: string, d: attribute, e: attr i64, f: attr bool, g: attr string, h: attr symbol_ref,
       i: attr dense_array<i1>, j: attr dense_array<f32>, k: attr dense_array<i8>, l: list<type>, m: attr other.mark}
    format: '`<` struct(params) `>`'
  secret: {class: SecretAttr, parameters: {value: int32}, format: custom}
  bare: {class: BareAttr}
types:
  Cell: {class: CellType, parameters: {type: type}, format: '`<` $type `>`'}
  Hidden: {class: HiddenType, parameters: {type: type}, format: custom}
  Plain: {class: PlainType}
constraints:
  Held: tensor<d.Cell> | index
operations:
"""

VALUES = {
    "bool": True,
    "i64": 1,
    "si8": 1,
    "integer": 1,
    "index": 1,
    "float": 1.0,
    "bf16": 1.0,
    "string": "name",
    "symbol_name": "symbol",
    "symbol_ref": "name",
    "flat_symbol_ref": "name",
    "type": "f64",
    "unit": 1,
    "array": (),
    "dictionary": (),
    "affine_map": "affine_map<(d0) -> (d0)>",
    "integer_set": "affine_set<(d0) : (d0 >= 0)>",
    "elements": "dense<1.000000e+00> : tensor<4xf64>",
    "location": "loc(unknown)",
    "any": 1,
    "array<string>": ("name",),
    "array<array<bool>>": ((True,),),
    "dense_array<i1>": (True,),
    "dense_array<i8>": (1,),
    "dense_array<f32>": (1.0,),
    "dense_array<f64>": (1.0,),
    "type<float | index>": "f64",
    "type<Held>": "tensor<4x!d.Cell<f64>>",
    "enum Mode": "SLOW",
    "enum Mode where opaque": "SLOW",
    "d.mode": "SLOW",
    "d.text": "name",
    "d.flag": True,
    "d.held": "f64",
    "d.count": 1,
    "d.many": "#d.many<1>",
    "d.pair": "#d.pair<1, <SLOW>>",
    "d.kinds": '#d.kinds<a = true, b = 1.000000e+00, c = "name", d = unit, e = unit, f = true, g = "name", h = @name, '
    "i = [true], j = [1.000000e+00], k = [1], l = f64, m = #other.mark>",
    "d.secret": "#d.secret<1>",
    "d.bare": "#d.bare",
    "other.thing": "#other.thing",
    "opaque(A)": "unit",
    "interface(A)": "unit",
    "string | i64": "name",
}


def load(folder: Path, operations: str) -> Dialect:
    path = folder / "dialect.yaml"
    path.write_text(SPEC + operations, encoding="utf-8")
    diagnostics = Diagnostics()
    dialect = load_dialect(path, diagnostics)
    assert [found.message for found in diagnostics.found] == []
    assert dialect is not None
    return dialect


@pytest.mark.parametrize("text", VALUES)
def test_a_value_for_every_constraint(text: str, tmp_path: Path) -> None:
    found = sample_value(load(tmp_path, "  none: {class: NoneOp}\n"), parse_attribute(text))
    assert (found, type(found)) == (VALUES[text], type(VALUES[text]))


# Arguments, results and traits of an operation, and the types that its sample has: of operands, then of results.
TYPES = [
    ("{a: any}", "{r: any}", "", "f64 -> f64"),
    ("{a: tensor<i8>}", "{r: any}", "'AllTypesMatch(a, r)'", "tensor<4xi8> -> tensor<4xi8>"),
    ("{a: any, b: d.Plain}", "{}", "'AllTypesMatch(a, b)'", "!d.Plain, !d.Plain ->"),
    ("{a: any, b: Held}", "{}", "'AllTypesMatch(a, b)'", "tensor<4x!d.Cell<f64>>, tensor<4x!d.Cell<f64>> ->"),
    ("{a: float | i8, b: i8}", "{}", "'AllTypesMatch(a, b)'", "i8, i8 ->"),
    ("{a: memref<f32>}", "{r: any}", "'TypesMatchWith(r = element_type(a))'", "memref<4xf32> -> f32"),
    ("{a: any}", "{r: i8}", "'TypesMatchWith(r = element_type(a))'", "tensor<4xi8> -> i8"),
    ("{a: memref<any>}", "{r: i8}", "'TypesMatchWith(r = element_type(a))'", "memref<4xi8> -> i8"),
    ("{a: d.Cell}", "{r: any}", "'TypesMatchWith(r = parameter(a, d.Cell.type))'", "!d.Cell<f64> -> f64"),
    ("{a: d.Cell}", "{r: i8}", "'TypesMatchWith(r = parameter(a, d.Cell.type))'", "!d.Cell<i8> -> i8"),
    ("{a: any}", "{r: i8}", "'TypesMatchWith(r = parameter(a, d.Cell.type))'", "!d.Cell<i8> -> i8"),
    ("{a: d.Hidden}", "{r: i8}", "'TypesMatchWith(r = parameter(a, d.Hidden.type))'", "!d.Hidden<f64> -> i8"),
    ("{a: other.T}", "{r: i8}", "'TypesMatchWith(r = parameter(a, other.T.type))'", "!other.T -> i8"),
    ("{a: tensor<f32>}", "{r: any}", "'TypesMatchWith(r = same(a))'", "tensor<4xf32> -> tensor<4xf32>"),
    ("{a: any}", "{r: tensor<f32>}", "'TypesMatchWith(r = same(a))'", "tensor<4xf32> -> tensor<4xf32>"),
    ("{a: tensor<f32>}", "{r: any}", "SameOperandsAndResultType", "tensor<4xf32> -> tensor<4xf32>"),
    ("{a: tensor<f32>, b: like<i8>}", "{}", "SameOperandsShape", "tensor<4xf32>, tensor<4xi8> ->"),
    ("{a: f32, b: like<i8>}", "{}", "SameOperandsShape", "f32, i8 ->"),
    ("{a: f32, b: tensor<i8> | i8}", "{}", "SameOperandsShape", "f32, i8 ->"),
    ("{a: tensor<f32>, b: memref<any>}", "{}", "SameOperandsElementType", "tensor<4xf32>, memref<4xf32> ->"),
    ("{a: tensor<f32>, b: memref<float>}", "{}", "SameOperandsElementType", "tensor<4xf32>, memref<4xf32> ->"),
    ("{a: tensor<f32>, b: 'tensor<i8, rank 2>'}", "{}", "SameOperandsShape", "tensor<4x4xf32>, tensor<4x4xi8> ->"),
    ("{a: 'tensor<f32, rank 0>', b: like<i8>}", "{}", "", "tensor<f32>, i8 ->"),
    ("{a: unranked_tensor<f32>, b: scalable_vector<i8>}", "{}", "", "tensor<*xf32>, vector<[4]xi8> ->"),
    ("{a: variadic any, b: optional any}", "{r: variadic any}", "AttrSizedOperandSegments", "f64 -> f64"),
    ("{a: variadic any, b: variadic any}", "{}", "", "f64, f64 ->"),
    ("{a: optional any}", "{r: optional any}", "", "->"),
    ("{a: variadic any, b: any}", "{}", "", "f64, f64 ->"),
]


@pytest.mark.parametrize(("arguments", "results", "traits", "expected"), TYPES)
def test_types_keep_constraints_and_traits(
    arguments: str, results: str, traits: str, expected: str, tmp_path: Path
) -> None:
    text = f"  run:\n    class: RunOp\n    traits: [{traits}]\n    arguments: {arguments}\n    results: {results}\n"
    dialect = load(tmp_path, text)
    call = resolve_sample(dialect, dialect.operation("run")).call
    operands = ", ".join(text for types in call.operands for text in types)
    found = ", ".join(text for types in call.results for text in types)
    assert f"{operands} -> {found}".strip() == expected


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("any", 2),
        ("opaque(A)", 2),
        ("interface(A)", 2),
        ("tensor<any>", 1),
        ("tensor<f32>", 0),
        ("complex<d.Cell>", 1),
        ("d.Cell", 1),
        ("d.Plain", 0),
        ("other.T", 0),
        ("f32", 0),
        ("Held", 0),
        ("any | f32", 0),
    ],
)
def test_how_much_a_constraint_leaves_to_others(text: str, degree: int, tmp_path: Path) -> None:
    assert freedom(parse_type(text), load(tmp_path, "  none: {class: NoneOp}\n")) == degree


BLOCKS = """\
  loop:
    class: LoopOp
    regions: {before: 'blocks 1', after: any, rest: 'min_blocks 2', more: 'max_blocks 1', last: variadic any}
  part:
    class: PartOp
    traits: [NoTerminator, NoRegionArguments, 'HasParent(d.loop)']
    regions: {body: 'blocks 1'}
  step:
    class: StepOp
    traits: ['HasParent(d.part)']
  stop:
    class: StopOp
    traits: [Terminator, 'HasParent(d.loop)']
    arguments: {values: variadic any}
"""
STOP = """\
    ^bb0(%arg0: f64):
      "d.stop"(%arg0) : (f64) -> ()
    }"""
PART = """\
    ^bb0(%arg0: f64):
      "d.part"() ({
        "d.step"() : () -> ()
      }) : () -> ()
      "d.stop"(%arg0) : (f64) -> ()
    }"""


@pytest.mark.parametrize(("mnemonic", "first"), [("loop", STOP), ("stop", STOP), ("step", PART)])
def test_operations_stand_in_the_first_region_that_takes_them(mnemonic: str, first: str, tmp_path: Path) -> None:
    """A region that must have two blocks stays empty, as does one that there may be none of."""
    dialect = load(tmp_path, BLOCKS)
    assert (
        print_sample(dialect, resolve_sample(dialect, dialect.operation(mnemonic)))
        == f"""\
module {{
  func.func @sample() {{
    "d.loop"() ({{
{first}, {{
{STOP}, {{
    }}, {{
{STOP}) : () -> ()
    return
  }}
}}
"""
    )
