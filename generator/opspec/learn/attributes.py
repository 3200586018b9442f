"""Attributes of an operation: which it knows, which it requires, of which kind each is, and what the default is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from opspec.dataclass import dataclass
from opspec.learn.attribute_words import listed_cases, read_attribute_words
from opspec.learn.generic import properties_of, shown_text
from opspec.learn.hints import Hints
from opspec.learn.literals import read_default
from opspec.learn.sampling import Settled, is_checked
from opspec.learn.segments import SEGMENTS
from opspec.learn.values import NOT_TOLD, UNKNOWN
from opspec.model.constraints import (
    AnyConstraint,
    Attribute,
    AttributeConstraint,
    AttributeKind,
    Confined,
    DefinitionReference,
    EnumReference,
    IntegerOf,
    Literal,
    OpaqueConstraint,
    Refinement,
)
from opspec.model.dialect import Enum, EnumCase
from opspec.probe.drafts import Draft
from opspec.probe.driver import Asks, drafted
from opspec.probe.learning import learn_attribute
from opspec.probe.readings import Died, MissingAttribute, Reading, Unparsable, WrongAttribute

__all__ = ["LearntAttribute", "learn_attributes"]

_WRONG = ("affine_map<() -> ()>", "unit", "array<i8: 1>")
"""Attributes that hardly any constraint takes; each constraint but `any` refuses two of them at least."""

_MOST_CASES = 64
_NO_CASE = 77777
_UNREAD = (Unparsable, Died)


@dataclass(frozen=True, slots=True)
class LearntAttribute:
    """An attribute, how it was learnt, and the enum that its numbers are cases of, if there is one."""

    name: str
    attribute: Attribute
    how: str
    enum: Enum | None = None


def learn_attributes(settled: Settled, hints: Hints) -> Asks[tuple[LearntAttribute, ...]]:
    """The attributes of a settled operation, in the order in which the binary names them."""
    base = settled.draft
    bare = base if settled.is_checked else Draft(base.name)
    candidates = [name for name in hints.attributes if name not in SEGMENTS.values()]
    present = [name for name, _ in base.attributes if name not in SEGMENTS.values()]
    names = list(present)
    for wrong in _WRONG:
        names += yield from _complained_of(bare, [name for name in candidates if name not in names], wrong)
    known = {*names, *SEGMENTS.values()}
    names += yield from _silent(settled, [name for name in (*candidates, *hints.words) if name not in known])
    learnt: list[LearntAttribute] = []
    for name in sorted(dict.fromkeys(names)):
        learnt.append((yield from _learn(settled, bare, name, hints)))
    return tuple(learnt)


def _complained_of(bare: Draft, names: list[str], wrong: str) -> Asks[list[str]]:
    """Those of the names whose value is complained of: all at once, again without each that is."""
    found: list[str] = []
    left = list(names)
    while left:
        draft = replace(bare, attributes=(*bare.attributes, *((name, wrong) for name in left)))
        (reading,) = yield drafted(draft)
        if not isinstance(reading, WrongAttribute) or reading.name not in left:
            break
        left.remove(reading.name)
        found.append(reading.name)
    return found


def _silent(settled: Settled, names: Sequence[str]) -> Asks[list[str]]:
    """Those of the names that take a number: in generic form they stand among what the operation knows.

    Those that do not are complained of, one after the other.
    """
    draft = settled.plain
    if not settled.is_reached:
        return []
    left = list(dict.fromkeys(names))
    refused: list[str] = []
    while True:
        more = tuple((name, "1 : i64") for name in left)
        (reading,) = yield drafted(replace(draft, attributes=(*draft.attributes, *more)))
        if not isinstance(reading, WrongAttribute) or reading.name not in left:
            break
        left.remove(reading.name)
        refused.append(reading.name)
    known = properties_of(shown_text(reading), draft.name)
    return [*refused, *(name for name in left if name in known)]


def _learn(settled: Settled, bare: Draft, name: str, hints: Hints) -> Asks[LearntAttribute]:
    base = settled.plain
    values = hints.all_values
    without, *readings = yield drafted(base.without(name), *(bare.setting(name, value) for value in values))
    refusals = [r for r in readings if isinstance(r, WrongAttribute) and r.name == name]
    refused = [v for v, r in zip(values, readings, strict=True) if isinstance(r, WrongAttribute) and r.name == name]
    taken = [v for v, r in zip(values, readings, strict=True) if v not in refused and not isinstance(r, _UNREAD)]
    unset = properties_of(shown_text(without), base.name).get(name)
    if unset is not None and _is_fixed(name, unset, dict(zip(values, readings, strict=True)), base.name):
        how = f"{NOT_TOLD} what it takes; a property, which is {unset} where it is not set"
        return LearntAttribute(name, Attribute(OpaqueConstraint(UNKNOWN), False, read_default(unset), True), how)
    required = isinstance(without, MissingAttribute) and without.name == name
    words = next((refusal.accepted for refusal in refusals), "")
    enum: Enum | None = None
    cases = listed_cases(words)
    if cases is not None and not isinstance(learn_attribute(taken, refused), DefinitionReference):
        enum = _enum(base.name, name, *cases)
        constraint: AttributeConstraint = EnumReference(enum.name)
    else:
        constraint = _constraint(words, taken, refused)
    if isinstance(constraint, IntegerOf) and read_attribute_words(words) is None:
        enum = yield from _unlisted(bare, name, constraint)
        constraint = constraint if enum is None else EnumReference(enum.name)
    how = f"must be {words}" if words.strip() else "takes anything" if not refused else "its values were tried"
    how = f"{how}; {len(taken)} of {len(taken) + len(refused)} values taken"
    if required:
        return LearntAttribute(name, Attribute(constraint), f"required; {how}", enum)
    if unset is not None:
        literal: Literal = read_default(unset)
        how = f"where it is not set: {unset}; {how}"
        return LearntAttribute(name, Attribute(constraint, False, literal), how, enum)
    told = "not required" if is_checked(without) else f"{NOT_TOLD} whether it is required"
    if is_checked(without) and not shown_text(without):
        told = f"not required; {NOT_TOLD} what it is where it is not set"
    return LearntAttribute(name, Attribute(constraint, optional=True), f"{told}; {how}", enum)


def _is_fixed(name: str, unset: str, answers: dict[str, Reading], operation: str) -> bool:
    """Whether what a property is does not change with an attribute of its name: it is no attribute then."""
    shown = {value: text for value, reading in answers.items() if value != unset and (text := shown_text(reading))}
    return bool(shown) and all(properties_of(text, operation).get(name) == unset for text in shown.values())


def _constraint(words: str, taken: Sequence[str], refused: Sequence[str]) -> AttributeConstraint:
    """The constraint that the words stand for, or else what the values that were tried show."""
    if not refused:
        return AnyConstraint()
    if words.startswith("any attribute with "):
        return Confined(AnyConstraint(), (Refinement("opaque"),))
    read = read_attribute_words(words)
    tried = learn_attribute(taken, refused)
    if read is AttributeKind.STRING and any(value.startswith("@") for value in taken):
        read = None
    if isinstance(tried, DefinitionReference) or read is None:
        if isinstance(tried, AnyConstraint):
            return OpaqueConstraint(re.sub(r"\W+", "_", words).strip("_") or UNKNOWN)
        return tried
    return read


def _unlisted(bare: Draft, name: str, constraint: IntegerOf) -> Asks[Enum | None]:
    """The enum whose cases an attribute takes that does not take all integers; None where it takes them all."""
    storage = f"{constraint.prefix}{constraint.width}"
    numbers = [number for number in (*range(_MOST_CASES), _NO_CASE) if number < 1 << constraint.width]
    readings = yield drafted(*(bare.setting(name, f"{number} : {storage}") for number in numbers))
    refused = {n for n, r in zip(numbers, readings, strict=True) if isinstance(r, WrongAttribute) and r.name == name}
    taken = [number for number in numbers if number not in refused]
    return _enum(bare.name, name, storage, taken) if refused and taken else None


def _enum(operation: str, attribute: str, storage: str, numbers: Sequence[int]) -> Enum:
    """An enum of which only the numbers are known."""
    name = f"{_words(operation.rpartition('.')[2])}{_words(attribute)}"
    symbols = [f"case_{number}".replace("-", "minus_") for number in numbers]
    return Enum(name, storage, tuple(EnumCase(s, n, str(n)) for s, n in zip(symbols, numbers, strict=True)))


def _words(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[._]", name))
