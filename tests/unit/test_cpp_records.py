"""Defaults in records: which text is read, and what the attribute makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import Location
from opspec.notation import print_argument
from opspec.tablegen.attributes import AttributeReader
from opspec.tablegen.definitions import Definitions
from opspec.tablegen.types import TypeReader
from tests.unit.dumps import Dump


def reader_of(dump: Dump) -> AttributeReader:
    definitions = Definitions(dump.records)
    return AttributeReader(definitions, TypeReader(definitions))


def attribute(dump: Dump, reference: dict[str, str]) -> str:
    return print_argument(reader_of(dump).declaration(dump.read(reference)))


@pytest.mark.parametrize(
    ("constraint", "text", "expected"),
    [
        ("I64Attr", "-7", "i64 = -7"),
        ("I64Attr", "int64_t(7)", "i64 = 7"),
        ("F32Attr", "1.5f", "f32 = 1.5"),
        ("F32Attr", "2.", "f32 = 2.0"),
        ("BoolAttr", "true", "bool = true"),
        ("BoolAttr", "false", "bool = false"),
        ("StrAttr", '"a \\"b\\""', 'string = "a \\"b\\""'),
        ("StrAttr", "plain words", 'string = opaque("plain words")'),
        ("StrAttr", "call()", 'string = opaque("call()")'),
        ("ArrayAttr", "{}", "array = []"),
        ("DenseI64ArrayAttr", "{ }", "dense_array<i64> = []"),
        ("ArrayAttr", "::llvm::ArrayRef<int64_t>{}", "array = []"),
        ("I64Attr", "{}", "i64 = 0"),
        ("I64Attr", "3 * 4", "i64 = 12"),
        ("I64Attr", "", "i64"),
    ],
)
def test_a_default(constraint: str, text: str, expected: str) -> None:
    dump = Dump()
    dump.add("Attr", constraint)
    reference = dump.add("DefaultValuedAttr", baseAttr={"kind": "def", "def": constraint}, defaultValue=text)
    assert attribute(dump, reference) == f"attr {expected}"


def test_a_default_of_an_enum_is_one_of_its_cases() -> None:
    dump = Dump()
    cases = [dump.add("EnumCase", symbol=name, value=number) for number, name in enumerate(("Fine", "Coarse"))]
    names = {"className": "Grind", "cppNamespace": "::mine"}
    enum = dump.add("EnumInfo EnumAttrInfo", "Grind", enumerants=cases, **names)

    def with_default(text: str) -> str:
        return attribute(dump, dump.add("DefaultValuedAttr", baseAttr=enum, defaultValue=text))

    assert with_default("::mine::Grind::Coarse") == "attr enum Grind = Coarse"
    assert with_default("::mine::Grind::Medium") == 'attr enum Grind = opaque("::mine::Grind::Medium")'
    dialect = dump.add("Dialect", "Mine_Dialect", name="mine", cppNamespace="::mine")
    names = {"mnemonic": "grind", "cppClassName": "GrindAttr"}
    defined = dump.add("AttrDef EnumAttr", "Mine_Grind", dialect=dialect, enum=enum, **names)
    other = dump.add("AttrDef", "Mine_Other", dialect=dialect, enum=enum, mnemonic="other", cppClassName="OtherAttr")
    for base, expected in ((defined, "attr mine.grind = Coarse"), (other, 'attr mine.other = opaque("Grind::Coarse")')):
        assert attribute(dump, dump.add("Defaulted", baseAttr=base, defaultValue="Grind::Coarse")) == expected


def test_a_builder_that_writes_the_quotes_itself() -> None:
    dump = Dump()
    dump.add("Attr", "StrAttr")
    builder = {"baseAttr": {"kind": "def", "def": "StrAttr"}, "constBuilderCall": '$_builder.getStringAttr("$0")'}
    reference = dump.add("DefaultValuedAttr", defaultValue="plain words", **builder)
    assert attribute(dump, reference) == 'attr string = "plain words"'


def refused(dump: Dump, reference: dict[str, str]) -> list[tuple[str, Location]]:
    reader = reader_of(dump)
    reader.declaration(dump.read(reference))
    return [(found.message, found.location) for found in reader.refused]


def test_a_default_that_its_own_attribute_refuses_is_a_warning_at_its_place(tmp_path: Path) -> None:
    source = tmp_path / "Mine.td"
    source.write_text('def A : I;\ndef B : D<SI8Attr, "200">;\n', encoding="utf-8")
    dump = Dump()
    base = dump.add("Attr", "SI8Attr")
    fields = {"baseAttr": base, "defaultValue": "200"}
    wrong = dump.add("DefaultValuedAttr", "", **fields, **{"!locs": [f"{source}:2"]})
    message = "the default is `200`, accepted is an integer of -128 to 127"
    assert refused(dump, wrong) == [(message, Location(str(source), 2, 21))]
    assert attribute(dump, wrong) == 'attr si8 = opaque("200")'
    gone = dump.add("DefaultValuedAttr", "", **fields, **{"!locs": ["Gone.td:3"]})
    assert refused(dump, gone) == [(message, Location("Gone.td", 3))]
    assert refused(dump, dump.add("DefaultValuedAttr", **fields)) == [(message, Location("<records>"))]
    assert refused(dump, dump.add("DefaultValuedAttr", baseAttr=base, defaultValue="kMine")) == []
    assert refused(dump, dump.add("DefaultValuedAttr", baseAttr=base, defaultValue="100")) == []
