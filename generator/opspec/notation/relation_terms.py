"""What relations are made of: terms, claims, and what has to be gone through before a claim.

The generator and the runtime share this module; `relations` has the text form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

__all__ = [
    "Call",
    "Claim",
    "Comparison",
    "For",
    "Item",
    "Membership",
    "Name",
    "Number",
    "Opaque",
    "Relation",
    "Since",
    "Step",
    "Sum",
    "Term",
    "Text",
    "When",
    "counted",
    "counted_claim",
    "terms_in",
]


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number."""

    value: int


@dataclass(frozen=True, slots=True)
class Text:
    """The text of an attribute or of an enum's case, e.g. `"transpose"`."""

    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """An operand, a result, an attribute, a region, or what `for` counts."""

    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """One of several, e.g. `strides[i]`."""

    of: Term
    index: Term


@dataclass(frozen=True, slots=True)
class Call:
    """A function, e.g. `rank(operand)`."""

    function: str
    arguments: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Two terms with `+`, `-` or `*` between them."""

    operator: str
    left: Term
    right: Term


Term: TypeAlias = "Number | Text | Name | Item | Call | Sum"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Terms with an operator between each two, e.g. `0 <= dimension < rank(operand)`."""

    terms: tuple[Term, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """A type of some kinds (`element(c) is not complex`), or what a symbol means (`symbol(fn) is func.func`).

    `symbol(fn) is function` takes every operation that is a function; `fn is given` says that a part is there.
    """

    term: Term
    words: tuple[str, ...]
    negated: bool = False


Claim: TypeAlias = "Comparison | Membership"


@dataclass(frozen=True, slots=True)
class For:
    """The rest holds for each number from 0 on that is below the bound."""

    name: str
    bound: Term


@dataclass(frozen=True, slots=True)
class When:
    """The rest holds where the claim does."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class Since:
    """The rest holds from a release on."""

    release: str


@dataclass(frozen=True, slots=True)
class Opaque:
    """A rule in words: only C++ can check it."""

    words: str


Step: TypeAlias = "For | When | Since"


@dataclass(frozen=True, slots=True)
class Relation:
    """A claim, and what has to be gone through before it."""

    steps: tuple[Step, ...]
    claim: Claim | Opaque


def counted(term: Term, numbers: Mapping[str, int]) -> Term:
    """The term with numbers in place of the names that count."""
    match term:
        case Name(name) if name in numbers:
            return Number(numbers[name])
        case Item(of, index):
            return Item(counted(of, numbers), counted(index, numbers))
        case Call(function, arguments):
            return Call(
                function, tuple(counted(argument, numbers) for argument in arguments)
            )
        case Sum(operator, left, right):
            return Sum(operator, counted(left, numbers), counted(right, numbers))
        case _:
            return term


def counted_claim(claim: Claim, numbers: Mapping[str, int]) -> Claim:
    """The claim with numbers in place of the names that count."""
    if isinstance(claim, Membership):
        return Membership(counted(claim.term, numbers), claim.words, claim.negated)
    return Comparison(
        tuple(counted(term, numbers) for term in claim.terms), claim.operators
    )


def terms_in(relation: Relation) -> Iterator[Term]:
    """Every term, those inside others too."""
    for step in relation.steps:
        if isinstance(step, For):
            yield from _inside(step.bound)
        elif isinstance(step, When):
            yield from _of_claim(step.claim)
    if not isinstance(relation.claim, Opaque):
        yield from _of_claim(relation.claim)


def _of_claim(claim: Claim) -> Iterator[Term]:
    for term in (claim.term,) if isinstance(claim, Membership) else claim.terms:
        yield from _inside(term)


def _inside(term: Term) -> Iterator[Term]:
    yield term
    match term:
        case Item(of, index):
            yield from _inside(of)
            yield from _inside(index)
        case Call(_, arguments):
            for argument in arguments:
                yield from _inside(argument)
        case Sum(_, left, right):
            yield from _inside(left)
            yield from _inside(right)
        case _:
            return
