"""A draft made acceptable: what the binary complains of is changed until only C++ checks are left.

Each change that departs from what the spec says is a disagreement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from opspec.constraints.accepts import accepts
from opspec.dataclass import dataclass
from opspec.model.constraints import Multiplicity, TypeConstraint
from opspec.model.dialect import Dialect, NamedValue, Operation
from opspec.probe.drafts import Draft, attribute_text, sizes_text
from opspec.probe.driver import Asks, drafted
from opspec.probe.items import Status
from opspec.probe.readings import (
    Accepted,
    GroupSize,
    MissingAttribute,
    Reading,
    Refused,
    RegionRule,
    Segments,
    WrongAttribute,
    WrongType,
)
from opspec.probe.types import TRIED
from opspec.samples.values import sample_value

__all__ = ["VALUES", "Departure", "Repaired", "declared_at", "past_attributes", "repair"]

VALUES = (
    *("1 : i64", "1 : i32", "true", '"name"', "@name", "unit", "[]", "array<i64>", "array<i64: 1>", "array<i32>"),
    *("1.0 : f64", "f64", "() -> ()", "affine_map<(d0) -> (d0)>", "{}", "dense<1> : tensor<1xi64>", "array<i1>"),
    *('["name"]', "[@name]", "[[]]", "[0]", "[unit]", "#llvm.linkage<internal>", "1 : index", "#llvm.cconv<ccc>"),
)
"""Attributes of many kinds."""

_SEGMENTS = ("operandSegmentSizes", "resultSegmentSizes")
_ROUNDS = 40
_MOST_GROUPS = 24


@dataclass(frozen=True, slots=True)
class Departure:
    """Something that had to differ from the spec: `part` is an attribute, or operands or results."""

    status: Status
    part: str
    note: str
    message: str
    module: str
    counted: tuple[str, int, int | None] | None = None


@dataclass(frozen=True, slots=True)
class Repaired:
    """The last draft, what the binary says of it, and how it departs from the spec."""

    draft: Draft
    reading: Reading
    departures: tuple[Departure, ...]


def past_attributes(reading: Reading) -> bool:
    """Whether the binary has found nothing wrong with the counts and the attributes."""
    return isinstance(reading, (Accepted, Refused, RegionRule, WrongType, GroupSize))


@dataclass(slots=True)
class _Repair:
    """The work on one draft."""

    dialect: Dialect
    operation: Operation
    values: tuple[str, ...]
    types: tuple[str, ...]
    departures: list[Departure] = field(default_factory=list)

    def depart(
        self, status: Status, part: str, note: str, reading: Reading, draft: Draft, groups: int | None = None
    ) -> None:
        """Note a departure; `groups` is how many groups of operands or results there are."""
        message = getattr(reading, "message", "")
        counted = None if groups is None else (f"{part[:-1]}_groups", groups, groups)
        self.departures.append(
            Departure(status=status, part=part, note=note, message=message, module=draft.render(), counted=counted)
        )

    def run(self, draft: Draft) -> Asks[Repaired]:
        """Change the draft until there is nothing left that can be changed."""
        reading: Reading = Accepted("")
        for _ in range(_ROUNDS):
            (reading,) = yield drafted(draft)
            match reading:
                case MissingAttribute(name):
                    changed = yield from self._add(draft, name, reading)
                case WrongAttribute(name):
                    changed = yield from self._change(draft, name, reading)
                case WrongType(part, index):
                    changed = yield from self._retype(draft, part, index, reading)
                case Segments(attribute):
                    changed = yield from self._resize(draft, attribute, reading)
                case _:
                    changed = yield from self._bisect(draft, reading)
            if changed is None:
                break
            draft = changed
        return Repaired(draft, reading, tuple(self.departures))

    def _add(self, draft: Draft, name: str, reading: MissingAttribute) -> Asks[Draft | None]:
        """Set an attribute that the binary requires."""
        declared = next((a for a in self.operation.attributes if a.name == name), None)
        if declared is None and name not in _SEGMENTS:
            note = "the binary requires the attribute, the spec does not have it"
            self.depart(Status.EXTRA, name, note, reading, draft)
        elif declared is not None and not declared.attribute.required:
            note = "the binary requires the attribute, the spec does not"
            self.depart(Status.REQUIRED, name, note, reading, draft)
        if declared is not None:
            constraint = declared.attribute.constraint
            return draft.setting(name, attribute_text(self.dialect, constraint, sample_value(self.dialect, constraint)))
        return (yield from self._guess(draft, name))

    def _change(self, draft: Draft, name: str, reading: WrongAttribute) -> Asks[Draft | None]:
        """Give an attribute another value, of a kind that the binary takes."""
        declared = any(attribute.name == name for attribute in self.operation.attributes)
        changed = yield from self._guess(draft, name)
        if changed is None:
            return None
        if declared and name not in _SEGMENTS:
            note = f"the binary does not take {draft.attribute(name)}, as the spec does, but {changed.attribute(name)}"
            self.depart(Status.TYPED, name, note, reading, draft)
        return changed

    def _guess(self, draft: Draft, name: str) -> Asks[Draft | None]:
        """The first value that the binary does not find wrong, if there is one."""
        tries = [draft.setting(name, value) for value in self.values if value != draft.attribute(name)]
        readings = yield drafted(*tries)
        for tried, reading in zip(tries, readings, strict=True):
            if past_attributes(reading) or (
                isinstance(reading, (MissingAttribute, WrongAttribute)) and reading.name != name
            ):
                return tried
        return None

    def _retype(self, draft: Draft, part: str, index: int, reading: WrongType) -> Asks[Draft | None]:
        """Give an operand or result another type that the binary takes; one that the spec takes too goes first."""
        named = declared_at(self.operation, draft, part, index)
        given = (draft.operands if part == "operands" else draft.results)[index]
        constraint: TypeConstraint | None = named.value.type if named is not None else None
        known = {text: accepts(constraint, text, self.dialect) for text in self.types} if constraint is not None else {}
        order = sorted((text for text in self.types if text != given), key=lambda text: known.get(text) is not True)
        tries = [draft.changing(part, index, text) for text in order]
        readings = yield drafted(*tries)
        for text, tried, answer in zip(order, tries, readings, strict=True):
            is_same = isinstance(answer, WrongType) and (answer.part, answer.index) == (part, index)
            if is_same or not past_attributes(answer):
                continue
            takes = constraint is not None and accepts(constraint, given, self.dialect) is True
            if named is not None and takes and known.get(text) is False:
                note = f"the binary does not take {given} for {named.name}, as the spec does, but {text}"
                self.depart(Status.TYPED, named.name, note, reading, draft)
            return tried
        return None

    def _resize(self, draft: Draft, attribute: str, reading: Segments) -> Asks[Draft | None]:
        """Give the sizes of groups another length."""
        count = len(draft.operands if attribute == "operandSegmentSizes" else draft.results)
        tries = [draft.setting(attribute, sizes_text([count, *[0] * more])) for more in range(_MOST_GROUPS)]
        readings = yield drafted(*tries)
        part = "operands" if attribute == "operandSegmentSizes" else "results"
        for number, (tried, answer) in enumerate(zip(tries, readings, strict=True), 1):
            if not isinstance(answer, Segments):
                declared = len(self.operation.operands if part == "operands" else self.operation.results)
                if number != declared:
                    note = f"the binary has {number} groups of {part}, the spec {declared}"
                    self.depart(Status.COUNTED, part, note, reading, draft, number)
                    return tried
        return None

    def _bisect(self, draft: Draft, reading: Reading) -> Asks[Draft | None]:
        """Change the frame, or leave out what the binary cannot read: an attribute, a type of an operand or result."""
        if past_attributes(reading):
            return None
        message = getattr(reading, "message", "")
        tries = [*draft.framed()] if draft.parents else []
        tries += [draft.without(name) for name, _ in draft.attributes]
        tries += [draft.changing("operands", index, "f64") for index in range(len(draft.operands))]
        tries += [draft.changing("results", index, "f64") for index in range(len(draft.results))]
        tries += [replace(draft, setup="")] if draft.setup else []
        readings = yield drafted(*tries) if tries else ()
        answered = [(tried, answer) for tried, answer in zip(tries, readings, strict=True) if tried != draft]
        best = [tried for tried, answer in answered if past_attributes(answer)]
        others = [tried for tried, answer in answered if getattr(answer, "message", "") != message]
        return next(iter((*best, *others)), None)


def declared_at(operation: Operation, draft: Draft, part: str, index: int) -> NamedValue | None:
    """What the spec declares for the operand or result at an index; None where that cannot be told."""
    declared = operation.operands if part == "operands" else operation.results
    singles = [named for named in declared if not named.value.is_list and named.value.multiplicity is Multiplicity.ONE]
    if len(singles) == len(declared):
        return declared[index] if index < len(declared) else None
    if len(declared) == 1:
        return declared[0]
    sizes = draft.attribute("operandSegmentSizes" if part == "operands" else "resultSegmentSizes")
    if sizes is None:
        total = len(draft.operands if part == "operands" else draft.results)
        return _around_list(declared, index, total) if len(singles) == len(declared) - 1 else None
    position = 0
    for named, size in zip(declared, _numbers(sizes), strict=False):
        position += size
        if index < position:
            return named
    return None


def _around_list(declared: Sequence[NamedValue], index: int, total: int) -> NamedValue:
    """The declared value at an index of `total` ones, where just one of those declared stands for several."""
    first = next(i for i, named in enumerate(declared) if named.value.multiplicity is not Multiplicity.ONE)
    behind = len(declared) - first - 1
    if index < first:
        return declared[index]
    return declared[first] if index < total - behind else declared[len(declared) - (total - index)]


def _numbers(sizes: str) -> list[int]:
    _, _, numbers = sizes.strip("<>").partition(": ")
    return [int(number) for number in numbers.split(",")] if numbers else []


def repair(
    dialect: Dialect, operation: Operation, draft: Draft, attributes: tuple[str, ...], types: tuple[str, ...]
) -> Asks[Repaired]:
    """Change the draft of an operation until the binary takes all but what C++ checks, or nothing helps.

    `attributes` and `types` are tried beside those of many kinds that the probe has itself.
    """
    work = _Repair(dialect, operation, (*attributes, *VALUES), (*types, *TRIED))
    return (yield from work.run(draft))
