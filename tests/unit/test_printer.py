"""Facts with names and texts that YAML has its own ideas about are printed so that they read back."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opspec.diagnostics import Diagnostics
from opspec.model.constraints import AnyConstraint, Attribute, AttributeKind, Value
from opspec.model.dialect import (
    AttributeDefinition,
    Dialect,
    Enum,
    EnumCase,
    NamedAttribute,
    NamedParameter,
    NamedValue,
    Operation,
    Region,
    Successor,
)
from opspec.spec.facts import build_dialect
from opspec.spec.printer import print_dialect
from opspec.spec.reading import read_yaml
from opspec.spec.schema import validate
from tests.unit import strategies

YAML_WORDS = ("yes", "no", "on", "off", "null", "true", "false", "none", "y", "n", "True", "NULL", "Off", "_0", "e1")


def reread(dialect: Dialect) -> Dialect:
    text = print_dialect(dialect)
    diagnostics = Diagnostics()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dialect.yaml"
        path.write_bytes(text.encode())
        root = read_yaml(path, diagnostics, "dialect.yaml")
    assert root is not None, diagnostics.found
    validate(root, "dialect", diagnostics)
    assert diagnostics.found == [], text
    return build_dialect(root, diagnostics)


@pytest.mark.parametrize("word", YAML_WORDS)
def test_words_of_yaml_are_names_like_any_other(word: str) -> None:
    cases = (EnumCase(word, 0, word), EnumCase("other", 1, word))
    operation = Operation(
        word,
        "SomeOp",
        (NamedValue(word, Value(AnyConstraint())),),
        (NamedValue(word, Value(AnyConstraint())),),
        interfaces=(word,),
        format=word,
    )
    dialect = Dialect(word, (Enum(word, "i32", cases),), operations=(operation,))
    assert reread(dialect) == dialect


def test_names_in_every_section_may_be_words_of_yaml() -> None:
    operation = Operation(
        "op",
        "Op",
        regions=(Region("yes", strategies.RegionConstraint(1)),),
        successors=(Successor("no"),),
    )
    dialect = Dialect("d", operations=(operation,))
    assert reread(dialect) == dialect


@given(strategies.literals)
def test_every_default_reads_back(literal: object) -> None:
    attribute = NamedAttribute("a", Attribute(AttributeKind.STRING, False, literal))  # type: ignore[arg-type]
    dialect = Dialect("d", operations=(Operation("op", "Op", (attribute,)),))
    assert reread(dialect) == dialect


@given(st.lists(strategies.traits, max_size=4).map(tuple), st.lists(strategies.dotted, max_size=30).map(tuple))
def test_every_list_reads_back(traits: tuple[strategies.Trait, ...], interfaces: tuple[str, ...]) -> None:
    dialect = Dialect("d", operations=(Operation("op", "Op", traits=traits, interfaces=interfaces),))
    assert reread(dialect) == dialect


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).filter(
        lambda text: text == text.strip()
    )
)
def test_every_format_and_case_text_reads_back(text: str) -> None:
    """A format is one line without space around it; that is how extraction makes it."""
    definition = AttributeDefinition("m", "M", (), f"`{text.replace('`', '')}`")
    bits = Enum("E", "i32", (EnumCase("a", 1, text),), bits=True, separator=text)
    dialect = Dialect("d", (bits,), (definition,), operations=(Operation("op", "Op", format=text),))
    assert reread(dialect) == dialect


@given(strategies.parameters)
def test_every_parameter_reads_back(parameter: strategies.Parameter) -> None:
    definition = AttributeDefinition("m", "M", (NamedParameter("p", parameter),), None)
    dialect = Dialect("d", attributes=(definition,))
    assert reread(dialect) == dialect


@pytest.mark.parametrize(
    "text", ["a, b", "a: b", "{a}", "[a]", "? a", "# a", "'a", '"a', "a #b", "-", "1", "&a", "*a", "!a"]
)
def test_the_text_of_a_case_may_hold_what_yaml_uses(text: str) -> None:
    dialect = Dialect("d", (Enum("E", "i32", (EnumCase("a", 1, text),)),))
    assert reread(dialect) == dialect


@pytest.mark.parametrize("separator", [",", "|", ", ", " | "])
def test_the_separator_of_bits_keeps_its_spaces(separator: str) -> None:
    dialect = Dialect("d", (Enum("E", "i32", (EnumCase("a", 1, "a"),), bits=True, separator=separator),))
    assert reread(dialect) == dialect


def test_provenance_stays_text() -> None:
    dialect = Dialect("d", provenance=(("commit", "12345678"), ("short", "1e5"), ("date", "2026-08-21"), ("x", "0x1f")))
    assert reread(dialect) == dialect


def test_the_same_facts_give_the_same_text() -> None:
    dialect = Dialect("d", operations=(Operation("b", "B"), Operation("a", "A")))
    text = print_dialect(dialect, "some/schema.json")
    assert text == (
        "# yaml-language-server: $schema=some/schema.json\n"
        "# Facts, written by `opspec extract`. Do not edit: words and choices belong in overlay.yaml.\n"
        "schema: opspec/dialect/1\n"
        "dialect: d\n"
        "\n"
        "operations:\n"
        "  b:\n"
        "    class: B\n"
        "\n"
        "  a:\n"
        "    class: A\n"
    )
