"""Defaults written in C++: what attributes and parameters of each kind take them as."""

from __future__ import annotations

import json

import pytest

from opspec.model.constraints import Attribute, OpaqueLiteral
from opspec.notation import parse_argument, parse_attribute, parse_parameter, print_argument
from opspec.notation.literals import print_literal
from tests.unit.cpp import READER

RIGHT: list[tuple[str, str, str]] = [
    ("enum Flag", "::dd::Flag::A | ::dd::Flag::B", "A|B"),
    ("enum Flag", "Flag::A|Flag::B", "A|B"),
    ("enum Flag", "Flag::B|Flag::A", "A|B"),
    ("enum Flag", "static_cast<::dd::Flag>(3)", "A|B"),
    ("enum Flag", "::dd::Flag(3)", "A|B"),
    ("enum Flag", "~::dd::Flag::A", "B|C"),
    ("enum Flag", "Flag::A | Flag::C", "AC"),
    ("enum Flag", "Flag(7)", "B|AC"),
    ("enum Flag", "~Flag::Z", "B|AC"),
    ("enum Flag", "Flag::A & Flag::B", "Z"),
    ("enum Flag", "{}", "Z"),
    ("enum Flag", "3", "A|B"),
    ("enum Mode", "::dd::Mode::Y", "Y"),
    ("enum Mode", "{}", "X"),
    ("enum Mode", "{Mode::Y}", "Y"),
    ("enum Mode", "static_cast<Mode>(7)", "Big"),
    ("enum Mode", "static_cast<uint32_t>(Mode::Y)", "Y"),
    ("enum Mode", "::dd::ModeAttr::get($_ctxt, Mode::Y)", "Y"),
    ("dd.mode", "::dd::Mode::Y", "Y"),
    ("dd.mode", "::dd::ModeAttr::get($_builder.getContext(), ::dd::Mode::Y)", "Y"),
    ("enum Odd", "Odd::_3D", "_3D"),
    ("array<enum Mode>", "{Mode::X, Mode::Y}", "[X, Y]"),
    ("f32", "0.5f", "0.5"),
    ("f32", "1e-3", "0.001"),
    ("f32", "1e-3f", "0.001"),
    ("f32", "0.1f", "0.1"),
    ("f32", "3.14159265358979f", "3.1415927"),
    ("f64", "0.1f", "0.10000000149011612"),
    ("f64", "1.", "1.0"),
    ("f64", "::llvm::APFloat(2.0)", "2.0"),
    ("f32", "1", "1.0"),
    ("f32", "true", "1.0"),
    ("f32", "-1u", "4294967295.0"),
    ("f32", "{}", "0.0"),
    ("f32", "{1.5}", "1.5"),
    ("bf16", "0.5", "0.5"),
    ("f32", "$_builder.getF32FloatAttr(1.5)", "1.5"),
    ("i64", "0x10", "16"),
    ("i64", "10LL", "10"),
    ("i64", "010", "8"),
    ("i64", "1'000", "1000"),
    ("i32", "-1u", "4294967295"),
    ("i64", "-1ull", "-1"),
    ("ui64", "-1ull", "18446744073709551615"),
    ("i8", "'a'", "97"),
    ("i8", "200", "200"),
    ("ui8", "200", "200"),
    ("si8", "-128", "-128"),
    ("i64", "(5)", "5"),
    ("i64", "int64_t(5)", "5"),
    ("i64", "true", "1"),
    ("i1", "true", "1"),
    ("i64", " 7 ", "7"),
    ("i64", "0b101", "5"),
    ("i64", "1.9", "1"),
    ("i64", "{}", "0"),
    ("i64", "{7}", "7"),
    ("i64", "APInt(64, -1, true)", "-1"),
    ("ui8", "APInt(8, 255)", "255"),
    ("i64", "INT64_MIN", "-9223372036854775808"),
    ("i128", "-1", "-1"),
    ("index", "4 * 4", "16"),
    ("i64", "$_builder.getI64IntegerAttr(5)", "5"),
    ("i1", "$_builder.getBoolAttr(true)", "1"),
    ("bool", "1", "true"),
    ("bool", "0", "false"),
    ("bool", "2", "true"),
    ("bool", "!false", "true"),
    ("bool", "{}", "false"),
    ("bool", "BoolAttr::get($_ctxt, false)", "false"),
    ("unit", "false", "false"),
    ("unit", "mlir::UnitAttr::get($_ctxt)", "true"),
    ("array<i64>", "{}", "[]"),
    ("array<i64>", "{1, 2}", "[1, 2]"),
    ("array<i64>", "$_builder.getI64ArrayAttr({1, 2})", "[1, 2]"),
    ("array<type>", "$_builder.getTypeArrayAttr({})", "[]"),
    ("array<i64>", "$_builder.getArrayAttr({$_builder.getI64IntegerAttr(1)})", "[1]"),
    ("array<array<i64>>", "{{1, 2}, {}}", "[[1, 2], []]"),
    ("array<f32>", "{1, 0.5f}", "[1.0, 0.5]"),
    ("array<bool>", "{true, 0}", "[true, false]"),
    ("array<string>", '{"a", "b" "c"}', '["a", "bc"]'),
    ("array<i64> where count 2", "{1, 2}", "[1, 2]"),
    ("array", "{}", "[]"),
    ("array", "::llvm::ArrayRef<int64_t>{}", "[]"),
    ("array", "$_builder.getI64ArrayAttr({1, 2})", "[1, 2]"),
    ("array", '{$_builder.getStringAttr("a"), $_builder.getBoolAttr(true)}', '["a", true]'),
    ("any", "$_builder.getI64IntegerAttr(1)", "1"),
    ("any", '$_builder.getStringAttr("a")', '"a"'),
    ("integer", "$_builder.getI64IntegerAttr(1)", "1"),
    ("integer", "IntegerAttr::get(IntegerType::get($_ctxt, 64), 1)", "1"),
    ("i64", "$_builder.getIntegerAttr($_builder.getI64Type(), 0x10)", "16"),
    ("i8", "$_builder.getIntegerAttr($_builder.getIntegerType(8), 1)", "1"),
    ("index", "$_builder.getIntegerAttr($_builder.getIndexType(), 1)", "1"),
    ("f32", "::mlir::FloatAttr::get(::mlir::Float32Type::get($_ctxt), 1)", "1.0"),
    ("bf16", "$_builder.getFloatAttr($_builder.getBF16Type(), 0.5)", "0.5"),
    ("float", "$_builder.getF64FloatAttr(1)", "1.0"),
    ("dense_array<i64>", "{}", "[]"),
    ("dense_array<i64>", "{1,2}", "[1, 2]"),
    ("dense_array<i64>", "ArrayRef<int64_t>{}", "[]"),
    ("dense_array<i64>", "llvm::ArrayRef<int64_t>({1, -2})", "[1, -2]"),
    ("dense_array<i1>", "{true, false}", "[true, false]"),
    ("dense_array<f32>", "{1, 0.1f}", "[1.0, 0.1]"),
    ("dense_array<i8>", "DenseI8ArrayAttr::get($_ctxt, {1})", "[1]"),
    ("string", '""', '""'),
    ("string", '"a\\tb\\\\c\\x41\\n"', json.dumps("a\tb\\cA\n")),
    ("string", '"a" "b"', '"ab"'),
    ("string", 'R"(raw)"', '"raw"'),
    ("string", "{}", '""'),
    ("string", 'StringRef("a")', '"a"'),
    ("string", '"\\u00e9"', '"é"'),
    ("symbol_name", '"f"', '"f"'),
    ("flat_symbol_ref", '::mlir::FlatSymbolRefAttr::get($_ctxt, "f")', '"f"'),
    ("i64 where positive", "1", "1"),
    ("i32 | string", "3", "3"),
    ("i32 | string", '"x"', '"x"'),
    ("i32 | i64", "$_builder.getI64IntegerAttr(3)", "3"),
]


@pytest.mark.parametrize(("constraint", "text", "expected"), RIGHT)
def test_a_default_that_is_known(constraint: str, text: str, expected: str) -> None:
    read = READER.attribute(text, parse_attribute(constraint))
    assert (print_literal(read.literal), read.refused) == (expected, "")
    declared = f"attr {constraint} = {expected}"
    assert print_argument(parse_argument(declared)) == declared


UNKNOWN: list[tuple[str, str]] = [
    ("enum Mode", "isBig() ? ::dd::Mode::X : ::dd::Mode::Y"),
    ("enum Mode", "::other::Mode::Y"),
    ("enum Mode", "::dd::kDefault::Mode::Y"),
    ("enum Mode", "kDefault"),
    ("enum Odd", "Odd(0)"),
    ("enum Odd", "Odd(1)"),
    ("enum Odd", "Odd(2)"),
    ("enum Odd", "Odd(4)"),
    ("enum Elsewhere", "3"),
    ("dd.other", "3"),
    ("i64", "kDefault"),
    ("i64", "ShapedType::kDynamic"),
    ("f32", "std::numeric_limits<float>::infinity()"),
    ("string", "kDefault"),
    ("string", "plain words"),
    ("string", '"\\xff"'),
    ("string", '"a\\0b"'),
    ("any", "3"),
    ("any", "$_builder.getI32IntegerAttr(1)"),
    ("integer", "3"),
    ("integer", "IntegerAttr::get(IntegerType::get($_ctxt, 32), 1)"),
    ("i64", "IntegerAttr::get(type, 1)"),
    ("i64", "IntegerAttr::get(IntegerType::get($_ctxt, 64, IntegerType::Signed), 1)"),
    ("i64", "$_builder.getI64Type(1)"),
    ("array", "{1, 2}"),
    ("array", "$_builder.getI32ArrayAttr({1})"),
    ("opaque(Mine)", "3"),
    ("interface(TypedAttr)", "3"),
    ("type", "$_builder.getI32Type()"),
    ("type<f32>", "3"),
    ("dictionary", "{}"),
    ("elements", "{}"),
    ("i32 | i64", "3"),
    ("i64 | opaque(Mine)", '"text"'),
    ("i64", "std::nullopt"),
]


@pytest.mark.parametrize(("constraint", "text"), UNKNOWN)
def test_a_default_that_only_cpp_knows(constraint: str, text: str) -> None:
    read = READER.attribute(text, parse_attribute(constraint))
    assert (read.literal, read.refused) == (OpaqueLiteral(text), "")


REFUSED: list[tuple[str, str, str]] = [
    ("si8", "200", "an integer of -128 to 127"),
    ("si8", "-1u", "an integer of -128 to 127"),
    ("si64", "-1ull", "an integer of -9223372036854775808 to 9223372036854775807"),
    ("ui32", "-1", "an integer of 0 to 4294967295"),
    ("i8", "256", "an integer of -128 to 255"),
    ("i64", '"text"', "an integer"),
    ("i64", "Mode::Y", "an integer"),
    ("i64", "{1, 2}", "a single value"),
    ("i64", "APInt(32, 5)", "an integer of 64 bits"),
    ("i64", "$_builder.getI32IntegerAttr(5)", "an attribute of 'i64'"),
    ("bool", '"text"', "true or false"),
    ("f32", "1e300", "a number that f32 has room for"),
    ("f32", '"text"', "a number"),
    ("string", "3", "a text"),
    ("string", "$_builder.getBoolAttr(true)", "an attribute of 'string'"),
    ("enum Mode", "static_cast<Mode>(3)", "a case of Mode"),
    ("enum Mode", "Flag::A", "a case of Mode"),
    ("enum Mode", '"Y"', "a case of Mode"),
    ("enum Flag", "static_cast<Flag>(8)", "a case of Flag"),
    ("array<i64>", "3", "a list"),
    ("array<i64>", "{1.5}", "an integer"),
    ("array<i64>", '{"a"}', "an integer"),
    ("dense_array<i8>", "{200}", "a list of which each item is an integer of -128 to 127"),
    ("dense_array<i64>", "ArrayRef<int32_t>{1}", "a list of 'int64_t'"),
    ("dense_array<i32>", "ArrayRef<float>{1}", "a list of 'int32_t'"),
    ("i64 where positive", "0", "an integer that is above 0"),
    ("i64 where min 2", "1", "an integer that is 2 or more"),
    ("array<i64> where min_count 1", "{}", "a list of length 1 or more"),
    ("i32 | string", "{1, 2}", "i32 or string"),
]


@pytest.mark.parametrize(("constraint", "text", "accepted"), REFUSED)
def test_a_default_that_its_attribute_refuses_is_kept_as_cpp(constraint: str, text: str, accepted: str) -> None:
    read = READER.attribute(text, parse_attribute(constraint))
    assert (read.literal, read.refused) == (OpaqueLiteral(text), accepted)


PARAMETERS: list[tuple[str, str, str]] = [
    ("bool", "1", "true"),
    ("int32", "010", "8"),
    ("int32", "-1u", "-1"),
    ("int64", "{}", "0"),
    ("uint32", "-1", "4294967295"),
    ("uint64", "-1", "18446744073709551615"),
    ("float", "0.1", "0.1"),
    ("double", "0.1f", "0.10000000149011612"),
    ("string", '"a" "b"', '"ab"'),
    ("string", "{}", '""'),
    ("enum Mode", "::dd::Mode::Y", "Y"),
    ("enum Flag", "Flag::A | Flag::B", "A|B"),
    ("list<int64>", "{1, 2}", "[1, 2]"),
    ("list<enum Mode>", "{Mode::Y}", "[Y]"),
    ("attr string", '$_builder.getStringAttr("a")', '"a"'),
    ("attr i64", "$_builder.getI64IntegerAttr(1)", "1"),
    ("int64", "kDefault", 'opaque("kDefault")'),
    ("float", "1e300", 'opaque("1e300")'),
    ("type", "Type()", 'opaque("Type()")'),
    ("attr string", "nullptr", 'opaque("nullptr")'),
    ("attr string", '"a"', 'opaque("\\"a\\"")'),
    ("enum Elsewhere", "3", 'opaque("3")'),
    ("opaque(Mine)", "3", 'opaque("3")'),
]


@pytest.mark.parametrize(("constraint", "text", "expected"), PARAMETERS)
def test_a_default_of_a_parameter(constraint: str, text: str, expected: str) -> None:
    read = READER.parameter(text, parse_parameter(constraint).constraint)
    assert (print_literal(read.literal), read.refused) == (expected, "")


@pytest.mark.parametrize(
    ("constraint", "text", "accepted"),
    [
        ("int64", '"text"', "an integer"),
        ("attr i8", "$_builder.getI8IntegerAttr(300)", "an integer of -128 to 255"),
        (
            "list<attr i64 where positive>",
            "{$_builder.getI64IntegerAttr(0)}",
            "a list of which each item is an integer that is above 0",
        ),
        ("enum Mode", "Mode(3)", "a case of Mode"),
    ],
)
def test_a_parameter_that_refuses_its_default(constraint: str, text: str, accepted: str) -> None:
    read = READER.parameter(text, parse_parameter(constraint).constraint)
    assert (read.literal, read.refused) == (OpaqueLiteral(text), accepted)


@pytest.mark.parametrize(
    "text", ["f(" + "x" * 3000 + ")", '"' + "x" * 3000 + '"', "{" * 15 + "}" * 15, "{" + "1, " * 4000 + "1}"]
)
def test_what_the_notation_has_no_room_for_is_cut_and_still_told_apart(text: str) -> None:
    constraint = parse_attribute("string" if text.startswith('"') else "array<array<i64>>")
    if text.startswith("{1"):
        constraint = parse_attribute("array<i64>")
    elif text.startswith("{"):
        constraint = parse_attribute("array<" * 15 + "i64" + ">" * 15)
    found, other = (print_literal(READER.attribute(each, constraint).literal) for each in (text, f"{text} "))
    assert found != other
    for literal in (found, other):
        declared = parse_argument(f"attr string = {literal}")
        assert isinstance(declared, Attribute)
        assert print_literal(declared.default) == literal  # type: ignore[arg-type]
