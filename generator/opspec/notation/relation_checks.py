"""Whether relations hold for an operation; what is not known never refuses anything.

The generator and the runtime share this module: each has a `Subject` of its own.
"""

from __future__ import annotations

import operator
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeGuard

from .relation_terms import (
    Call,
    Claim,
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
    counted,
    counted_claim,
)
from .relations import print_claim, print_term

__all__ = ["UNKNOWN", "Failure", "Subject", "failures_of"]


class _Unknown:
    def __repr__(self) -> str:
        return "unknown"


UNKNOWN = _Unknown()
"""A value that is not known: a dynamic size, a part that is missing or not there yet."""


class Subject(Protocol):
    """An operation, as relations see it; types are whatever the subject gives."""

    @abstractmethod
    def part(self, name: str) -> Any:
        """An attribute as a number, text, truth or list of such; operands and results as the list of their types."""

    @abstractmethod
    def is_given(self, name: str) -> bool:
        """Whether an attribute is there, or an operand or result has values."""

    @abstractmethod
    def is_single(self, name: str) -> bool:
        """Whether the name stands for just one operand or result."""

    @abstractmethod
    def shape(self, given: Any) -> Sequence[int | None] | None:
        """The sizes of a type, None for each that is not known; None for a type that has no shape that is known."""

    @abstractmethod
    def is_shaped(self, given: Any) -> bool:
        """Whether a type has a shape or may have one."""

    @abstractmethod
    def element(self, given: Any) -> Any:
        """The type of a type's elements; the type itself where it has none."""

    @abstractmethod
    def is_of(self, given: Any, word: str) -> bool:
        """Whether a type is of a kind (`complex`, `float`, `integer`, `index`...)."""

    @abstractmethod
    def signature(self, given: Any) -> tuple[Sequence[Any], Sequence[Any]] | None:
        """The types that a function takes and returns; `given` is a part that holds its type or its symbol."""

    @abstractmethod
    def region(self, name: str) -> tuple[Sequence[Any], Sequence[Any]] | None:
        """The types of the arguments of a region's first block, and of the operands of what ends the last."""

    @abstractmethod
    def is_since(self, release: str) -> bool:
        """Whether the release in question is this one or a newer one."""

    @abstractmethod
    def symbol(self, given: Any) -> tuple[str, bool] | None:
        """The operation that a symbol means (empty for none), and whether it is a function; None without a table."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A relation that does not hold: which part, what it is, what is accepted."""

    part: str
    given: str
    accepted: str


_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    "<": operator.lt,
    ">=": operator.ge,
    ">": operator.gt,
}
_SUM: Mapping[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
_MOST = 4096
GIVEN = ("given",)
"""What a part is said to be that is there."""


@dataclass(frozen=True, slots=True)
class _Type:
    """A type as a value, so that it is compared as one."""

    type: Any


@dataclass(frozen=True, slots=True)
class _Symbol:
    """The operation that a symbol means."""

    name: str
    is_function: bool

    def is_any(self, words: Sequence[str]) -> bool:
        """Whether it is one of these operations, or a function where `function` is among them."""
        return self.name in words or (self.is_function and "function" in words)


@dataclass(frozen=True, slots=True)
class _Values:
    """Some operands or results."""

    types: tuple[Any, ...]


def failures_of(relation: Relation, subject: Subject) -> Iterator[Failure]:
    """Where the relation does not hold; of one that counts, the first place only."""
    if isinstance(relation.claim, Opaque):
        return
    for variables in _places(relation.steps, 0, _Reader(subject, {})):
        reader = _Reader(subject, variables)
        failure = reader.failure(relation.claim)
        if failure is not None:
            yield failure
            return


def _places(steps: Sequence[Any], at: int, reader: _Reader) -> Iterator[dict[str, int]]:
    """The values of what is counted, wherever the conditions hold."""
    if at == len(steps):
        yield reader.variables
        return
    step = steps[at]
    if isinstance(step, For):
        bound = reader.value(step.bound)
        for number in range(min(bound, _MOST)) if isinstance(bound, int) else ():
            yield from _places(
                steps,
                at + 1,
                _Reader(reader.subject, {**reader.variables, step.name: number}),
            )
    elif (
        reader.subject.is_since(step.release)
        if isinstance(step, Since)
        else reader.holds(step.claim) is True
    ):
        yield from _places(steps, at + 1, reader)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Terms as values, for one choice of what is counted."""

    subject: Subject
    variables: dict[str, int]

    def value(self, term: Term) -> Any:
        """The value of a term, `UNKNOWN` where it is not known."""
        match term:
            case Number(value) | Text(value):
                return value
            case Name(name):
                return self._name(name)
            case Item(of, index):
                return self._item(self.value(of), self.value(index))
            case Sum(sign, left, right):
                one, two = self.value(left), self.value(right)
                both = _is_number(one) and _is_number(two)
                return _SUM[sign](one, two) if both else UNKNOWN
            case Call(function, arguments):
                return self._call(function, arguments)

    def _name(self, name: str) -> Any:
        if name in self.variables:
            return self.variables[name]
        found = self.subject.part(name)
        if _is_tuple(found):  # types of operands or results
            if self.subject.is_single(name):
                return _Type(found[0]) if len(found) == 1 else UNKNOWN
            return _Values(found)
        return found

    def _item(self, several: Any, index: Any) -> Any:
        if not _is_number(index):
            return UNKNOWN
        if isinstance(several, _Values):
            return (
                _Type(several.types[index])
                if 0 <= index < len(several.types)
                else UNKNOWN
            )
        if _is_list(several):
            return several[index] if 0 <= index < len(several) else UNKNOWN
        return UNKNOWN

    def _call(self, function: str, arguments: tuple[Term, ...]) -> Any:
        subject, first = self.subject, arguments[0]
        if function in ("inputs", "returns"):
            found = subject.signature(self.value(first))
            return (
                UNKNOWN
                if found is None
                else _Values(tuple(found[function == "returns"]))
            )
        if function in ("arguments", "yields"):
            found = subject.region(first.name) if isinstance(first, Name) else None
            return (
                UNKNOWN
                if found is None
                else _Values(tuple(found[function == "yields"]))
            )
        if function == "symbol":
            held = self.value(first)
            meant = None if held is UNKNOWN else subject.symbol(held)
            if meant is None or (not meant[0] and isinstance(first, Name)):
                return UNKNOWN  # that an attribute means nothing is told by itself
            return _Symbol(*meant)
        given = self.value(first)
        if function == "ceildiv":
            by = self.value(arguments[1])
            return (
                -(-given // by)
                if _is_number(given) and _is_number(by) and by > 0
                else UNKNOWN
            )
        if function in ("count", "size"):
            if isinstance(given, _Values):
                return len(given.types)
            return len(given) if _is_list(given) else UNKNOWN
        if not isinstance(given, _Type):
            return UNKNOWN
        if function == "type":
            return given
        if function == "element":
            return _Type(subject.element(given.type))
        shape = subject.shape(given.type)
        if shape is None:
            return UNKNOWN
        if function == "rank":
            return len(shape)
        return _at(shape, self.value(arguments[1]))

    def holds(self, claim: Claim) -> bool | None:
        """Whether a claim holds; None where that is not known."""
        if isinstance(claim, Membership):
            if claim.words == GIVEN and isinstance(claim.term, Name):
                return self.subject.is_given(claim.term.name) is not claim.negated
            given = self.value(claim.term)
            if given is UNKNOWN:
                return None
            if isinstance(given, _Type):
                found = any(
                    self.subject.is_of(given.type, word) for word in claim.words
                )
            else:
                found = isinstance(given, _Symbol) and given.is_any(claim.words)
            return found is not claim.negated
        values = [self.value(term) for term in claim.terms]
        pairs = zip(values, claim.operators, values[1:], strict=False)
        answers = [self._compare(one, sign, two) for one, sign, two in pairs]
        return False if False in answers else None if None in answers else True

    def _compare(self, one: Any, sign: str, two: Any) -> bool | None:
        if one is UNKNOWN or two is UNKNOWN:
            return None
        if isinstance(one, _Type) and isinstance(two, _Type):
            same = self._same(one.type, two.type)
            return None if same is None else same if sign == "==" else not same
        if _is_number(one) != _is_number(two):
            return None
        answer: bool = _COMPARE[sign](one, two)
        return answer

    def _same(self, one: Any, two: Any) -> bool | None:
        """Whether two types are one; None where sizes that are not known may be those of the other."""
        if one == two:
            return True
        subject = self.subject
        if not (subject.is_shaped(one) and subject.is_shaped(two)) or subject.element(
            one
        ) != subject.element(two):
            return False
        left, right = subject.shape(one), subject.shape(two)
        if left is None or right is None:
            return None
        fits = len(left) == len(right) and all(
            a == b or a is None or b is None for a, b in zip(left, right, strict=True)
        )
        return None if fits and None in (*left, *right) else False

    def failure(self, claim: Claim) -> Failure | None:
        """What to say of a claim that does not hold; None of one that does, or may."""
        if self.holds(claim) is not False:
            return None
        terms = (claim.term,) if isinstance(claim, Membership) else claim.terms
        varying: list[Term] = [
            term for term in terms if not isinstance(term, (Number, Text))
        ]
        varying = varying or list(terms)
        part = next((term for term in varying if _is_plain(term)), varying[0])
        facts = [
            f"{print_term(counted(term, self.variables))} is {self._shown(term)}"
            for term in terms
            if term != part and not isinstance(term, (Number, Text))
        ]
        where = f", where {' and '.join(facts)}" if facts else ""
        accepted = print_claim(counted_claim(claim, self.variables)) + where
        if isinstance(part, Call) and part.function == "type":
            return Failure(
                print_term(counted(part.arguments[0], self.variables)),
                f"of type {self._shown(part)}",
                accepted,
            )
        return Failure(
            print_term(counted(part, self.variables)), self._shown(part), accepted
        )

    def _shown(self, term: Term) -> str:
        value = self.value(term)
        if value is UNKNOWN:
            return "not given"
        if isinstance(value, _Values):
            return f"{len(value.types)} value{'s' if len(value.types) != 1 else ''}"
        if isinstance(value, _Symbol):
            return value.name or "nothing"
        return str(value.type) if isinstance(value, _Type) else str(value)


def _is_plain(term: Term) -> bool:
    """Whether a term is a part itself, or one of several."""
    return isinstance(term, Name) or (
        isinstance(term, Item) and isinstance(term.of, Name)
    )


def _is_list(value: Any) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _is_tuple(value: Any) -> TypeGuard[tuple[Any, ...]]:
    return isinstance(value, tuple)


def _is_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _at(shape: Sequence[int | None], index: Any) -> int | _Unknown:
    """The size at an index, from the end where that is negative."""
    if not _is_number(index) or not -len(shape) <= index < len(shape):
        return UNKNOWN
    size = shape[index]
    return UNKNOWN if size is None else size
