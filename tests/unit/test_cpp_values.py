"""C++ expressions: what each kind of them evaluates to."""

from __future__ import annotations

import pytest

from opspec.tablegen.cpp.enums import Enums
from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.evaluation import evaluate
from opspec.tablegen.cpp.kinds import kind_named
from opspec.tablegen.cpp.values import ApInt, Built, BuiltType, CaseValue, Items, Number, Text, Value
from tests.unit.cpp import ENUMS, HIDDEN, MODE, TWINS

NUMBERS: dict[str, tuple[str, int | float]] = {
    "0": ("int", 0),
    "7": ("int", 7),
    " 7 ": ("int", 7),
    "(5)": ("int", 5),
    "((5))": ("int", 5),
    "010": ("int", 8),
    "0x10": ("int", 16),
    "0XfF": ("int", 255),
    "0b101": ("int", 5),
    "0B1'0": ("int", 2),
    "1'000": ("int", 1000),
    "0x1'F": ("int", 31),
    "10LL": ("long", 10),
    "10ll": ("long", 10),
    "10l": ("long", 10),
    "10u": ("unsigned", 10),
    "10Ul": ("unsigned long", 10),
    "10lu": ("unsigned long", 10),
    "10llU": ("unsigned long", 10),
    "10z": ("long", 10),
    "10uz": ("unsigned long", 10),
    "2147483647": ("int", 2**31 - 1),
    "2147483648": ("long", 2**31),
    "-2147483648": ("long", -(2**31)),
    "0x7fffffff": ("int", 2**31 - 1),
    "0x80000000": ("unsigned", 2**31),
    "-0x80000000": ("unsigned", 2**31),
    "0xFFFFFFFFFFFFFFFF": ("unsigned long", 2**64 - 1),
    "-1u": ("unsigned", 2**32 - 1),
    "-1ull": ("unsigned long", 2**64 - 1),
    "~0": ("int", -1),
    "~0u": ("unsigned", 2**32 - 1),
    "+3": ("int", 3),
    "- 3": ("int", -3),
    "- -3": ("int", 3),
    "!0": ("bool", 1),
    "!false": ("bool", 1),
    "!!7": ("bool", 1),
    "not true": ("bool", 0),
    "true": ("bool", 1),
    "+true": ("int", 1),
    "true + true": ("int", 2),
    "1 + 2 * 3": ("int", 7),
    "(1 + 2) * 3": ("int", 9),
    "10 - 4 - 3": ("int", 3),
    "100 / 10 / 5": ("int", 2),
    "7 / 2": ("int", 3),
    "-7 / 2": ("int", -3),
    "-7 % 2": ("int", -1),
    "7 % -2": ("int", 1),
    "1u - 2": ("unsigned", 2**32 - 1),
    "1 - 2u": ("unsigned", 2**32 - 1),
    "1l - 2u": ("long", -1),
    "-1 < 1u": ("bool", 0),
    "-1l < 1u": ("bool", 1),
    "1 << 20": ("int", 1 << 20),
    "1 << 31": ("int", -(2**31)),
    "1u << 31": ("unsigned", 2**31),
    "1ull << 63": ("unsigned long", 2**63),
    "1 << 2 + 1": ("int", 8),
    "-8 >> 1": ("int", -4),
    "6 & 3": ("int", 2),
    "6 | 3": ("int", 7),
    "6 ^ 3": ("int", 5),
    "6 bitor 3": ("int", 7),
    "compl 0": ("int", -1),
    "1 | 2 ^ 3 & 4": ("int", 1 | 2 ^ 3 & 4),
    "1 == 1": ("bool", 1),
    "1 != 1.0": ("bool", 0),
    "2 <= 2 == true": ("bool", 1),
    "true && false": ("bool", 0),
    "false && unknown()": ("bool", 0),
    "true || unknown()": ("bool", 1),
    "true ? 1 : 2": ("int", 1),
    "false ? 1 : true ? 2 : 3": ("int", 2),
    "true ? -1 : 1u": ("unsigned", 2**32 - 1),
    "true ? 1 : 2.5": ("double", 1.0),
    "1 ? 2 : 3": ("int", 2),
    "'a'": ("char", 97),
    "'\\n'": ("char", 10),
    "'\\x41'": ("char", 65),
    "'\\''": ("char", 39),
    "'\"'": ("char", 34),
    "'a' + 1": ("int", 98),
    "u8'a'": ("char", 97),
    "L'a'": ("int", 97),
    "U'\u20ac'": ("unsigned", 0x20AC),
    "1.": ("double", 1.0),
    ".5": ("double", 0.5),
    "0.5": ("double", 0.5),
    "1e-3": ("double", 0.001),
    "1E+3": ("double", 1000.0),
    "1e3f": ("float", 1000.0),
    "0.5f": ("float", 0.5),
    "0.5F": ("float", 0.5),
    "0.1f": ("float", 0.10000000149011612),
    "16777217.0f": ("float", 16777216.0),
    "1'000.5": ("double", 1000.5),
    "0x1.8p3": ("double", 12.0),
    "0x1p-1f": ("float", 0.5),
    "0x.8p0": ("double", 0.5),
    "1.5L": ("long double", 1.5),
    "0.1l": ("long double", 0.1),
    "0.5f * 3": ("float", 1.5),
    "1 / 2.0": ("double", 0.5),
    "1e-400": ("double", 0.0),
    "-0.0": ("double", -0.0),
    "int64_t(5)": ("long", 5),
    "int64_t{5}": ("long", 5),
    "std::int64_t(5)": ("long", 5),
    "::std::size_t{5}": ("unsigned long", 5),
    "int()": ("int", 0),
    "int{}": ("int", 0),
    "unsigned(-1)": ("unsigned", 2**32 - 1),
    "(unsigned)-1": ("unsigned", 2**32 - 1),
    "(unsigned long long)-1": ("unsigned long long", 2**64 - 1),
    "(long unsigned int)1": ("unsigned long", 1),
    "(int8_t)200": ("char", -56),
    "uint8_t(256)": ("unsigned char", 0),
    "static_cast<int64_t>(5)": ("long", 5),
    "static_cast<const int64_t &>(5)": ("long", 5),
    "static_cast<int>(2.9)": ("int", 2),
    "static_cast<int>(-2.9)": ("int", -2),
    "static_cast<bool>(2)": ("bool", 1),
    "(bool)0.5": ("bool", 1),
    "float(0.1)": ("float", 0.10000000149011612),
    "(double)1": ("double", 1.0),
    "(int)(1) + 1": ("int", 2),
    "static_cast<unsigned>(Mode::Big)": ("unsigned", 7),
    "static_cast<int>(::dd::Flag::A | ::dd::Flag::B)": ("int", 3),
    "INT64_MAX": ("long", 2**63 - 1),
    "INT8_MIN": ("char", -128),
    "UINT32_MAX": ("unsigned", 2**32 - 1),
    "INT_MAX": ("int", 2**31 - 1),
    "UINT_MAX": ("unsigned", 2**32 - 1),
    "std::numeric_limits<int32_t>::max()": ("int", 2**31 - 1),
    "::std::numeric_limits<int64_t>::min()": ("long", -(2**63)),
    "std::numeric_limits<float>::max()": ("float", 3.4028234663852886e38),
    "std::numeric_limits<double>::lowest()": ("double", -1.7976931348623157e308),
    "std::numeric_limits<unsigned>::max() - 1": ("unsigned", 2**32 - 2),
    "llvm::APFloat(0.5)": ("double", 0.5),
    "::llvm::APFloat(2.0f)": ("float", 2.0),
    "/* seven */ 7 // and no more": ("int", 7),
    "Mode::X == Mode::X": ("bool", 1),
    "5 > 3": ("bool", 1),
    "(5 < 3)": ("bool", 0),
    "1 < 2 > 3": ("bool", 0),
}


def number(kind: str, value: int | float) -> Number:
    found = kind_named(kind)
    assert found is not None
    return Number(found, value)


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number(text: str) -> None:
    found, expected = evaluate(text, ENUMS), number(*NUMBERS[text])
    assert found == expected
    assert isinstance(found, Number)
    assert repr(found.number) == repr(expected.number)


TEXTS: dict[str, bytes] = {
    '""': b"",
    '"plain"': b"plain",
    '"a\\tb\\\\c\\x41\\n"': b"a\tb\\cA\n",
    '"\\a\\b\\f\\r\\v\\?\\\'\\""': b"\a\b\f\r\v?'\"",
    '"\\101\\7\\0018"': b"A\x07\x018",
    '"\\u00e9\\U0001F600"': "é😀".encode(),
    '"\\xc3\\xa9"': "é".encode(),
    '"é"': "é".encode(),
    '"\\x{41}\\o{102}\\u{43}"': b"ABC",
    '"a" "b"': b"ab",
    '"a"\n  "b" /* and */ "c"': b"abc",
    '"\\x4" "1"': b"\x041",
    '"a\\\nb"': b"ab",
    'u8"a"': b"a",
    '"a"s': b"a",
    '"a"sv': b"a",
    'R"(raw)"': b"raw",
    'R"(a\\n"b")"': b'a\\n"b"',
    'R"x()")x"': b')"',
    'R"(two\nlines)"': b"two\nlines",
    'u8R"(a)" "b"': b"ab",
    '"// no comment"': b"// no comment",
    'StringRef("a")': b"a",
    "llvm::StringRef{}": b"",
    "::llvm::StringRef()": b"",
    'std::string("a")': b"a",
    'llvm::StringLiteral("a" "b")': b"ab",
    '("a")': b"a",
    'true ? "a" : unknown()': b"a",
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text(text: str) -> None:
    assert evaluate(text, ENUMS) == Text(TEXTS[text])


CASES: dict[str, int] = {
    "Flag::A": 1,
    "dd::Flag::A": 1,
    "::dd::Flag::A": 1,
    "::dd::Flag::A | ::dd::Flag::B": 3,
    "Flag::A|Flag::B": 3,
    "Flag::A bitor Flag::B": 3,
    "(Flag::A)|(Flag::B)": 3,
    "Flag::A & Flag::B": 0,
    "Flag::AC ^ Flag::A": 4,
    "~Flag::A": 6,
    "~(Flag::A | Flag::B)": 4,
    "Flag::AC & ~Flag::A": 4,
    "static_cast<::dd::Flag>(3)": 3,
    "static_cast<Flag>(1u << 2)": 4,
    "::dd::Flag(3)": 3,
    "Flag{3}": 3,
    "(Flag)3": 3,
    "(::dd::Flag)(1 | 2)": 3,
    "Flag()": 0,
    "Flag{}": 0,
    "true ? Flag::A : Flag::B": 1,
    "static_cast<Flag>(static_cast<uint32_t>(Flag::A) | 2)": 3,
    "Mode::Y == Mode::X ? Flag::A : Flag::B": 2,
}


@pytest.mark.parametrize("text", CASES)
def test_a_value_of_an_enum(text: str) -> None:
    found = evaluate(text, ENUMS)
    assert isinstance(found, CaseValue)
    assert (found.enum.path, found.number) == (("dd", "Flag"), CASES[text])


ONE, TWO = number("int", 1), number("int", 2)
OTHERS: dict[str, Value] = {
    "{}": Items(()),
    "{1, 2}": Items((ONE, TWO)),
    "{1, 2,}": Items((ONE, TWO)),
    "{{1}, {}}": Items((Items((ONE,)), Items(()))),
    '{"a"}': Items((Text(b"a"),)),
    "ArrayRef<int64_t>{}": Items((), "int64_t"),
    "::llvm::ArrayRef<int64_t>{1, 2}": Items((ONE, TWO), "int64_t"),
    "llvm::ArrayRef<int64_t>({1, 2})": Items((ONE, TWO), "int64_t"),
    "llvm::ArrayRef<int64_t>()": Items((), "int64_t"),
    "SmallVector<int64_t, 4>{1}": Items((ONE,), "int64_t"),
    "std::vector<std::vector<int>>{{1}}": Items((Items((ONE,)),), "std::vector<int>"),
    "std::array<int, 2>{{1, 2}}": Items((Items((ONE, TWO)),), "int"),
    "std::make_optional(1)": ONE,
    "std::optional<int64_t>(1)": ONE,
    "APInt(64, 1)": ApInt(64, 1),
    "::llvm::APInt(8, -1, true)": ApInt(8, 255),
    "$_builder.getI64ArrayAttr({1, 2})": Built("array<i64>", Items((ONE, TWO))),
    '$_builder.getStringAttr("a")': Built("string", Text(b"a")),
    "$_builder.getBoolAttr(true)": Built("bool", number("bool", 1)),
    "$_builder.getI32IntegerAttr(1)": Built("i32", ONE),
    "$_builder.getSI32IntegerAttr(1)": Built("si32", ONE),
    "odsBuilder.getIndexAttr(1)": Built("index", ONE),
    "Builder($_ctxt).getIndexAttr(1)": Built("index", ONE),
    "$_builder.getF32FloatAttr(1)": Built("f32", ONE),
    "$_builder.getDenseI64ArrayAttr({1})": Built("dense_array<i64>", Items((ONE,))),
    "$_builder.getDenseBoolArrayAttr({})": Built("dense_array<i1>", Items(())),
    "$_builder.getArrayAttr({$_builder.getI64IntegerAttr(1)})": Built("array", Items((Built("i64", ONE),))),
    "$_builder.getI32Type()": BuiltType("i32"),
    "::mlir::BFloat16Type::get($_ctxt)": BuiltType("bf16"),
    "$_builder.getUnitAttr()": Built("unit", number("bool", 1)),
    "mlir::UnitAttr::get($_ctxt)": Built("unit", number("bool", 1)),
    '::mlir::StringAttr::get($_builder.getContext(), "a")': Built("string", Text(b"a")),
    "BoolAttr::get(context, true)": Built("bool", number("bool", 1)),
    '::mlir::FlatSymbolRefAttr::get($_ctxt, "f")': Built("symbol_ref", Text(b"f")),
    "DenseI64ArrayAttr::get($_ctxt, {1})": Built("dense_array<i64>", Items((ONE,))),
    "::dd::ModeAttr::get($_builder.getContext(), ::dd::Mode::Y)": Built("enum", evaluate("Mode::Y", ENUMS)),
}


@pytest.mark.parametrize("text", OTHERS)
def test_another_value(text: str) -> None:
    assert evaluate(text, ENUMS) == OTHERS[text]


@pytest.mark.parametrize(
    ("home", "name", "path"),
    [
        ("::dd", "Mode", "dd::Mode"),
        ("dd::impl", "Mode", "dd::impl::Mode"),
        ("::dd::impl", "::dd::Mode", "dd::Mode"),
        ("::dd::impl", "dd::Mode", "dd::Mode"),
        ("::dd::impl::deep", "Mode", "dd::impl::Mode"),
        ("::dd", "impl::Mode", "dd::impl::Mode"),
        ("", "impl::Mode", "dd::impl::Mode"),
        ("::one", "Twin", "one::Twin"),
        ("::two::more", "Twin", "two::Twin"),
        ("::elsewhere", "two::Twin", "two::Twin"),
        ("::dd", "::Mode", ""),
        ("::dd", "::impl::Mode", ""),
        ("::dd", "other::Mode", ""),
        ("::dd", "None", ""),
    ],
)
def test_an_enum_is_looked_up_as_cpp_does(home: str, name: str, path: str) -> None:
    found = Enums((MODE, HIDDEN, *TWINS), home).named(name)
    assert ("::".join(found.path) if found else "") == path


def test_a_name_that_several_enums_have_is_not_guessed() -> None:
    for home in ("", "::elsewhere"):
        with pytest.raises(NotConstant, match="several enums are called 'Twin'"):
            Enums(TWINS, home).named("Twin")
