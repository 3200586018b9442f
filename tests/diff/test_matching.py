"""What counts as moved and as renamed: the borders of both."""

from __future__ import annotations

import pytest

from opspec.diff.changes import Candidate
from opspec.diff.compare import compare
from opspec.diff.guesses import part_candidate
from opspec.diff.matching import THRESHOLD, Evidence, match, moved, similarity, weighed
from opspec.diff.rule import Example
from tests.diff.loading import sides_of


def _scored(score: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is paired and what remains where each old thing resembles each new one that much."""
    found = match(("a",), ("b",), str, lambda old, new, same: Candidate(score, ()))
    return tuple(pair.new for pair in found.pairs), found.removed


def test_things_that_are_just_like_enough_are_one() -> None:
    assert THRESHOLD == 0.6
    assert _scored(0.6) == (("b",), ())
    assert _scored(0.5999) == ((), ("a",))


def test_the_likeliest_is_taken_first_and_each_thing_once() -> None:
    scores = {("a", "x"): 0.7, ("a", "y"): 0.9, ("b", "y"): 0.95, ("b", "x"): 0.6, ("c", "x"): 0.65, ("c", "y"): 0.6}
    found = match(("a", "b", "c", "d"), ("x", "y", "d"), str, lambda a, b, same: Candidate(scores[a, b], ()))
    assert [(pair.old, pair.new, pair.candidate is None) for pair in found.pairs] == [
        ("a", "x", False),
        ("b", "y", False),
        ("d", "d", True),
    ]
    assert (found.removed, found.added) == (("c",), ())
    assert found.renames() == (("x", "a"), ("y", "b"))
    assert found.names() == {"a": "x", "b": "y", "d": "d"}


def test_a_candidate_is_asked_whether_both_stand_at_the_same_position() -> None:
    asked = []

    def candidate(old: str, new: str, same: bool) -> Candidate:
        asked.append((old, new, same))
        return Candidate(0, ())

    match(("a", "k", "b"), ("x", "k", "y"), str, candidate)
    assert asked == [("a", "x", True), ("a", "y", False), ("b", "x", False), ("b", "y", True)]


@pytest.mark.parametrize(
    ("first", "second", "same_position", "score"),
    [
        (("a", "i32", "i32"), ("a", "i32", "i32"), True, 1.0),
        (("a", "i32", "i32"), ("z", "i32", "i32"), True, 0.7),
        (("a", "i32", "i32"), ("z", "i32", "i32"), False, 0.45),
        (("a", "variadic i32", "i32"), ("z", "i32", "i32"), True, 0.475),
        (("a", "i32", "i32"), ("z", "f32", "f32"), True, 0.25),
        (("size", "i32", "i32"), ("sizes", "f32", "f32"), True, 0.5167),
    ],
)
def test_how_much_speaks_for_two_parts_being_one(
    first: tuple[str, str, str], second: tuple[str, str, str], same_position: bool, score: float
) -> None:
    assert part_candidate(first, second, same_position=same_position).score == score
    assert part_candidate(second, first, same_position=same_position).score == score


def test_only_what_is_at_least_half_true_is_a_reason_the_weightiest_first() -> None:
    found = weighed(Evidence(0.2, 1.0, "light"), Evidence(0.6, 0.5, "heavy"), Evidence(0.2, 0.49, "no"))
    assert found.why == ("heavy", "light")
    assert found.score == 0.598
    assert str(found) == "score 0.60: heavy, light"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("fullSize", "full_size", 1.0), ("abc", "abc", 1.0), ("abc", "xyz", 0.0), ("ab", "ac", 0.5)],
)
def test_how_alike_names_are(first: str, second: str, expected: float) -> None:
    assert similarity(first, second) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", ""),
        ("abc", "bca", "a"),
        ("abc", "cab", "c"),
        ("abcd", "badc", "bd"),
        ("", "", ""),
    ],
)
def test_the_least_things_move(old: str, new: str, expected: str) -> None:
    found = moved(old, new)
    assert len(found) == len(expected)
    assert set(found) == set(moved(new, old))
    assert [name for name in old if name not in found] == [name for name in new if name not in found]


def test_the_lightest_things_move() -> None:
    assert moved("ab", "ba", lambda name: 1000 if name == "a" else 1) == ("b",)
    assert moved("ab", "ba", lambda name: 1000 if name == "b" else 1) == ("a",)
    assert moved("abc", "cab", lambda name: 1000 if name == "c" else 1) == ("a", "b")


_COPY = "operations: {{copy: {{class: CopyOp, {0}}}}}"
_STRUCTURE = ("Terminator", "NoTerminator", "SingleBlockImplicitTerminator", "GraphRegionNoTerminator")
_FREEING = ("IsolatedFromAbove", "SingleBlock", "NoRegionArguments", "SymbolTable", "Symbol")


@pytest.mark.parametrize(
    ("trait", "added", "removed"),
    [
        *((name, ("structure-trait-added", ""), ("structure-trait-removed", "")) for name in _STRUCTURE),
        *((name, ("structure-trait-added", ""), ("structure-trait-removed", "frees")) for name in _FREEING),
        *(
            (name, ("segments-added", ""), ("segments-removed", ""))
            for name in ("AttrSizedOperandSegments", "AttrSizedResultSegments")
        ),
        *(
            (name, ("type-relation-added", ""), ("type-relation-removed", ""))
            for name in ("SameOperandsShape", "SameOperandsElementType", "SameTypeOperands", "AllTypesMatch(a, b)")
        ),
        *(
            (name, ("type-relation-added", "only in C++"), ("type-relation-removed", ""))
            for name in ("SameOperandsAndResultRank", "Elementwise", "Scalarizable", "Vectorizable", "Tensorizable")
        ),
        *((name, ("trait-added", ""), ("trait-removed", "")) for name in ("Pure", "Commutative", "ConstantLike")),
    ],
)
def test_what_a_trait_that_comes_or_goes_is(trait: str, added: tuple[str, str], removed: tuple[str, str]) -> None:
    parts = "arguments: {a: f64, b: f64}"
    one, two = _COPY.format(parts), _COPY.format(f"traits: ['{trait}'], {parts}")
    told = [
        [(change.rule, change.variant) for change in compare(*sides_of(Example(*sides)))]
        for sides in ((one, two), (two, one))
    ]
    assert told == [[added], [removed]]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("a: variadic any", "a: optional any", "operand-made-single"),
        ("a: optional any", "a: variadic any", "operand-made-variadic"),
        ("a: attr string", "a: attr symbol_name", "attribute-constraint-narrowed"),
        ("a: attr symbol_name", "a: attr string", "attribute-constraint-widened"),
        ("a: attr i64 = 1", "a: attr i64 = 1", ""),
        ("a: attr i64 = 1", "a: attr i64 = 2", "attribute-default-changed"),
    ],
)
def test_what_an_argument_that_is_declared_otherwise_is(old: str, new: str, rule: str) -> None:
    sides = [_COPY.format(f"arguments: {{{text}}}") for text in (old, new)]
    found = compare(*sides_of(Example(*sides)))
    assert [change.rule for change in found] == ([rule] if rule else [])
    for change in found:
        assert change.old is not None and change.new is not None
        assert change.old.facts in old and change.new.facts in new
