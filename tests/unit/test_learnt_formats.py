"""Assembly formats told from what drafts are printed as: what shows a format, and what does not."""

from __future__ import annotations

import pytest

from opspec.learn.composing import MARK, Samples, compose
from opspec.learn.formats import fits, print_format
from opspec.learn.printed import Printed, printed_line, read_printed
from opspec.model.constraints import (
    AnyConstraint,
    Attribute,
    AttributeKind,
    IntegerOf,
    Multiplicity,
    RegionConstraint,
    Value,
)
from opspec.model.dialect import NamedAttribute, NamedValue, Operation, Region
from opspec.probe.drafts import Draft

ANY = Value(AnyConstraint())
SEVERAL = Value(AnyConstraint(), Multiplicity.VARIADIC)
OPERATION = Operation(
    "o",
    "Op",
    arguments=(
        NamedValue("first", ANY),
        NamedValue("rest", SEVERAL),
        NamedAttribute("number", Attribute(IntegerOf("i", 64))),
        NamedAttribute("word", Attribute(AttributeKind.STRING, optional=True)),
    ),
    results=(NamedValue("result", ANY),),
)
DRAFT = Draft("d.o", ("f64", "i1"), (("number", "1 : i64"),), ("index",))


def _printed(draft: Draft, line: str, operation: Operation = OPERATION) -> Printed:
    text = f"module {{\n  func.func @probe_sample() {{\n    %0 = d.o {line}\n    return\n  }}\n}}\n"
    found = read_printed(operation, draft, text)
    assert found is not None
    return found


def _samples(fewer: str) -> Samples:
    """What the format of the test below prints; `fewer` is what it prints where there is no `$rest`."""
    base = "%arg0 [%arg1] at 1 : f64 -> index"
    return Samples(
        _printed(DRAFT, base),
        (
            _printed(DRAFT.changing("operands", 0, "i8"), "%arg0 [%arg1] at 1 : i8 -> index"),
            _printed(DRAFT.changing("results", 0, "i8"), "%arg0 [%arg1] at 1 : f64 -> i8"),
        ),
        {
            "number": (_printed(DRAFT.setting("number", "2 : i64"), "%arg0 [%arg1] at 2 : f64 -> index"),),
            "word": tuple(
                _printed(DRAFT.setting("word", word), f"%arg0 [%arg1] at 1 by {word} : f64 -> index")
                for word in ('"a"', '"b"')
            ),
        },
        _printed(DRAFT.setting(MARK, "unit"), f"%arg0 [%arg1] at 1 {{{MARK}}} : f64 -> index"),
        {"rest": _printed(Draft("d.o", ("f64",), DRAFT.attributes, ("index",)), fewer)},
    )


def test_a_format_is_composed_and_fits_what_several_changes_print() -> None:
    composed = compose(OPERATION, _samples("%arg0 at 1 : f64 -> index"))
    assert composed is not None
    texts = {print_format(pieces) for pieces in composed.orders}
    wanted = "$first (`[` $rest^ `]`)? `at` $number (`by` $word^)? attr-dict `:` type($first) `->` type($result)"
    assert wanted in texts
    assert len(texts) == 2  # nothing shows yet which of attr-dict and the word comes first
    draft = Draft("d.o", ("f64", "i1", "i8"), (("number", "2 : i64"), ("word", '"a"'), (MARK, "unit")), ("i8",))
    mixed = _printed(draft, f'%arg0 [%arg1, %arg2] at 2 by "a" {{{MARK}}} : f64 -> i8')
    fitting = [pieces for pieces in composed.orders if fits(pieces, mixed, composed.spelling)]
    assert [print_format(pieces) for pieces in fitting] == [wanted]


@pytest.mark.parametrize(
    ("line", "fitting"),
    [
        ("%arg0 [%arg1] at 1 : f64 -> index", True),
        ("%arg0 [%arg1] at 2 : f64 -> index", False),
        ("%arg0 [%arg1] at 1 : f64 -> f64", False),
        ("%arg0 [%arg1] at 1 : f64 -> index ,", False),
        ("%arg0 %arg1 at 1 : f64 -> index", False),
        ("%arg0 [%arg1] at 1 {number} : f64 -> index", False),
    ],
)
def test_what_is_printed_otherwise_does_not_fit(line: str, fitting: bool) -> None:
    composed = compose(OPERATION, _samples("%arg0 at 1 : f64 -> index"))
    assert composed is not None
    assert any(fits(pieces, _printed(DRAFT, line), composed.spelling) for pieces in composed.orders) is fitting


@pytest.mark.parametrize(
    "fewer",
    [
        "%arg0 none at 1 : f64 -> index",  # something else is printed where there is nothing
        "%arg0 [] at 7 : f64 -> index",  # and here something that has nothing to do with it
        "%arg0 [%arg1] : f64 -> index",  # what is not printed does not belong to it
    ],
)
def test_a_group_whose_lack_shows_otherwise_is_no_format(fewer: str) -> None:
    assert compose(OPERATION, _samples(fewer)) is None


def test_a_value_that_cannot_be_told_from_others_is_no_format() -> None:
    operation = Operation("o", "Op", arguments=(NamedAttribute("number", Attribute(IntegerOf("i", 64))),))
    draft = Draft("d.o", attributes=(("number", "1 : i64"),))
    for line, expected in (("1", "$number"), ("1, 1", None), ("2", None), ("no number", None)):
        composed = compose(operation, Samples(_printed(draft, line, operation), (), {"number": ()}, None, {}))
        assert (composed and print_format(composed.orders[0])) == expected, line


def test_regions_stand_for_their_text() -> None:
    operation = Operation("o", "Op", regions=(Region("body", RegionConstraint()),))
    text = "module {\n  func.func @f() {\n    d.o {\n      d.in {\n      }\n    } attributes {a}\n    return\n  }\n}\n"
    found = read_printed(operation, Draft("d.o", regions=("",)), text)
    assert found is not None
    assert found.tokens == ("$body", "attributes", "{", "a", "}")
    assert read_printed(operation, Draft("d.o"), text) is None


def test_a_type_that_is_written_without_its_dialect_is_that_type() -> None:
    operation = Operation("o", "Op", arguments=(NamedValue("first", ANY),), results=(NamedValue("result", ANY),))
    draft = Draft("d.o", ("!d.box<f64>",), results=("f64",))
    assert _printed(draft, "%arg0 : <f64>", operation).tokens == ("$first.0", ":", "!d.box<f64>")
    assert _printed(draft, "%arg0 : !d.box<f64> to f64", operation).tokens[2:] == ("!d.box<f64>", "to", "f64")


def test_a_word_that_ends_with_loc_is_no_location() -> None:
    assert printed_line("  %0 = d.alloc() : i1 loc(#loc3)\n", "d.alloc") == "d.alloc() : i1"
