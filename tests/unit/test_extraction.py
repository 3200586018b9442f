"""What is read from the records of operations and definitions: each field on its own, with the one right fact."""

from __future__ import annotations

from typing import Any

import pytest

from opspec.diagnostics import ToolError
from opspec.model.dialect import Dialect, Enum, Operation
from opspec.notation import print_parameter, print_region, print_successor, print_trait, print_value
from opspec.tablegen.attributes import AttributeReader
from opspec.tablegen.definitions import Definitions
from opspec.tablegen.extract import extract
from opspec.tablegen.operations import operation_class
from opspec.tablegen.parameters import read_parameter
from opspec.tablegen.types import TypeReader
from tests.unit.dumps import Dump


class Mine(Dump):
    """A dump with the dialect `mine`, and a type that is built without being told what."""

    def __init__(self) -> None:
        super().__init__()
        self.dialect = self.add("Dialect", "Mine_Dialect", name="mine", cppNamespace="::mlir::mine")
        self.i64 = self.type("$_self.isSignlessInteger(64)", builderCall="$_builder.getI64Type()")
        self.any = self.type("true")

    def type(self, condition: str, **fields: Any) -> dict[str, str]:
        """A type constraint."""
        return self.add("Constraint TypeConstraint", predicate=self.condition(condition), **fields)

    def operation(self, name: str = "Mine_DigOp", **fields: Any) -> None:
        """An operation; its record is named after its class."""
        given = {"arguments": self.dag(), "results": self.dag(), "regions": self.dag(), "successors": self.dag()}
        self.add("Op", name, **{"opDialect": self.dialect, "opName": "dig", **given, "traits": [], **fields})

    def facts(self) -> Dialect:
        """The dialect."""
        return extract(self.records, "mine")

    def only(self, **fields: Any) -> Operation:
        """The only operation, with these fields."""
        self.operation(**fields)
        (found,) = self.facts().operations
        return found

    def trait(self, classes: str, record: str = "", /, **fields: Any) -> str:
        """A trait of an operation with the operand `x` and the result `y`, in the notation."""
        parts = {"arguments": self.dag((self.any, "x")), "results": self.dag((self.any, "y"))}
        (found,) = self.only(traits=[self.add(classes, record, **fields)], **parts).traits
        return print_trait(found)


def test_an_unknown_dialect_is_refused_with_those_there_are() -> None:
    dump = Mine()
    dump.add("Dialect", "Far_Dialect", name="far", cppNamespace="far")
    with pytest.raises(ToolError) as caught:
        extract(dump.records, "near")
    assert str(caught.value) == "the records define no dialect 'near' (they define: far, mine)"


def test_without_a_dialect_there_is_none_to_name() -> None:
    with pytest.raises(ToolError) as caught:
        extract(Dump().records, "near")
    assert str(caught.value) == "the records define no dialect 'near' (they define: none)"


def test_a_definition_of_its_own_that_is_used_is_listed_once() -> None:
    dump = Mine()
    names = {"mnemonic": "hot", "cppClassName": "HotAttr"}
    hot = dump.add("AttrConstraint AttrDef", "Hot", dialect=dump.dialect, parameters=dump.dag(), **names)
    dump.operation(arguments=dump.dag((hot, "heat")))
    assert [each.mnemonic for each in dump.facts().attributes] == ["hot"]


def test_operations_are_sorted_and_those_of_others_left_out() -> None:
    dump = Mine()
    for name in ("zip", "add"):
        dump.operation(f"Mine_{name}", opName=name)
    other = dump.add("Dialect", "Far_Dialect", name="far", cppNamespace="far")
    dump.operation("Far_Op", opName="far", opDialect=other)
    assert [operation.mnemonic for operation in dump.facts().operations] == ["add", "zip"]


@pytest.mark.parametrize(
    ("record", "name"), [("Mine_DigOp", "DigOp"), ("DigOp", "DigOp"), ("_Dig", "_Dig"), ("A_B_C", "B_C")]
)
def test_the_class_of_a_record(record: str, name: str) -> None:
    assert operation_class(record) == name


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"assemblyFormat": "$x\n   attr-dict"}, "$x attr-dict"),
        ({"assemblyFormat": ""}, None),
        ({}, None),
        ({"assemblyFormat": "$x", "hasCustomAssemblyFormat": 1}, "custom"),
        ({"hasCustomAssemblyFormat": 0}, None),
    ],
)
def test_the_format_of_an_operation(fields: dict[str, Any], expected: str | None) -> None:
    assert Mine().only(**fields).format == expected


def test_operands_and_their_number() -> None:
    dump = Mine()
    read, free, odd = (
        dump.add("MemoryEffect", effect=f"::mlir::MemoryEffects::{word}") for word in ("Read", "Free", "Odd")
    )
    parts = (
        (dump.i64, "one"),
        (dump.add("TypeConstraint Variadic", baseType=dump.i64), "many"),
        (dump.add("TypeConstraint Optional", baseType=dump.i64), "perhaps"),
        (dump.add("Variadic VariadicOfVariadic", baseType=dump.i64, segmentAttrName="groups"), "nested"),
        (dump.add("Arg", constraint=dump.i64, decorators=[read, odd, free]), "used"),
        (dump.i64, None),
        ("not a record", "left_out"),
    )
    operation = dump.only(arguments=dump.dag(*parts), results=dump.dag((dump.i64, None), (dump.any, "other")))
    assert [(operand.name, print_value(operand.value)) for operand in operation.operands] == [
        ("one", "i64"),
        ("many", "variadic i64"),
        ("perhaps", "optional i64"),
        ("nested", "variadic_of_variadic(groups) i64"),
        ("used", "i64 [read, free]"),
        ("_arg5", "i64"),
    ]
    assert [(result.name, print_value(result.value)) for result in operation.results] == [
        ("_0", "i64"),
        ("other", "any"),
    ]


@pytest.mark.parametrize(
    ("classes", "condition", "expected"),
    [
        ("Region", "true", "any"),
        ("Region", "::llvm::hasNItems($_self, 2)", "blocks 2"),
        ("Region", "hasNItems($_self, 2)", "blocks 2"),
        ("Region", "::llvm::hasNItemsOrMore($_self, 2)", "min_blocks 2"),
        ("Region", "::llvm::hasNItemsOrLess($_self, 2)", "max_blocks 2"),
        ("Region VariadicRegion", "::llvm::hasNItems($_self, 1)", "variadic blocks 1"),
        ("Region", "::llvm::hasNItems($_self, 2) && more", "any"),
    ],
)
def test_a_region(classes: str, condition: str, expected: str) -> None:
    dump = Mine()
    regions = dump.dag((dump.add(classes, predicate=dump.condition(condition)), None), (dump.add("Region"), "body"))
    first, second = dump.only(regions=regions).regions
    assert (first.name, print_region(first.constraint)) == ("_region0", expected)
    assert (second.name, print_region(second.constraint)) == ("body", "any")


def test_successors() -> None:
    dump = Mine()
    many = dump.add("Successor VariadicSuccessor")
    found = dump.only(successors=dump.dag((dump.add("Successor"), None), (many, "targets"), ("AnySuccessor", "end")))
    assert [(each.name, print_successor(each.multiplicity)) for each in found.successors] == [
        ("_successor0", "any"),
        ("targets", "variadic any"),
        ("end", "any"),
    ]


CAST = "::llvm::cast<::mlir::{0}>($_self).get{1}()"


@pytest.mark.parametrize(
    ("transformer", "expected"),
    [
        ("$_self", "TypesMatchWith(y = same(x))"),
        (CAST.format("TensorType", "ElementType"), "TypesMatchWith(y = element_type(x))"),
        (CAST.format("MemRefType", "ElementType"), "TypesMatchWith(y = element_type(x))"),
        (CAST.format("ComplexType", "ElementType"), "TypesMatchWith(y = opaque(x))"),
        (CAST.format("TensorType", "Shape"), "TypesMatchWith(y = opaque(x))"),
        (CAST.format("mine::CacheType", "Held"), "TypesMatchWith(y = parameter(x, mine.cache.held))"),
        (CAST.format("mine::CacheType", "Other"), "TypesMatchWith(y = opaque(x))"),
        (CAST.format("mine::StackType", "Held"), "TypesMatchWith(y = opaque(x))"),
        ("other($_self)", "TypesMatchWith(y = opaque(x))"),
    ],
)
def test_one_type_follows_from_another(transformer: str, expected: str) -> None:
    dump = Mine()
    dump.add(
        "TypeDef",
        "Cache",
        dialect=dump.dialect,
        mnemonic="cache",
        cppClassName="CacheType",
        parameters=dump.dag(("Type", "held")),
        assemblyFormat="`<` $held `>`",
    )
    assert dump.trait("Trait TypesMatchWith", lhs="x", rhs="y", transformer=transformer) == expected


def test_traits_with_and_without_arguments() -> None:
    assert Mine().trait("Trait AllTypesMatch", values=["x", "y"]) == "AllTypesMatch(x, y)"
    assert Mine().trait("Trait AllTypesMatch", values=["x", "getZ()"]) == "opaque(AllTypesMatch)"
    assert Mine().trait("Trait TypesMatchWith", lhs="$_self", rhs="y", transformer="$_self") == "opaque(TypesMatchWith)"
    assert Mine().trait("Trait NativeTrait", "Commutative", trait="IsCommutative") == "Commutative"
    assert Mine().trait("Trait ParamNativeOpTrait", trait="HasParent<far::BakeOp, DigOp>::Impl") == (
        'HasParent(opaque("far::BakeOp"), mine.dig)'
    )
    assert Mine().trait("Trait", trait="::mlir::OpTrait::NOperands<2>::Impl") == "NOperands(2)"
    assert Mine().trait("Trait", trait="NOperands<a < b>::Impl") == "NOperands"


def test_a_parent_whose_mnemonic_is_no_name_is_quoted() -> None:
    dump = Mine()
    inside = dump.add("Trait ParamNativeOpTrait", trait="HasParent<ThreeWayOp>::Impl")
    dump.operation("Mine_ThreeWayOp", opName="3way-merge", traits=[inside])
    assert print_trait(dump.facts().operations[0].traits[0]) == 'HasParent("mine.3way-merge")'


def test_interfaces_and_lists_of_traits() -> None:
    dump = Mine()
    inner = dump.add("Trait", "Inner")
    pure = dump.add("TraitList", "Pure", traits=[inner])
    listed = dump.add(
        "TraitList", "Own", traits=[inner, dump.add("TraitList", "Deeper", traits=[dump.add("Trait", "Deep")])]
    )
    effects = dump.add("InterfaceTrait MemoryEffects")
    plain = dump.add("InterfaceTrait", cppInterfaceName="Plain")
    native = dump.add("InterfaceTrait", trait="Native::Trait")
    found = dump.only(traits=[pure, listed, effects, plain, native, plain, inner])
    assert [print_trait(trait) for trait in found.traits] == ["Pure", "Inner", "Deep"]
    assert found.interfaces == ("MemoryEffectsOpInterface", "Plain", "Native")


def inferred(interface: bool = True, **fields: Any) -> bool:
    dump = Mine()
    if interface:
        dump.add("InterfaceTrait", "InferTypeOpInterface", cppInterfaceName="InferTypeOpInterface")
    made = {name: value(dump) for name, value in fields.items()}
    return dump.only(**made).interfaces == ("InferTypeOpInterface",)


def test_result_types_that_follow() -> None:
    def buildable(dump: Mine) -> Any:
        return dump.dag((dump.i64, "r"))

    def free(dump: Mine) -> Any:
        return dump.dag((dump.any, "r"))

    def x(dump: Mine) -> Any:
        return dump.dag((dump.any, "x"))

    def same(dump: Mine) -> Any:
        return [dump.add("Trait AllTypesMatch", values=["x", "r"])]

    def alike(dump: Mine) -> Any:
        return [dump.add("Trait", "SameOperandsAndResultType")]

    def chain(dump: Mine) -> Any:
        with_lhs = [("q", "r"), ("x", "q")]
        return [dump.add("Trait TypesMatchWith", lhs=lhs, rhs=rhs, transformer="$_self") for lhs, rhs in with_lhs]

    assert inferred(results=buildable)
    assert not inferred(interface=False, results=buildable)
    assert not inferred(results=free)
    assert not inferred()
    assert inferred(results=lambda dump: dump.dag((dump.add("Res", constraint=dump.i64), "r")))
    assert not inferred(results=lambda dump: dump.dag((dump.add("Variadic", baseType=dump.i64), "r")))
    assert inferred(arguments=x, results=free, traits=same)
    assert not inferred(results=free, traits=same)
    assert inferred(arguments=x, results=lambda d: d.dag((d.any, "r"), (d.any, "q")), traits=chain)
    assert not inferred(arguments=x, results=free, traits=chain)
    assert inferred(arguments=x, results=free, traits=alike)
    assert not inferred(results=free, traits=alike)
    assert not inferred(arguments=lambda d: d.dag((d.add("Variadic", baseType=d.any), "x")), results=free, traits=alike)


def enums(dump: Dump, **fields: Any) -> Enum:
    cases = [dump.add("Case", symbol=name, value=number, str=name.lower()) for name, number in (("A", 3), ("B", 0))]
    given = {
        "className": "Heat",
        "cppNamespace": "::mlir::mine",
        "enumerants": cases,
        "bitwidth": 8,
        "separator": " | ",
    }
    dump.add(fields.pop("classes", "EnumInfo"), "Heat", **{**given, **fields})
    (found,) = extract(dump.records, "mine").enums
    return found


def test_an_enum() -> None:
    found = enums(Mine())
    assert (found.name, found.storage, found.bits, found.separator) == ("Heat", "i8", False, "")
    assert [(case.symbol, case.value, case.text) for case in found.cases] == [("A", 3, "a"), ("B", 0, "b")]
    assert enums(Mine(), bitwidth=0).storage == "i32"
    bits = enums(Mine(), classes="EnumInfo BitEnumBase")
    assert (bits.bits, bits.separator) == (True, " | ")


PARAMETERS = {
    "bool": "bool",
    "int": "int32",
    "int64_t": "int64",
    "unsigned": "uint32",
    "uint64_t": "uint64",
    "size_t": "uint64",
    "float": "float",
    "double": "double",
    "::llvm::StringRef": "string",
    "std::string": "string",
    "::mlir::Type": "type",
    "Attribute": "attribute",
    "int32_t": "int32",
    "uint32_t": "uint32",
    "mlir::StringAttr": "attr string",
    "SymbolRefAttr": "attr symbol_ref",
    "ArrayAttr": "attr array",
    "DictionaryAttr": "attr dictionary",
    "FloatAttr": "attr float",
    "IntegerAttr": "attr integer",
    "BoolAttr": "attr bool",
    "TypeAttr": "attr type",
    "UnitAttr": "attr unit",
    "AffineMapAttr": "attr affine_map",
    "IntegerSetAttr": "attr integer_set",
    "::mlir::FlatSymbolRefAttr": "attr flat_symbol_ref",
    "DenseBoolArrayAttr": "attr dense_array<i1>",
    "::mlir::DenseI64ArrayAttr": "attr dense_array<i64>",
    "::llvm::ArrayRef<int64_t>": "list<int64>",
    "ArrayRef<ArrayRef<bool>>": "list<list<bool>>",
    "::far::Odd": "opaque(Odd)",
    "std::pair<int, int>": "opaque(pair_int_int)",
    "::mlir::mine::Heat": "enum Heat",
    "::mlir::mine::HotAttr": "attr mine.hot",
}


@pytest.mark.parametrize(("cpp", "expected"), PARAMETERS.items())
def test_a_parameter_of_a_definition(cpp: str, expected: str) -> None:
    dump = Mine()
    dump.add("AttrDef", "Hot", dialect=dump.dialect, mnemonic="hot", cppClassName="HotAttr")
    enum = dump.add("EnumInfo", "Heat", className="Heat", enumerants=[dump.add("Case", symbol="Low")])
    definitions = Definitions(dump.records)
    attributes = AttributeReader(definitions, TypeReader(definitions))
    attributes.enum(dump.read(enum))
    assert print_parameter(read_parameter(cpp, None, attributes)) == expected

    def declared(classes: str, default: str) -> str:
        record = dump.read(dump.add(classes, cppType=cpp, defaultValue=default))
        return print_parameter(read_parameter(record, None, attributes))

    assert declared("AttrOrTypeParameter", "") == expected
    assert declared("OptionalParameter", "nothing") == f"optional {expected}"
    without_enum = dump.read(dump.add("EnumParameter", cppType=cpp))
    assert print_parameter(read_parameter(without_enum, None, attributes)) == expected
    if expected == "enum Heat":
        assert declared("AttrOrTypeParameter", "Heat::Low") == "enum Heat = Low"
        assert read_parameter(dump.read(dump.add("EnumParameter")), dump.read(enum), attributes).constraint is not None
    if expected == "int64":
        assert declared("AttrOrTypeParameter", "500") == "int64 = 500"


def test_definitions_of_the_dialect_and_those_that_it_uses() -> None:
    dump = Mine()
    far = dump.add("Dialect", "Far_Dialect", name="far", cppNamespace="::far")
    used = dump.add("AttrDef", "Far_Cold", dialect=far, mnemonic="cold", cppClassName="ColdAttr", parameters=dump.dag())
    dump.add("AttrDef", "Far_Unused", dialect=far, mnemonic="unused", cppClassName="UnusedAttr", parameters=dump.dag())
    for name in ("warm", "hot", ""):
        parameters = dump.dag(("bool", "on"), ("int", None))
        dump.add(
            "AttrDef",
            f"Mine_{name}",
            dialect=dump.dialect,
            mnemonic=name,
            cppClassName="A",
            parameters=parameters,
            assemblyFormat="`<` $on\n `>`" if name == "hot" else "",
        )
    dump.operation(arguments=dump.dag((used, "cold")))
    dump.text["Far_Cold"]["!superclasses"] = ["AttrConstraint", "AttrDef"]
    found = {each.mnemonic: each for each in dump.facts().attributes}
    assert list(found) == ["hot", "warm", "cold"]
    assert (found["hot"].format, found["warm"].format) == ("`<` $on `>`", "custom")
    assert (found["cold"].format, found["cold"].dialect) == (None, "far")
    assert [each.name for each in found["hot"].parameters] == ["on", "_1"]
