"""What is read from the predicates of types and attributes: each form on its own, with the one right constraint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from opspec.model.constraints import OpaqueConstraint
from opspec.notation import print_argument, print_type
from opspec.tablegen.attributes import AttributeReader
from opspec.tablegen.definitions import Definitions
from opspec.tablegen.types import TypeReader
from tests.unit.dumps import Dump

CAST = "::llvm::cast<::mlir::ShapedType>($_self)"
ELEMENT = f"{CAST}.getElementType()"
TENSOR = "::llvm::isa<::mlir::TensorType>($_self)"
INTEGER = "::llvm::cast<::mlir::IntegerAttr>($_self)"
ARRAY = "::llvm::cast<::mlir::ArrayAttr>($_self)"

Make = Callable[[Dump], dict[str, str]]


def one(text: str) -> Make:
    return lambda dump: dump.condition(text)


def combined(how: str, *parts: str | Make, **fields: str) -> Make:
    def make(dump: Dump) -> dict[str, str]:
        made = [part if isinstance(part, str) else part(dump) for part in parts]
        return dump.joined(how, *made, **fields)

    return make


def both(*parts: str | Make) -> Make:
    return combined("And", *parts)


def either(*parts: str | Make) -> Make:
    return combined("Or", *parts)


VECTOR = "::llvm::isa<::mlir::VectorType>($_self)"
FIXED = "::llvm::isa<::mlir::FixedVectorType>($_self)"
HELD = "::llvm::cast<::mlir::VectorType>($_self).getElementType()"
SHAPE = "::llvm::cast<::mlir::VectorType>($_self).getShape() == ::llvm::ArrayRef<int64_t>"
ALL_SCALABLE = "::llvm::cast<::mlir::VectorType>($_self).allDimsScalable()"
UNKNOWN = "isFresh($_self)"
TYPES: tuple[tuple[Make, str], ...] = (
    (one("true"), "any"),
    (one("$_self.isIndex()"), "index"),
    (one("$_self.isSignlessIntOrIndex()"), "signless_integer | index"),
    (one("$_self.isIntOrIndex()"), "integer | index"),
    (one("$_self.isIntOrFloat()"), "integer | float"),
    (one("$_self.isSignlessIntOrFloat()"), "signless_integer | float"),
    (one("$_self.isIntOrIndexOrFloat()"), "integer | index | float"),
    (one("$_self.isSignlessIntOrIndexOrFloat()"), "signless_integer | index | float"),
    (one("$_self.isSignlessInteger(8)"), "i8"),
    (one("$_self.isSignedInteger(8)"), "si8"),
    (one("$_self.isUnsignedInteger(8)"), "ui8"),
    (one("$_self.isInteger(8)"), "int8"),
    (one("$_self.isSignlessInteger()"), "signless_integer"),
    (one("$_self.isSignedInteger()"), "signed_integer"),
    (one("$_self.isUnsignedInteger()"), "unsigned_integer"),
    (one("$_self.isInteger()"), "integer"),
    (one("$_self.isF32()"), "f32"),
    (one("$_self.isBF16()"), "bf16"),
    (one("$_self.isTF32()"), "tf32"),
    (one("::llvm::isa<::mlir::Float8E4M3FNType>($_self)"), "f8E4M3FN"),
    *(
        (one(f"::llvm::isa<::mlir::{name}>($_self)"), word)
        for name, word in (
            ("IndexType", "index"),
            ("NoneType", "none"),
            ("FunctionType", "function"),
            ("IntegerType", "integer"),
            ("FloatType", "float"),
            ("BFloat16Type", "bf16"),
            ("Float16Type", "f16"),
            ("FloatTF32Type", "tf32"),
            ("Float32Type", "f32"),
            ("Float64Type", "f64"),
            ("Float80Type", "f80"),
            ("Float128Type", "f128"),
            ("ShapedType", "shaped<any>"),
            ("TensorType", "tensor<any>"),
            ("RankedTensorType", "ranked_tensor<any>"),
            ("UnrankedTensorType", "unranked_tensor<any>"),
            ("MemRefType", "memref<any>"),
            ("UnrankedMemRefType", "unranked_memref<any>"),
            ("BaseMemRefType", "ranked_or_unranked_memref<any>"),
            ("VectorType", "vector<any>"),
            ("FixedVectorType", "fixed_vector<any>"),
            ("ScalableVectorType", "scalable_vector<any>"),
            ("ComplexType", "complex<any>"),
            ("TupleType", "tuple<any>"),
        )
    ),
    (one("$_self.hasTrait<::mlir::ValueSemantics>()"), "value_semantics<any>"),
    (one("::llvm::isa<::mlir::TensorType, ::mlir::VectorType>($_self)"), "tensor<any> | vector<any>"),
    (one(f"(({TENSOR}))"), "tensor<any>"),
    (one(f"{TENSOR} && {CAST}.hasRank()"), "tensor<any, ranked>"),
    (both(TENSOR, f"{CAST}.hasRank()"), "tensor<any, ranked>"),
    (both(TENSOR, f"{CAST}.hasStaticShape()"), "tensor<any, static>"),
    (both(TENSOR, f"{CAST}.getRank() == 3"), "tensor<any, rank 3>"),
    (both(TENSOR, f"{CAST}.getShape().size() == 3"), "tensor<any, rank 3>"),
    (both(TENSOR, f"{CAST}.getRank() >= 3"), "tensor<any, min_rank 3>"),
    (both(TENSOR, f"{CAST}.getRank() > 3"), "tensor<any, min_rank 4>"),
    (both(TENSOR, f"{CAST}.getRank() <= 3"), "tensor<any, max_rank 3>"),
    (both(TENSOR, f"{CAST}.getNumElements() == 3"), "tensor<any, length 3>"),
    (both(TENSOR, f"{CAST}.getNumElements() > 3"), "tensor<any, min_length 4>"),
    (both(TENSOR, either(f"{CAST}.getRank() == 3", f"{CAST}.getRank() == 1")), "tensor<any, rank 1|3>"),
    (both(TENSOR, either(f"{CAST}.getRank() == 3", f"{CAST}.getRank() >= 4")), "tensor<any, opaque>"),
    (both(TENSOR, either(f"{CAST}.getRank() == 3", UNKNOWN)), "tensor<any, opaque>"),
    (both(TENSOR, UNKNOWN), "tensor<any, opaque>"),
    (both(TENSOR, f"{CAST}.hasRank()", UNKNOWN), "tensor<any, ranked, opaque>"),
    (both(TENSOR, combined("Neg", TENSOR)), "tensor<any, opaque>"),
    (both("::llvm::isa<::mlir::ShapedType>($_self)", TENSOR), "tensor<any>"),
    (both(TENSOR, TENSOR), "tensor<any>"),
    (both(TENSOR, both(f"{CAST}.hasRank()", f"{CAST}.hasStaticShape()")), "tensor<any, ranked, static>"),
    (both(TENSOR, f"::llvm::isa<::mlir::FloatType>({ELEMENT})"), "tensor<float>"),
    (both(TENSOR, f"{ELEMENT}.isF32()"), "tensor<f32>"),
    (both(TENSOR, f"{ELEMENT}.isF32() || {ELEMENT}.isF64()"), "tensor<f32 | f64>"),
    (both(TENSOR, f"{ELEMENT}.isF32() || {UNKNOWN}"), "tensor<any, opaque>"),
    (both(TENSOR, f"{ELEMENT}.isFresh()"), "tensor<any, opaque>"),
    (both(TENSOR, combined("Concat", "$_self.isF32()", suffix=f"({ELEMENT})")), "tensor<f32>"),
    (both(TENSOR, combined("Concat", "$_self.isF32()", suffix="(other)")), "tensor<any, opaque>"),
    (both(TENSOR, combined("SubstLeaves", "$_self.isF32()", replacement=ELEMENT)), "tensor<f32>"),
    (both(TENSOR, combined("SubstLeaves", UNKNOWN, replacement=ELEMENT)), "tensor<any, opaque>"),
    (both(FIXED, f"{SHAPE}({{16}})"), "fixed_vector<any, rank 1, length 16>"),
    (both(f"{SHAPE}({{16}})", VECTOR, FIXED), "fixed_vector<any, rank 1, length 16>"),
    (both(VECTOR, f"{SHAPE}({{2, 8}})"), "vector<any, rank 2, length 16, opaque>"),
    (both(FIXED, f"{SHAPE}({{n}})"), "fixed_vector<any, opaque>"),
    (both(VECTOR, ALL_SCALABLE), "scalable_vector<any, opaque>"),
    (both(UNKNOWN, combined("SubstLeaves", "$_self.isF32()", replacement=HELD)), "vector<f32, opaque>"),
    (both(UNKNOWN, combined("SubstLeaves", UNKNOWN, replacement=HELD)), "vector<any, opaque>"),
    (both(UNKNOWN, combined("SubstLeaves", "$_self.isF32()", replacement=ELEMENT)), "opaque(Thing)"),
    (both(TENSOR, combined("SubstLeaves", "$_self.isF32()", replacement=HELD)), "tensor<f32>"),
    (combined("SubstLeaves", "$_self.isF32()", replacement="elementType"), "f32"),
    (combined("SubstLeaves", "$_self.isF32()", replacement="$_self"), "f32"),
    (combined("SubstLeaves", "$_self.isF32()", replacement="other($_self)"), "opaque(Thing)"),
    (both("true", "$_self.isF32()"), "opaque(Thing)"),
    (both("$_self.isF32()", "true"), "f32"),
    (both("$_self.isF32()", UNKNOWN), "opaque(Thing)"),
    (both("$_self.isF32()", "$_self.isF64()"), "opaque(Thing)"),
    (both("$_self.isF32()", TENSOR), "opaque(Thing)"),
    (one(f"{CAST}.hasRank()"), "opaque(Thing)"),
    (one(UNKNOWN), "opaque(Thing)"),
    (one("$_self.isF32() || $_self.isF64()"), "f32 | f64"),
    (one(f"$_self.isF32() || {UNKNOWN}"), "opaque(Thing)"),
    (either("$_self.isF32()", "$_self.isF64()", "$_self.isF32()"), "f32 | f64"),
    (either("$_self.isF32()", either("$_self.isF64()", "$_self.isBF16()")), "f32 | f64 | bf16"),
    (either("$_self.isF32()", "true"), "any"),
    (either("$_self.isF32()", "::llvm::isa<::far::FreshType>($_self)"), "f32 | opaque(FreshType)"),
    (either(UNKNOWN, "$_self.isF32()"), "opaque(CPred) | f32"),
    (either(UNKNOWN, "isOld($_self)"), "opaque(Thing)"),
    (either("$_self.isF32()", both("$_self.hasTrait<::mlir::ValueSemantics>()", f"{ELEMENT}.isF32()")), "like<f32>"),
    (
        either("$_self.isF32()", both("$_self.hasTrait<::mlir::ValueSemantics>()", f"{ELEMENT}.isF64()")),
        "f32 | value_semantics<f64>",
    ),
)


@pytest.mark.parametrize(
    ("make", "expected"), TYPES, ids=[f"{number}-{text}" for number, (_, text) in enumerate(TYPES)]
)
def test_a_predicate_of_a_type(make: Make, expected: str) -> None:
    dump = Dump()
    record = dump.add("Constraint TypeConstraint Type", "Thing", predicate=make(dump))
    assert print_type(TypeReader(Definitions(dump.records)).read(dump.read(record))) == expected


def test_a_long_constraint_keeps_its_name_and_a_short_one_does_not() -> None:
    dump = Dump()
    words = ("isF16", "isF32", "isF64", "isBF16", "isTF32", "isIndex", "isF80", "isF128")
    long = dump.joined("Or", *(f"$_self.{word}()" for word in words))
    short = dump.joined("Or", *(f"$_self.{word}()" for word in words[:3]))
    reader = TypeReader(Definitions(dump.records))
    made = [
        print_type(reader.read(dump.read(dump.add("TypeConstraint", name, predicate=predicate))))
        for name, predicate in (("Long", long), ("Short", short), ("lower", long), ("", long))
    ]
    whole = "f16 | f32 | f64 | bf16 | tf32 | index | f80 | f128"
    assert made == ["Long", "f16 | f32 | f64", whole, whole]
    assert {name: print_type(constraint) for name, constraint in reader.named.items()} == {"Long": whole}


def test_a_type_that_a_dialect_defines() -> None:
    dump = Dump()
    dialect = dump.add("Dialect", "Far_Dialect", name="far", cppNamespace="::mlir::far")
    cache = dump.add("TypeDef", "Far_Cache", dialect=dialect, mnemonic="Cache", cppClassName="CacheType")
    nameless = dump.add("TypeDef", "Far_Base", dialect=dialect, mnemonic="", cppClassName="BaseType")
    reader = TypeReader(Definitions(dump.records))

    def of(text: str) -> str:
        return print_type(reader.read(dump.read(dump.add("TypeConstraint", "Thing", predicate=dump.condition(text)))))

    assert print_type(reader.read(dump.read(cache))) == "far.Cache"
    assert print_type(reader.read(dump.read(nameless))) == "opaque(Far_Base)"
    assert of("::llvm::isa<::mlir::far::CacheType>($_self)") == "far.Cache"
    assert of("::llvm::isa<::mlir::far::CacheType, ::mlir::TensorType>($_self)") == "far.Cache | tensor<any>"
    assert of("::llvm::isa<::mlir::far::CacheType, ::mlir::far::Other>($_self)") == "opaque(Thing)"
    assert of("::llvm::isa<::mlir::gpu::AsyncTokenType>($_self)") == "gpu.async.token"
    assert of("::llvm::isa<::mlir::LLVM::LLVMPointerType>($_self)") == "llvm.ptr"
    assert of("::llvm::isa<::mlir::quant::UniformQuantizedType>($_self)") == "quant.uniform"
    assert (
        print_type(reader.read(dump.read(dump.add("TypeInterface", cppInterfaceName="Shaped")))) == "interface(Shaped)"
    )
    options = [dump.add("TypeConstraint", predicate=dump.condition(f"$_self.isF{bits}()")) for bits in (32, 64, 32)]
    assert print_type(reader.read(dump.read(dump.add("AnyTypeOf", allowedTypes=options)))) == "f32 | f64"


BOUNDS: tuple[tuple[Make, str], ...] = (
    (one(f"{INTEGER}.getInt() >= 3"), "min 3"),
    (one(f"{INTEGER}.getInt() > 3"), "min 4"),
    (one(f"{INTEGER}.getInt() <= 3"), "max 3"),
    (one(f"{INTEGER}.getInt() < 3"), "max 2"),
    (one(f"{INTEGER}.getSInt() < -3"), "max -4"),
    (one(f"{ARRAY}.size() >= 3"), "min_count 3"),
    (one(f"{ARRAY}.size() <= 3"), "max_count 3"),
    (one(f"{ARRAY}.size() == 3"), "count 3"),
    (one(f"{INTEGER}.getValue().isStrictlyPositive()"), "positive"),
    (one(f"{INTEGER}.getValue().isPowerOf2()"), "power_of_two"),
    (one(f"{INTEGER}.getValue().isNonNegative()"), "non_negative"),
    (one(f"!{INTEGER}.getValue().isNegative()"), "non_negative"),
    (one(f"{INTEGER}.getValue().isOdd()"), "opaque"),
    (both(f"{INTEGER}.getInt() >= 1", f"{INTEGER}.getInt() < 9"), "min 1, max 8"),
    (both(f"{INTEGER}.getInt() >= 1", UNKNOWN), "opaque"),
    (both(UNKNOWN, f"{INTEGER}.getInt() >= 1"), "opaque"),
    (both(both(UNKNOWN, f"{INTEGER}.getInt() < 9"), f"{INTEGER}.getInt() >= 1"), "opaque"),
)


def attribute(dump: Dump, reference: dict[str, str]) -> str:
    definitions = Definitions(dump.records)
    reader = AttributeReader(definitions, TypeReader(definitions))
    return print_argument(reader.declaration(dump.read(reference)))


@pytest.mark.parametrize(
    ("make", "expected"), BOUNDS, ids=[f"{number}-{text}" for number, (_, text) in enumerate(BOUNDS)]
)
def test_a_condition_on_an_attribute(make: Make, expected: str) -> None:
    dump = Dump()
    condition = dump.add("AttrConstraint", predicate=make(dump))
    base = dump.add("Attr", "I64Attr")
    confined = dump.add("Attr ConfinedAttr", baseAttr=base, attrConstraints=[condition])
    assert attribute(dump, confined) == f"attr i64 where {expected}"


def test_one_unknown_condition_makes_the_rest_incomplete() -> None:
    dump = Dump()
    known, unknown = (
        dump.add("AttrConstraint", predicate=dump.condition(text)) for text in (f"{INTEGER}.getInt() < 3", UNKNOWN)
    )
    base = dump.add("Attr", "I64Attr")
    for listed in ([known, unknown], [unknown, known]):
        confined = dump.add("Attr ConfinedAttr", baseAttr=base, attrConstraints=listed)
        assert attribute(dump, confined) == "attr i64 where opaque"
    twice = dump.add("Attr ConfinedAttr", baseAttr=base, attrConstraints=[known, known])
    assert attribute(dump, twice) == "attr i64 where max 2"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IntPositive", "positive"),
        ("IntNonNegative", "non_negative"),
        ("IntNonZero", "non_zero"),
        ("IntPowerOf2", "power_of_two"),
    ],
)
def test_a_named_condition(name: str, expected: str) -> None:
    dump = Dump()
    confined = dump.add("ConfinedAttr", baseAttr=dump.add("Attr", "I64Attr"), attrConstraints=[dump.add("Named", name)])
    assert attribute(dump, confined) == f"attr i64 where {expected}"


KINDS = {
    "AnyAttr": "any",
    "BoolAttr": "bool",
    "APIntAttr": "integer",
    "IndexAttr": "index",
    "StrAttr": "string",
    "ArrayAttr": "array",
    "DictionaryAttr": "dictionary",
    "TypeAttr": "type",
    "SymbolNameAttr": "symbol_name",
    "SymbolRefAttr": "symbol_ref",
    "FlatSymbolRefAttr": "flat_symbol_ref",
    "AffineMapAttr": "affine_map",
    "IntegerSetAttr": "integer_set",
    "ElementsAttr": "elements",
    "LocationAttr": "location",
    "Builtin_StringAttr": "string",
    "Builtin_ArrayAttr": "array",
    "Builtin_DictionaryAttr": "dictionary",
    "Builtin_TypeAttr": "type",
    "Builtin_IntegerAttr": "integer",
    "Builtin_FloatAttr": "float",
    "I8Attr": "i8",
    "SI32Attr": "si32",
    "UI64Attr": "ui64",
    "F32Attr": "f32",
    "DenseBoolArrayAttr": "dense_array<i1>",
    "DenseI64ArrayAttr": "dense_array<i64>",
    "DenseF32ArrayAttr": "dense_array<f32>",
    "StrangeAttr": "opaque(StrangeAttr)",
}


@pytest.mark.parametrize(("name", "expected"), KINDS.items())
def test_a_named_attribute(name: str, expected: str) -> None:
    dump = Dump()
    assert attribute(dump, dump.add("Attr", name)) == f"attr {expected}"


def test_other_forms_of_attributes() -> None:
    dump = Dump()
    base = dump.add("Attr", "I64Attr")
    text = dump.add("Attr", "StrAttr")
    holds = dump.joined(
        "And", UNKNOWN, dump.joined("SubstLeaves", "$_self.isF32()", replacement="cast<TypeAttr>($_self).getValue()")
    )
    strange = dump.joined("And", dump.joined("SubstLeaves", UNKNOWN, replacement="cast<TypeAttr>($_self).getValue()"))
    anything = dump.joined("SubstLeaves", "true", replacement="::llvm::cast<::mlir::TypeAttr>($_self).getValue()")
    classes = [
        (dump.condition(f"::llvm::isa<{name}>(::llvm::cast<::mlir::TypeAttr>($_self).getValue())"), word)
        for name, word in (("::mlir::MemRefType", "memref<any>"), ("::mlir::FunctionType", "function"), ("Far", "any"))
    ]
    cases: list[tuple[str, dict[str, Any], str]] = [
        *(
            ("TypeAttrBase", {"predicate": dump.joined("And", held, anything)}, f"attr type<{word}>")
            for held, word in classes
        ),
        ("ArrayAttrBase TypedArrayAttrBase", {"elementAttr": base}, "attr array<i64>"),
        ("AnyAttrOf", {"allowedAttributes": [base, text]}, "attr i64 | string"),
        ("AttrInterface", {"cppInterfaceName": "ElementsAttr"}, "attr interface(ElementsAttr)"),
        ("TypeAttrBase", {"predicate": holds}, "attr type<f32>"),
        ("TypeAttrBase", {"predicate": strange}, "attr opaque(TypeAttrBase)"),
        ("TypeAttrBase", {"predicate": dump.condition("true")}, "attr type"),
        ("TypeAttrBase", {}, "attr opaque(TypeAttrBase)"),
        ("OptionalAttr", {"baseAttr": base, "isOptional": 1}, "attr optional i64"),
        ("Attr", {"baseAttr": base, "isOptional": 0}, "attr i64"),
        ("UnitAttr", {}, "attr optional unit"),
    ]
    for classes, fields, expected in cases:
        assert attribute(dump, dump.add(classes, **fields)) == expected


def test_a_width_that_a_record_gives_with_its_type() -> None:
    dump = Dump()
    width = dump.add("TypeConstraint", predicate=dump.condition("$_self.isSignlessInteger(7)"))
    other = dump.add("TypeConstraint", predicate=dump.condition("$_self.isF32()"))
    assert attribute(dump, dump.add("TypedSignlessIntegerAttrBase", valueType=width)) == "attr i7"
    assert attribute(dump, dump.add("TypedSignlessIntegerAttrBase", valueType=other)) == (
        "attr opaque(TypedSignlessIntegerAttrBase)"
    )


def test_an_attribute_definition_without_a_mnemonic_is_opaque() -> None:
    dump = Dump()
    dialect = dump.add("Dialect", name="far", cppNamespace="::far")
    named = dump.add("AttrDef", "Far_Heat", dialect=dialect, mnemonic="heat", cppClassName="HeatAttr")
    nameless = dump.add("AttrDef", "Far_Base", dialect=dialect, mnemonic="", cppClassName="BaseAttr")
    assert attribute(dump, named) == "attr far.heat"
    assert attribute(dump, nameless) == "attr opaque(Far_Base)"
    definitions = Definitions(dump.records)
    assert AttributeReader(definitions, TypeReader(definitions)).read(dump.read(nameless)) == OpaqueConstraint(
        "Far_Base"
    )
