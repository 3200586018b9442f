"""One operation, learnt from nothing but its name."""

from __future__ import annotations

import re
from dataclasses import replace

from opspec.dataclass import dataclass
from opspec.learn.attributes import learn_attributes
from opspec.learn.hints import Hints
from opspec.learn.sampling import Settled, settle
from opspec.learn.segments import SEGMENTS, sizes_of
from opspec.learn.traits import learn_traits, told_names
from opspec.learn.values import NOT_TOLD, LearntValue, learn_values
from opspec.model.constraints import Multiplicity, NamedTrait, RegionConstraint, Trait
from opspec.model.dialect import Enum, NamedAttribute, NamedValue, Operation, Region, Successor
from opspec.probe.drafts import Draft
from opspec.probe.driver import Asks, drafted
from opspec.probe.readings import RegionRule, subject_of

__all__ = ["LearntOperation", "learn_operation"]

_RULE = re.compile(r"region with (at least |at most )?(\d+) blocks")
_TRIED = ("", "\n^bb0:\n", "\n^bb0:\n^bb1:\n")


@dataclass(frozen=True, slots=True)
class LearntOperation:
    """An operation, the enums of its attributes, how each part was learnt, and a draft of it.

    `notes` are by the names of parts; that of the empty name is about the operation as a whole.
    """

    operation: Operation
    enums: tuple[Enum, ...]
    notes: tuple[tuple[str, str], ...]
    draft: Draft
    is_accepted: bool


def learn_operation(name: str, hints: Hints) -> Asks[LearntOperation | None]:
    """Ask about an operation by its full name; None where the binary has none of that name."""
    settled = yield from settle(name, hints)
    if settled is None:
        return None
    complaints = list(settled.complaints)
    attributes = yield from learn_attributes(settled, hints)
    operands = yield from learn_values(settled, "operands", hints, complaints)
    results = yield from learn_values(settled, "results", hints, complaints)
    regions = yield from _regions(settled)
    if settled.count("successors") != settled.count("regions") and settled.draft.successors:
        complaints.append("operation with block successors must terminate its parent block")
    notes = [("", _whole(settled))]
    notes += [(each.name, each.how) for each in attributes]
    named_operands, named_results = _named(operands, results, complaints, [each.name for each in attributes])
    notes += [(name, each.how) for name, each in (*named_operands, *named_results)]
    notes += [(region.name, how) for region, how in regions]
    successors = _successors(settled)
    notes += [(successor.name, f"{settled.count('successors')} successors") for successor in successors]
    known = [*(each.name for each in attributes), *(name for name, _ in (*named_operands, *named_results))]
    told = learn_traits((each for each in dict.fromkeys(complaints) if _is_about(each, name)), known)
    traits: tuple[Trait, ...] = tuple(each.trait for each in told if not isinstance(each.trait, str))
    traits += tuple(
        NamedTrait(f"AttrSized{part[:-1].title()}Segments")
        for part in SEGMENTS
        if sizes_of(settled.draft, part) is not None
    )
    notes += [(f"trait {number}", each.how) for number, each in enumerate(told)]
    mnemonic = name.partition(".")[2]
    words = "".join(word[:1].upper() + word[1:] for word in re.split(r"[._]", mnemonic))
    operation = Operation(
        mnemonic,
        f"{words}Op",
        arguments=(
            *(NamedValue(name, each.value) for name, each in named_operands),
            *(NamedAttribute(each.name, each.attribute) for each in attributes),
        ),
        results=tuple(NamedValue(name, each.value) for name, each in named_results),
        regions=tuple(region for region, _ in regions),
        successors=successors,
        traits=traits,
        interfaces=tuple(each.trait for each in told if isinstance(each.trait, str)),
    )
    enums = tuple(each.enum for each in attributes if each.enum is not None)
    return LearntOperation(operation, enums, tuple(notes), settled.plain, settled.is_accepted)


def _is_about(complaint: str, name: str) -> bool:
    """Whether a complaint is not about another operation, one around this one or in its regions."""
    return subject_of(complaint) in ("", name)


def _whole(settled: Settled) -> str:
    if settled.is_accepted:
        return "a draft of it is taken"
    message = getattr(settled.reading, "message", "")
    return "no draft of it is taken: " + re.sub(r"^'[^']*' op ", "", message)


def _named(
    operands: tuple[LearntValue, ...], results: tuple[LearntValue, ...], complaints: list[str], attributes: list[str]
) -> tuple[list[tuple[str, LearntValue]], list[tuple[str, LearntValue]]]:
    """The operands and results with names: told ones, or else numbers."""
    told = told_names(complaints, attributes, len(operands) + len(results))
    if told:
        numbered = [replace(each, how=f"{each.how}; named by a complaint") for each in (*operands, *results)]
        named = list(zip(told, numbered, strict=True))
        return named[: len(operands)], named[len(operands) :]
    first = [(f"operand_{index}", each) for index, each in enumerate(operands)]
    return first, [(f"result_{index}", each) for index, each in enumerate(results)]


def _successors(settled: Settled) -> tuple[Successor, ...]:
    count = settled.count("successors")
    singles = [Successor(f"successor_{index}") for index in range(count.minimum)]
    if count.maximum is None:
        singles.append(Successor(f"successor_{count.minimum}", Multiplicity.VARIADIC))
    return tuple(singles)


def _regions(settled: Settled) -> Asks[list[tuple[Region, str]]]:
    """The regions, each tried empty, with one block and with two."""
    count = settled.count("regions")
    number = count.minimum if count.maximum is not None else count.minimum + 1
    draft = settled.draft.counting("regions", number)
    found: list[tuple[Region, str]] = []
    for index in range(number):
        tries = [replace(draft, regions=(*draft.regions[:index], text, *draft.regions[index + 1 :])) for text in _TRIED]
        readings = yield drafted(*tries)
        rule = next((r for r in readings if isinstance(r, RegionRule) and r.index == index), None)
        is_last = count.maximum is None and index == number - 1
        multiplicity = Multiplicity.VARIADIC if is_last else Multiplicity.ONE
        constraint = RegionConstraint(multiplicity=multiplicity)
        how = f"{count} regions" if settled.is_checked else f"{NOT_TOLD} which blocks it has; {count} regions"
        if any("to have 0 or 1 blocks" in getattr(r, "message", "") for r in readings):
            constraint, how = RegionConstraint(1, False, multiplicity, True), f"{how}; of 0 or 1 blocks"
        if rule is not None:
            how = f"{how}; {rule.accepted}"
            if match := _RULE.search(rule.accepted):
                minimum, maximum = match[1] == "at least ", match[1] == "at most "
                constraint = RegionConstraint(int(match[2]), minimum, multiplicity, maximum)
        name = rule.name if rule is not None and rule.name.isidentifier() else f"region_{index}"
        found.append((Region(name, constraint), how))
    return found
