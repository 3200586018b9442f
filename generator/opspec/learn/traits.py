"""Traits of an operation, from what its verifiers complain of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from opspec.dataclass import dataclass
from opspec.model.constraints import AllTypesMatch, HasParent, NamedTrait, Trait

__all__ = ["LearntTrait", "learn_traits", "told_names"]

_TOLD = (
    (re.compile(r"must be the last operation in the parent block"), "Terminator"),
    (re.compile(r"operation with block successors must terminate its parent block"), "Terminator"),
    (re.compile(r"symbol's parent must have the SymbolTable trait"), "Symbol"),
    (re.compile(r"requires the same type for all operands and results"), "SameOperandsAndResultType"),
    (re.compile(r"requires the same element type for all operands and results"), "SameOperandsAndResultElementType"),
    (re.compile(r"requires the same shape for all operands and results"), "SameOperandsAndResultShape"),
    (re.compile(r"requires the same type for all operands$"), "SameTypeOperands"),
    (re.compile(r"requires all operands to have the same type"), "SameTypeOperands"),
    (re.compile(r"requires the same element type for all operands$"), "SameOperandsElementType"),
    (re.compile(r"requires the same shape for all operands$"), "SameOperandsShape"),
)
_PARENTS = re.compile(r"expects parent op (?:to be one of )?(('[\w.$-]+'(?:, )?)+)")
_ENDS = re.compile(r"expects regions to end with '([\w.$-]+)'")
_MATCH = re.compile(r"failed to verify that all of \{([\w, ]+)\} have same type")
_INFERRED = "are incompatible with return type(s) of operation"


@dataclass(frozen=True, slots=True)
class LearntTrait:
    """A trait or interface, and the complaint that shows it."""

    trait: Trait | str
    how: str


def told_names(complaints: Iterable[str], attributes: Sequence[str], parts: int) -> tuple[str, ...]:
    """Names of the operands and results, where a complaint names all `parts` of them; else none.

    They are taken in the order in which the complaint has them.
    """
    for complaint in complaints:
        match = _MATCH.search(complaint)
        names = [name for name in (match[1].split(", ") if match else ()) if name not in attributes]
        if names and len(names) == parts:
            return tuple(names)
    return ()


def learn_traits(complaints: Iterable[str], known: Sequence[str]) -> tuple[LearntTrait, ...]:
    """The traits that complaints show; those about names only where all of the names are `known`."""
    found: dict[str, LearntTrait] = {}
    for complaint in complaints:
        short = re.sub(r"^'[^']*' op ", "", complaint)
        for trait in _read(short, known):
            found.setdefault(str(trait), LearntTrait(trait, short))
    return tuple(found.values())


def _read(complaint: str, known: Sequence[str]) -> Iterable[Trait | str]:
    for pattern, name in _TOLD:
        if pattern.search(complaint):
            yield NamedTrait(name)
            break
    if match := _PARENTS.search(complaint):
        yield HasParent(tuple(re.findall(r"'([^']+)'", match[1])))
    if match := _ENDS.search(complaint):
        yield NamedTrait("SingleBlockImplicitTerminator", (match[1],))
    match = _MATCH.search(complaint)
    if match is not None and all(name in known for name in match[1].split(", ")):
        yield AllTypesMatch(tuple(match[1].split(", ")))
    if _INFERRED in complaint:
        yield "InferTypeOpInterface"
