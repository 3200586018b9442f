"""Relations: text and back, what is no relation, and whether one holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opspec.notation.relation_checks import UNKNOWN, failures_of
from opspec.notation.relation_terms import (
    Call,
    Comparison,
    For,
    Item,
    Membership,
    Name,
    Number,
    Opaque,
    Relation,
    Since,
    Sum,
    Term,
    Text,
    When,
)
from opspec.notation.relations import FUNCTIONS, RelationError, parse_relation, print_relation

NAMES = st.sampled_from(["operand", "results", "dimension", "x1", "_0", "A"])
WORDS = st.text("abcXYZ `'(<:", min_size=1, max_size=8)


def _calls(terms: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    return st.sampled_from(sorted(FUNCTIONS)).flatmap(
        lambda name: st.lists(terms, min_size=FUNCTIONS[name], max_size=FUNCTIONS[name]).map(
            lambda arguments: Call(name, tuple(arguments))
        )
    )


TERMS: st.SearchStrategy[Term] = st.recursive(
    st.one_of(NAMES.map(Name), st.integers(-9, 99).map(Number), WORDS.map(Text)),
    lambda inner: st.one_of(
        _calls(inner),
        st.builds(Item, inner, inner),
        st.builds(Sum, st.sampled_from(["+", "-", "*"]), inner, inner),
    ),
    max_leaves=6,
)
COMPARISONS = st.lists(TERMS, min_size=2, max_size=3).flatmap(
    lambda terms: st.lists(
        st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), min_size=len(terms) - 1, max_size=len(terms) - 1
    ).map(lambda signs: Comparison(tuple(terms), tuple(signs)))
)
MEMBERSHIPS = st.builds(
    Membership,
    TERMS,
    st.lists(st.sampled_from(["complex", "func.func", "given"]), min_size=1).map(tuple),
    st.booleans(),
)
CLAIMS = st.one_of(COMPARISONS, MEMBERSHIPS)
STEPS = st.one_of(
    st.builds(For, st.sampled_from(["i", "r"]), TERMS), st.builds(When, CLAIMS), st.builds(Since, st.just("0.0.16"))
)
RELATIONS = st.builds(Relation, st.lists(STEPS, max_size=2).map(tuple), st.one_of(CLAIMS, st.builds(Opaque, WORDS)))


@given(RELATIONS)
def test_every_relation_comes_back(relation: Relation) -> None:
    assert parse_relation(print_relation(relation)) == relation


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("", "found the end of the text, expected a number, a name or a function", 0),
        ("rank(x)", "found the end of the text, expected a comparison such as '<'", 7),
        ("rank(x) <", "found the end of the text, expected a number, a name or a function", 9),
        ("rnk(x) < 1", f"unknown function 'rnk', expected one of {', '.join(FUNCTIONS)}", 0),
        ("dim(x) < 1", "'dim' takes 2 arguments, not 1", 0),
        ("rank(x, 1) < 1", "'rank' takes 1 argument, not 2", 0),
        ("a < b c", "found 'c', expected the end of the text", 6),
        ("a = b", "unexpected character '='", 2),
        ("for 3 < n: a < b", "found '3', expected a name that counts, such as 'i'", 4),
        ("for i < n a < b", "found 'a', expected ':'", 10),
        ("when a: b < c", "found ':', expected a comparison such as '<'", 6),
        ("since 1: a < b", "found '1', expected a release in quotes", 6),
        ("opaque words", "found 'words', expected a rule in quotes", 7),
        ("a is 3", "found '3', expected a kind of type, or an operation", 5),
        ("a[1 < b", "found '<', expected ']'", 4),
        ("(" * 30 + "a" + ")" * 30 + " < 1", "nested more than 20 deep", 20),
    ],
)
def test_what_is_no_relation_is_told(text: str, message: str, offset: int) -> None:
    with pytest.raises(RelationError) as caught:
        parse_relation(text)
    assert (caught.value.message, caught.value.offset) == (message, offset)


@dataclass
class Subject:
    """Types are pairs of an element and sizes."""

    parts: dict[str, Any]
    single: frozenset[str] = frozenset({"x", "y"})
    regions: dict[str, Any] = field(default_factory=dict)

    def part(self, name: str) -> Any:
        return self.parts.get(name, UNKNOWN)

    def is_given(self, name: str) -> bool:
        return name in self.parts

    def is_single(self, name: str) -> bool:
        return name in self.single

    def shape(self, given: Any) -> Sequence[int | None] | None:
        return given[1]

    def is_shaped(self, given: Any) -> bool:
        return given[1] is not None

    def element(self, given: Any) -> Any:
        return given[0]

    def is_of(self, given: Any, word: str) -> bool:
        return bool(given == word)

    def signature(self, given: Any) -> tuple[Sequence[Any], Sequence[Any]] | None:
        return given if isinstance(given, tuple) else None

    def region(self, name: str) -> tuple[Sequence[Any], Sequence[Any]] | None:
        return self.regions.get(name)

    def symbol(self, given: Any) -> tuple[str, bool] | None:
        return given, given.startswith("func")

    def is_since(self, release: str) -> bool:
        return release <= "2"


SUBJECT = Subject(
    {
        "x": (("f64", [4, None]),),
        "y": (("f64", [4, 6]),),
        "results": (("f64", [4, 6]), ("f32", [4, 6])),
        "n": 3,
        "list": [1, 2, 3],
        "fn": "func.func",
        "case": "none",
        "nothing": "",
    },
    regions={"body": ([("f64", [4, 6])], [])},
)


@pytest.mark.parametrize(
    "text",
    [
        "0 <= n < 4",
        "dim(x, 1) == 9",
        "dim(x, 7) == 9",
        "n == missing",
        "type(x) == type(y)",
        "type(results[0]) == type(y)",
        "type(arguments(body)[0]) == type(y)",
        "count(arguments(body)) == count(results) - 1",
        "size(list) == n",
        "list[-1] == 9",
        "ceildiv(n, 2) == 2",
        "ceildiv(n, 3) == 1",
        "ceildiv(n, 4) == 1",
        "ceildiv(n, 0) == 2",
        "ceildiv(n, 0 - 1) == 9",
        "ceildiv(missing, 2) == 9",
        "ceildiv(list, 2) == 9",
        "ceildiv(n, missing) == 9",
        "ceildiv(n, case) == 9",
        "dim(x, 0) == 4",
        "dim(missing, 0) == 9",
        "dim(x, missing) == 9",
        "dim(x, 2) == 9",
        "rank(missing) == 9",
        "rank(n) == 9",
        "size(missing) == 9",
        "size(n) == 9",
        "n + missing == 9",
        "n - case == 9",
        "n - 1 == 2",
        "n + 1 == 4",
        "list[3] == 9",
        "list[2] == 3",
        "list[0] == 1",
        "list[missing] == 9",
        "type(results[2]) == type(x)",
        "type(missing) == type(x)",
        "type(n) == type(x)",
        "symbol(missing) is function",
        "symbol(nothing) is function",
        "element(missing) is f64",
        "type(x) != type(results[1])",
        "n != 4",
        "4 > n >= 3",
        "size(list) <= 3",
        'case != "other"',
        'case == "none"',
        "n * (1 + 1) == 6",
        "for i < size(list): list[i] == i + 1",
        "for i < missing: n == 9",
        'when case == "other": n == 9',
        'since "3": n == 9',
        "symbol(fn) is function",
        "symbol(fn) is llvm.func | func.func",
        "element(x) is f64",
        "missing is not given",
        'opaque "n is 9"',
        "case == 3",
    ],
)
def test_what_holds_or_is_not_known_is_not_reported(text: str) -> None:
    assert list(failures_of(parse_relation(text), SUBJECT)) == []


@pytest.mark.parametrize(
    ("text", "part", "given_", "accepted"),
    [
        ("4 <= n", "n", "3", "4 <= n"),
        ("symbol(case) is func.func", "symbol(case)", "none", "symbol(case) is func.func"),
        ("ceildiv(n, 2) == 1", "ceildiv(n, 2)", "2", "ceildiv(n, 2) == 1"),
        ("n - 1 == 9", "n - 1", "2", "n - 1 == 9"),
        ("n * 2 == 9", "n * 2", "6", "n * 2 == 9"),
        ("n + 1 == 9", "n + 1", "4", "n + 1 == 9"),
        ("n != 3", "n", "3", "n != 3"),
        ("n > 3", "n", "3", "n > 3"),
        ("3 > n", "n", "3", "3 > n"),
        ("n >= 4", "n", "3", "n >= 4"),
        ("n <= 2", "n", "3", "n <= 2"),
        ("n < 3", "n", "3", "n < 3"),
        ("0 <= n < 3", "n", "3", "0 <= n < 3"),
        ("list[2] == 9", "list[2]", "3", "list[2] == 9"),
        ("size(list) == 2", "size(list)", "3", "size(list) == 2"),
        ("rank(x) == 1", "rank(x)", "2", "rank(x) == 1"),
        ('case == "other"', "case", "none", 'case == "other"'),
        ("element(x) is complex", "element(x)", "f64", "element(x) is complex"),
        ("n < rank(x)", "n", "3", "n < rank(x), where rank(x) is 2"),
        ("dim(x, 0) == dim(y, 1)", "dim(x, 0)", "4", "dim(x, 0) == dim(y, 1), where dim(y, 1) is 6"),
        ("for i < size(list): list[i] < 2", "list[1]", "2", "list[1] < 2"),
        (
            "for r < count(results): type(results[r]) == type(y)",
            "results[1]",
            "of type ('f32', [4, 6])",
            "type(results[1]) == type(y), where type(y) is ('f64', [4, 6])",
        ),
        ('when case == "none": n == 9', "n", "3", "n == 9"),
        ('since "1": n == 9', "n", "3", "n == 9"),
        ("symbol(fn) is llvm.func", "symbol(fn)", "func.func", "symbol(fn) is llvm.func"),
        ("fn is not given", "fn", "func.func", "fn is not given"),
        ("missing is given", "missing", "not given", "missing is given"),
        ("count(results) == 1", "count(results)", "2", "count(results) == 1"),
    ],
)
def test_what_does_not_hold_is_told(text: str, part: str, given_: str, accepted: str) -> None:
    (failure,) = failures_of(parse_relation(text), SUBJECT)
    assert (failure.part, failure.given, failure.accepted) == (part, given_, accepted)
