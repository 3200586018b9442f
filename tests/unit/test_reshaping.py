"""Operations of a spec as a binary has them: which parts are the same, by their order, their types and their words."""

from __future__ import annotations

import pytest

from opspec.learn.marks import Marks, marks_of
from opspec.learn.reshaping import reshaped
from opspec.model.constraints import Attribute, AttributeKind
from opspec.model.dialect import NamedAttribute, NamedValue, Operation, Region
from opspec.notation import parse_region, parse_value

ATTRIBUTE = NamedAttribute("name", Attribute(AttributeKind.STRING))
NO_WORDS = Marks({}, {})


def values(line: str) -> tuple[NamedValue, ...]:
    """Operands or results of a text such as `a:i1 b:optional_f64`."""
    pairs = (each.split(":") for each in line.split())
    return tuple(NamedValue(name, parse_value(text.replace("_", " "))) for name, text in pairs)


def shown(parts: tuple[NamedValue, ...]) -> list[tuple[str, object]]:
    return [(one.name, one.value) for one in parts]


@pytest.mark.parametrize(
    ("declared", "learnt", "expected"),
    [
        ("a:i1 b:f64", "operand_0:i1 operand_1:f64", "a:i1 b:f64"),
        ("a:i1 b:f64", "operand_0:i1 operand_1:i8 operand_2:f64", "a:i1 operand_1:i8 b:f64"),
        ("a:i1 b:f64", "operand_0:i1 operand_1:f64 operand_2:f32", "a:i1 b:f64 operand_2:f32"),
        ("a:i1 b:f64", "operand_0:f64", "b:f64"),
        ("a:i1 b:f64", "operand_0:i1 operand_1:f32", "a:i1 b:f32"),
        ("a:i1 b:f64", "operand_0:i1 operand_1:optional_f64", "a:i1 operand_1:optional_f64"),
        ("a:i1 b:f64", "operand_0:i8", "operand_0:i8"),
        ("operand_0:i1", "operand_0:i8 operand_1:i1", "operand_2:i8 operand_0:i1"),
        ("operand_0:i1 operand_1:i1", "operand_0:i1 operand_1:i1", "operand_0:i1 operand_1:i1"),
        ("a:i1", "", ""),
        ("", "operand_0:i1", "operand_0:i1"),
        # which of the ones that are alike is new does not follow from their types
        ("a:i1", "operand_0:i1 operand_1:i1", None),
        ("a:i1 b:i1", "operand_0:i1", None),
        ("a:i1 b:f64", "operand_0:f64 operand_1:i1", None),
    ],
)
def test_parts_that_are_alike_keep_their_names(declared: str, learnt: str, expected: str | None) -> None:
    ours, theirs = values(declared), values(learnt)
    for part in ("operands", "results"):
        kept = (*ours[:1], ATTRIBUTE, *ours[1:]) if part == "operands" else (ATTRIBUTE,)
        spec = Operation("o", "Op", arguments=kept, results=ours if part == "results" else ())
        other = Operation("o", "Op", arguments=theirs if part == "operands" else ())
        other = other if part == "operands" else Operation("o", "Op", results=theirs)
        found = reshaped(spec, other, NO_WORDS)
        wanted = None if expected is None else shown(values(expected))
        assert (None if found is None else shown(getattr(found, part))) == wanted
        assert found is None or found.attributes == (ATTRIBUTE,)


SPEC = Operation(
    "o",
    "Op",
    arguments=values("first:optional_f64 second:optional_f64"),
    results=values("value:f64 state:f64"),
    format="(`from` `=` $first^)? (`to` $second^)? attr-dict `:` type($value)",
)


def test_an_operation_tells_words_by_its_format_and_its_results() -> None:
    assert marks_of(SPEC) == Marks({"first": "from", "second": "to"}, {"value": "value", "state": "state"})
    assert marks_of(Operation("o", "Op")) == NO_WORDS


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("from by to", "first by second"),
        ("by from to", "by first second"),
        ("from to by", "first second by"),
        ("from to", None),  # one has no word
        ("from from to", None),  # one word stands at two
        ("to by from", None),  # the order is another one
    ],
)
def test_words_tell_apart_what_is_alike(words: str, expected: str | None) -> None:
    learnt = Operation("o", "Op", arguments=values(" ".join(f"operand_{i}:optional_f64" for i in range(3))))
    told = {f"operand_{i}": word for i, word in enumerate(words.split())}
    found = reshaped(Operation("o", "Op", SPEC.arguments, format=SPEC.format), learnt, Marks(told, {}, frozenset(told)))
    assert (None if found is None else [each.name for each in found.operands]) == (expected and expected.split())


def test_a_new_result_has_the_name_that_is_printed() -> None:
    learnt = Operation("o", "Op", results=values("result_0:f64 result_1:f64 result_2:f64"))
    told = {"result_0": "value", "result_1": "logs", "result_2": "state"}
    spec = Operation("o", "Op", results=SPEC.results)
    found = reshaped(spec, learnt, Marks({}, told, frozenset(told)))
    assert found is not None
    assert [each.name for each in found.results] == ["value", "logs", "state"]
    # a word that only stands before it is no name, nor is one that something of the spec has
    found = reshaped(spec, learnt, Marks({}, told))
    assert found is not None
    assert [each.name for each in found.results] == ["value", "result_1", "state"]
    taken = Operation("o", "Op", (NamedAttribute("logs", ATTRIBUTE.attribute),), SPEC.results)
    found = reshaped(taken, learnt, Marks({}, told, frozenset(told)))
    assert found is not None
    assert [each.name for each in found.results] == ["value", "result_1", "state"]


def test_regions_are_told_by_their_blocks() -> None:
    def regions(*pairs: str) -> tuple[Region, ...]:
        return tuple(Region(name, parse_region(text)) for name, text in (pair.split(":") for pair in pairs))

    spec = Operation("o", "Op", regions=regions("body:any"))
    for learnt, expected in (
        (regions("region_0:any"), regions("body:any")),
        (regions("region_0:blocks 1", "region_1:any"), regions("region_0:blocks 1", "body:any")),
        (regions("region_0:blocks 1"), regions("body:blocks 1")),
        (regions("region_0:variadic any"), regions("region_0:variadic any")),
        ((), ()),
    ):
        found = reshaped(spec, Operation("o", "Op", regions=learnt), NO_WORDS)
        assert found is not None
        assert found.regions == expected
    assert reshaped(spec, Operation("o", "Op", regions=regions("region_0:any", "region_1:any")), NO_WORDS) is None
