"""Samples of what only C++ knows: what the name of a constraint makes likely."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.model.dialect import Dialect
from opspec.samples.definitions import sample_text
from opspec.samples.likely import likely_attribute, likely_types
from opspec.samples.resolve import resolve_sample
from opspec.spec.load import load_dialect

FACTS = """\
schema: opspec/dialect/1
dialect: net
enums:
  Life:
    storage: i32
    cases:
      Unknown: {value: 0, text: '*'}
      Staging: {value: 1, text: staging}
attributes:
  layout: {class: LayoutAttr}
  box: {class: BoxAttr, parameters: {value: int32}, format: custom}
types:
  tensor: {class: PlainTensorType}
  any_op: {class: AnyOpType}
  list: {class: ListType, parameters: {element: type}, format: custom}
  resource: {class: ResourceType, parameters: {life: enum Life}, format: custom}
  array: {class: ArrayType, parameters: {shape: list<int64>, element: type}, format: custom}
  hidden: {class: HiddenType, parameters: {impl: opaque(Impl), type: type}, format: custom}
  short: {class: ShortType, parameters: {type: optional type}, format: custom}
operations:
  alloc:
    class: AllocOp
    arguments: {dynamicSizes: variadic index, symbols: variadic index}
    traits: [AttrSizedOperandSegments]
    results: {memory: memref<any>}
  slice:
    class: SliceOp
    arguments: {offsets: variadic index, sizes: variadic index, static_offsets: attr dense_array<i64>}
    traits: [AttrSizedOperandSegments]
  fill:
    class: FillOp
    arguments: {source_dims: variadic index, sizes: variadic index, values: variadic any}
    traits: [AttrSizedOperandSegments]
  turn:
    class: TurnOp
    arguments:
      x: any
      dimension: attr i64 where non_negative
      permutation: attr dense_array<i64>
      split_axes: attr array<i64>
      dim_size: attr i64
      window_dimensions: attr dense_array<i64>
      axis: attr i64 where positive
      axis_name: attr string
      count: attr i64
  call_all:
    class: CallAllOp
    arguments: {callees: attr array<symbol_ref>}
  and:
    class: AndOp
    interfaces: [InferTypeOpInterface]
    arguments: {lhs: tensor<i1 | i32>, rhs: tensor<i1 | i32>}
    results: {result: tensor<f64 | i32 | i1>}
  less:
    class: LessOp
    interfaces: [InferTypeOpInterface]
    arguments: {lhs: tensor<f32 | i32>, rhs: tensor<f32 | i32>}
    results: {result: tensor<i1>}
  br:
    class: BrOp
    arguments: {values: variadic any}
    successors: {next: any}
    traits: [Terminator]
  func:
    class: FuncOp
    arguments: {sym_name: attr symbol_name, function_type: attr type<function>}
    interfaces: [FunctionOpInterface]
    traits: [SingleBlockImplicitTerminator(net.return)]
    regions: {body: any}
  loop:
    class: LoopOp
    traits: [SingleBlockImplicitTerminator(net.yield)]
    regions: {body: blocks 1}
  return:
    class: ReturnOp
    arguments: {values: variadic any}
    traits: [Terminator]
  yield:
    class: YieldOp
    arguments: {values: variadic any}
    traits: [Terminator]
"""


@pytest.fixture(scope="module")
def dialect(tmp_path_factory: pytest.TempPathFactory) -> Dialect:
    path = tmp_path_factory.mktemp("net") / "dialect.yaml"
    path.write_text(FACTS, encoding="utf-8")
    diagnostics = Diagnostics()
    loaded = load_dialect(path, diagnostics)
    assert loaded is not None and not diagnostics.found, [found.message for found in diagnostics.found]
    return loaded


TYPES = {
    "AnyNetTensorType": "!net.tensor",
    "Net_StagingResource": "!net.resource<staging>",
    "Net_SomeResource": "!net.resource<*>",
    "NetListOfThings": "!net.list<f64>",
    "HandleTypeInterface": "!net.any_op",
    "Other_AnyVector": "vector<4xf32>",
    "OneDimI1Vector": "vector<4xi1>",
    "Mine_Int32Vector": "vector<4xf32>",
    "IntegerVector": "vector<4xi32>",
    "LLVM_PointerShared": "!llvm.ptr<3>",
    "PointerGeneric": "!llvm.ptr",
    "LLVM_TokenType": "!llvm.token",
    "Home_BufferView": "!home.buffer_view",
    "Home_Device": "!home.device",
}


@pytest.mark.parametrize("name", TYPES)
def test_types(dialect: Dialect, name: str) -> None:
    assert next(likely_types(name, dialect)) == TYPES[name]


@pytest.mark.parametrize("name", ["X", "Impl", "isGood", "LLVM_Secret", "Home_AnyThing", "Home_RefOf"])
def test_names_that_tell_nothing(dialect: Dialect, name: str) -> None:
    """Types of MLIR's own dialects are not made up: the host knows which there are."""
    assert list(likely_types(name, dialect)) == []


ATTRIBUTES = {
    "TypedAttrInterface": "1.000000e+00 : f64",
    "My_FuncRefAttr": "@name",
    "RankedI64ElementsAttr": "dense<1> : tensor<4xi64>",
    "I32ElementsAttr": "dense<1> : tensor<4xi32>",
    "IndexElementsAttr": "dense<1> : tensor<4xindex>",
    "DistributeLayoutAttr": "#net.layout",
    "AnyBoxAttr": "#net.box<1>",
    "AnyI8Attr": "1 : i8",
    "My_OrdinalAttr": "1 : index",
    "Secret": None,
    "SecretAttr": None,
}


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_attributes(dialect: Dialect, name: str) -> None:
    assert likely_attribute(name, dialect) == ATTRIBUTES[name]


DEFINITIONS = {
    "list": "!net.list<f64>",
    "resource": "!net.resource<*>",
    "array": "!net.array<4xf64>",
    "hidden": "!net.hidden",
    "short": "!net.short",
}


@pytest.mark.parametrize("mnemonic", DEFINITIONS)
def test_what_cpp_prints_has_the_required_parameters_in_brackets(dialect: Dialect, mnemonic: str) -> None:
    definition = dialect.type("net", mnemonic)
    assert definition is not None
    assert sample_text(definition, dialect) == DEFINITIONS[mnemonic]


SIZES = {"alloc": [0, 1], "slice": [0, 1], "fill": [0, 1, 1], "br": [0]}


@pytest.mark.parametrize("mnemonic", SIZES)
def test_lists_are_empty_where_nothing_takes_their_values(dialect: Dialect, mnemonic: str) -> None:
    """No open extents, no sizes for them; no arguments of the block behind, no values for it."""
    call = resolve_sample(dialect, dialect.operation(mnemonic)).call
    assert [len(part) for part in call.operands] == SIZES[mnemonic]


OWN = """\
schema: opspec/dialect/1
dialect: own
types:
  bool: {class: BoolType}
  int: {class: IntType}
  str: {class: StringType}
  list: {class: ListType, parameters: {contained: type}, format: custom}
  ref: {class: RefType, parameters: {objectType: type}, format: custom}
"""


def test_dialects_with_numbers_of_their_own_hold_their_own(tmp_path: Path) -> None:
    path = tmp_path / "dialect.yaml"
    path.write_text(OWN, encoding="utf-8")
    loaded = load_dialect(path, Diagnostics())
    assert loaded is not None
    names = ("AnyOwnListOfOwnStringType", "AnyOwnListType", "OwnRefOfThings", "OwnIntType")
    found = [next(likely_types(name, loaded)) for name in names]
    assert found == ["!own.list<str>", "!own.list<bool>", "!own.ref<!own.bool>", "!own.int"]


def test_functions_return_what_their_type_says(dialect: Dialect) -> None:
    inner = {
        name: resolve_sample(dialect, dialect.operation(name)).call.blocks[0].calls[0] for name in ("func", "loop")
    }
    assert inner["func"].operands == ((),)
    assert inner["loop"].operands == (("f64",),)


def test_attributes_that_mean_a_dimension_mean_the_first(dialect: Dialect) -> None:
    """Every shape has one; sizes are another matter, and what has to be positive stays so."""
    call = resolve_sample(dialect, dialect.operation("turn")).call
    places = {"dimension": 0, "permutation": (0,), "split_axes": (0,)}
    others = {"dim_size": 1, "window_dimensions": (1,), "axis": 1, "axis_name": "name", "count": 1}
    assert dict(call.attributes) == places | others


def test_a_result_that_is_inferred_is_like_operands_that_are_alike(dialect: Dialect) -> None:
    """Where that can be; else it has a type of its own."""
    alike, own = (resolve_sample(dialect, dialect.operation(name)).call for name in ("and", "less"))
    assert (alike.types[:1], alike.types[1:]) == (alike.results[0], alike.results[0])
    assert own.results == (("tensor<4xi1>",),)


def test_symbols_in_lists_are_defined(dialect: Dialect) -> None:
    assert resolve_sample(dialect, dialect.operation("call_all")).setup == "func.func private @name()"
