"""One operation of a spec against the binary: is it there, how many parts has it, which attributes does it want?"""

from __future__ import annotations

from dataclasses import replace

from opspec.constraints.accepts import accepts
from opspec.dataclass import dataclass
from opspec.model.constraints import (
    AnyConstraint,
    Attribute,
    AttributeConstraint,
    AttributeKind,
    Confined,
    EnumReference,
    InterfaceConstraint,
    Multiplicity,
    OpaqueConstraint,
    TypeConstraint,
)
from opspec.model.dialect import Dialect, NamedAttribute, NamedValue, Operation
from opspec.notation import print_argument, print_type, print_value
from opspec.probe.counts import PARTS, counts_of_spec, probe_count
from opspec.probe.drafts import Draft, attribute_text, draft_of, sizes_text
from opspec.probe.driver import Asks, drafted
from opspec.probe.items import Item, Kind, Status
from opspec.probe.learning import learn_attribute, learn_type
from opspec.probe.readings import (
    Accepted,
    GroupSize,
    MissingAttribute,
    NoDialect,
    NoOperation,
    Reading,
    WrongAttribute,
    WrongType,
)
from opspec.probe.repair import VALUES, declared_at, past_attributes, repair
from opspec.probe.types import TRIED
from opspec.samples.values import sample_value

__all__ = ["Hints", "probe_operation"]

_WRONG = ("unit", "affine_map<() -> ()>", "array<i8: 1>")
"""Attributes that hardly any constraint takes; each constraint refuses two of them at least."""

_NO_CASE = 2147483000


@dataclass(frozen=True, slots=True)
class Hints:
    """What helps to ask: names of attributes that operations of the binary may have, and texts to try.

    `values` are attributes and `types` types of the family's dialects, as the binary writes them.
    """

    attributes: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


def probe_operation(dialect: Dialect, operation: Operation, hints: Hints) -> Asks[tuple[Item, ...]]:
    """Ask about one operation. The dialect's definitions have to be spelled as the binary spells them."""
    return (yield from _Probe(dialect, operation, hints).run())


class _Probe:
    def __init__(self, dialect: Dialect, operation: Operation, hints: Hints) -> None:
        self._dialect = dialect
        self._operation = operation
        self._hints = hints
        self._name = f"{dialect.name}.{operation.mnemonic}"
        self._items: list[Item] = []
        self._doubts: list[str] = []

    def _add(self, status: Status, note: str = "", message: str = "", module: str = "", part: str = "") -> None:
        kind = Kind.OPERATION_ATTRIBUTE if part else Kind.OPERATION
        name = f"{self._name} {part}" if part else self._name
        where = self._operation.location
        self._items.append(Item(self._dialect.name, kind, name, status, note, message, module, where, part))

    def _add_counted(self, note: str, counted: tuple[str, int, int | None] | None, message: str, module: str) -> None:
        self._add(Status.COUNTED, note, message, module)
        self._items[-1] = replace(self._items[-1], counted=counted)

    def _add_typed(self, named: NamedValue, found: TypeConstraint, message: str, module: str) -> None:
        note = f"the binary takes {print_type(found)} for {named.name}, the spec {print_type(named.value.type)}"
        self._add(Status.TYPED, note, message, module)
        form = print_value(replace(named.value, type=found))
        self._items[-1] = replace(self._items[-1], part=named.name, form=form)

    def run(self) -> Asks[tuple[Item, ...]]:
        bare = Draft(self._name)
        (reading,) = yield drafted(bare)
        if isinstance(reading, (NoDialect, NoOperation)):
            self._add(Status.MISSING, "the binary does not have it", reading.message, bare.render())
            return tuple(self._items)
        draft = yield from self._count(draft_of(self._dialect, self._operation))
        draft = yield from self._surround(draft)
        repaired = yield from repair(self._dialect, self._operation, draft, self._hints.values, self._hints.types)
        attributes = {attribute.name for attribute in self._operation.attributes}
        for departure in repaired.departures:
            if departure.status is Status.COUNTED:
                self._add_counted(departure.note, departure.counted, departure.message, departure.module)
                continue
            is_attribute = departure.part in attributes or departure.status is Status.EXTRA
            part = departure.part if is_attribute else ""
            self._add(departure.status, departure.note, departure.message, departure.module, part)
        if past_attributes(repaired.reading):
            yield from self._attributes(repaired.draft)
            yield from self._learn_attributes(repaired.draft)
            yield from self._learn_types(repaired.draft)
            yield from self._groups(repaired.draft, repaired.reading)
        else:
            said = getattr(repaired.reading, "message", "")
            self._doubts.append(f"no form of it gets past: {said}")
        if not any(item.kind is Kind.OPERATION for item in self._items):
            status = Status.UNKNOWN if self._doubts else Status.AGREES
            message = getattr(repaired.reading, "message", "")
            module = repaired.draft.render() if self._doubts else ""
            self._add(status, "; ".join(self._doubts), message if self._doubts else "", module)
        return tuple(sorted(self._items, key=lambda item: item.kind is not Kind.OPERATION))

    def _count(self, draft: Draft) -> Asks[Draft]:
        """Compare the counts, in the binary's order, and give the draft those of the binary."""
        declared = counts_of_spec(self._operation)
        counted = replace(draft, setup="", parents=())  # MLIR counts first of all
        for part in PARTS:
            found = yield from probe_count(_without_types(counted), part)
            spec = declared[part]
            if (found.minimum, found.maximum) != (spec.minimum, spec.maximum):
                note = f"the binary has {found} {part}, the spec {spec}"
                self._add_counted(note, (part, found.minimum, found.maximum), found.message, found.module)
            present = {
                "regions": len(draft.regions),
                "results": len(draft.results),
                "successors": draft.successors,
                "operands": len(draft.operands),
            }[part]
            if not found.holds(present):
                draft = draft.counting(part, found.nearest(present))
            counted = counted.counting(part, found.nearest(present))
        return draft

    def _surround(self, draft: Draft) -> Asks[Draft]:
        """Make the operations around the draft acceptable; how they depart from the spec is theirs to tell."""
        parents: tuple[Draft, ...] = ()
        for parent in draft.parents:
            operation = self._dialect.operation(parent.name.partition(".")[2])
            alone = replace(parent, parents=parents)
            repaired = yield from repair(self._dialect, operation, alone, self._hints.values, self._hints.types)
            parents = (*parents, replace(repaired.draft, parents=()))
        return replace(draft, parents=parents)

    def _attributes(self, base: Draft) -> Asks[None]:
        """Compare what is required, what is known, of which kind it is, and what else there is."""
        for attribute in self._operation.attributes:
            if not attribute.attribute.is_property:
                yield from self._attribute(base, attribute)
        known = {attribute.name for attribute in self._operation.attributes} | {name for name, _ in base.attributes}
        unknown = [name for name in self._hints.attributes if name not in known]
        for wrong in _WRONG[:2]:
            yield from self._others(base, unknown, wrong)

    def _attribute(self, base: Draft, attribute: NamedAttribute) -> Asks[None]:
        name, constraint = attribute.name, attribute.attribute.constraint
        absent = base.without(name)
        wrongs = [base.setting(name, wrong) for wrong in _WRONG]
        value = attribute_text(self._dialect, constraint, sample_value(self._dialect, constraint))
        present = base.setting(name, value)
        without, right, *readings = yield drafted(absent, present, *wrongs)
        before = len(self._items)
        is_required = isinstance(without, MissingAttribute) and without.name == name
        refusal = next((reading for reading in readings if _is_about(reading, name)), None)
        is_known = is_required or refusal is not None
        if not is_known:
            if _is_free(constraint):
                return
            note = "the binary does not know the attribute"
            taken = f"taken without a complaint: {name} = {_WRONG[1]}"
            self._add(Status.MISSING, note, taken, wrongs[1].render(), name)
            return
        if is_required and not attribute.attribute.required:
            self._once(Status.REQUIRED, name, "the binary requires the attribute, the spec does not", without, absent)
        if not is_required and attribute.attribute.required:
            note = "the spec requires the attribute, the binary does not"
            if past_attributes(without):
                said = getattr(without, "message", "") or "taken without the attribute"
                self._add(Status.REQUIRED, note, said, absent.render(), name)
        if _is_about(right, name) and not _is_free(constraint):
            note = f"the binary does not take {value}, as the spec does"
            self._once(Status.TYPED, name, note, right, present)
        yield from self._cases(base, attribute)
        if len(self._items) == before and not any(item.name == f"{self._name} {name}" for item in self._items):
            self._add(Status.AGREES, part=name)

    def _learn_attributes(self, base: Draft) -> Asks[None]:
        """Find out what the attributes that the spec does not have are to be."""
        values = (*self._hints.values, *VALUES)
        for index, item in enumerate(self._items):
            if item.kind is Kind.OPERATION_ATTRIBUTE and item.status is Status.EXTRA:
                readings = yield drafted(*(base.setting(item.part, value) for value in values))
                answers = dict(zip(values, readings, strict=True))
                taken = [value for value, reading in answers.items() if past_attributes(reading)]
                refused = [value for value, reading in answers.items() if _is_about(reading, item.part)]
                (without,) = yield drafted(base.without(item.part))
                is_required = isinstance(without, MissingAttribute) and without.name == item.part
                form = print_argument(Attribute(learn_attribute(taken, refused), optional=not is_required))
                self._items[index] = replace(item, form=form)

    def _learn_types(self, base: Draft) -> Asks[None]:
        """Compare which types the binary takes for each operand and result with what the spec says."""
        if any(item.counted for item in self._items):
            return  # which is which cannot be told
        seen: set[str] = set()
        for part, present in (("operands", base.operands), ("results", base.results)):
            for index in range(len(present)):
                named = declared_at(self._operation, base, part, index)
                if named is not None and named.name not in seen:
                    seen.add(named.name)
                    yield from self._learn_type(base, part, index, named)

    def _learn_type(self, base: Draft, part: str, index: int, named: NamedValue) -> Asks[None]:
        spec = named.value.type
        tried = tuple(dict.fromkeys((*self._hints.types, *TRIED)))
        drafts = {text: base.changing(part, index, text) for text in tried}
        readings = yield drafted(*drafts.values())
        answers = dict(zip(tried, readings, strict=True))
        wrong = {text: found for text, found in answers.items() if isinstance(found, WrongType)}
        refused = [text for text, found in wrong.items() if found.place == (part, index)]
        taken = [text for text, found in answers.items() if text not in refused and past_attributes(found)]
        known = {text: accepts(spec, text, self._dialect) for text in (*refused, *taken)}
        differing = [*(t for t in refused if known[t] is True), *(t for t in taken if known[t] is False)]
        if None in known.values() or not differing:
            return
        found = learn_type(self._dialect, spec, taken, refused)
        self._items = [i for i in self._items if i.status is not Status.TYPED or i.part != named.name]
        message = getattr(answers[differing[0]], "message", "") or "taken"
        self._add_typed(named, found, message, drafts[differing[0]].render())

    def _once(self, status: Status, name: str, note: str, reading: Reading, draft: Draft) -> None:
        """Note a disagreement, unless making the draft acceptable has shown it already."""
        if any(item.name == f"{self._name} {name}" and item.status is status for item in self._items):
            return
        self._add(status, note, getattr(reading, "message", ""), draft.render(), name)

    def _cases(self, base: Draft, attribute: NamedAttribute) -> Asks[None]:
        """Compare the numbers of an enum stored as an integer.

        A number of no case makes most binaries list the cases; where one does not, each number is tried.
        """
        constraint = attribute.attribute.constraint
        if not isinstance(constraint, EnumReference):
            return
        enum = self._dialect.enum(constraint.name)
        if enum.bits or not enum.storage.startswith("i"):
            return
        numbers = {case.value: case.text for case in enum.cases}
        tried = [_NO_CASE, *range(max(numbers) + 3)]
        drafts = [base.setting(attribute.name, f"{number} : {enum.storage}") for number in tried]
        listed, *readings = yield drafted(*drafts)
        if not _is_about(listed, attribute.name):
            return
        answers = zip(tried[1:], readings, drafts[1:], strict=True)
        taken = {number: draft for number, reading, draft in answers if not _is_about(reading, attribute.name)}
        if isinstance(listed, WrongAttribute) and listed.cases:
            taken = dict.fromkeys(listed.cases, drafts[0])
        for number in sorted(numbers.keys() ^ taken.keys()):
            status = Status.MISSING if number in numbers else Status.EXTRA
            who = "binary" if status is Status.MISSING else "spec"
            draft = taken.get(number, drafts[tried.index(number) if number in tried else 0])
            said = getattr(listed, "message", "") if draft is drafts[0] or status is Status.MISSING else "taken"
            name = f"{enum.name} {numbers.get(number, number)}"
            note = f"the {who} does not have the case {number}"
            self._items.append(
                Item(self._dialect.name, Kind.CASE, name, status, note, said, draft.render(), enum.location)
            )

    def _others(self, base: Draft, names: list[str], wrong: str) -> Asks[None]:
        """Find attributes that the spec does not have: all names at once, again without each that is complained of."""
        left = list(names)
        while left:
            draft = replace(base, attributes=(*base.attributes, *((name, wrong) for name in left)))
            (reading,) = yield drafted(draft)
            if not isinstance(reading, WrongAttribute) or reading.name not in left:
                return
            left.remove(reading.name)
            names.remove(reading.name)
            shown = base.setting(reading.name, wrong)
            (alone,) = yield drafted(shown)
            if _is_about(alone, reading.name):
                note = "the spec does not have the attribute"
                self._add(Status.EXTRA, note, getattr(alone, "message", ""), shown.render(), reading.name)

    def _groups(self, base: Draft, reading: Reading) -> Asks[None]:
        """Compare which groups of operands may be empty or hold several, where an attribute says their sizes."""
        declared = self._operation.operands
        sizes_name = "operandSegmentSizes"
        if base.attribute(sizes_name) is None or not isinstance(reading, Accepted):
            return
        counts = _sizes(base)
        if len(counts) != len(declared):
            return
        for index, operand in enumerate(declared):
            for size in (0, 2):
                changed = _with_group(base, counts, index, size)
                (answer,) = yield drafted(changed)
                start = sum(counts[:index])
                is_refused = isinstance(answer, GroupSize) and answer.part == "operands" and answer.start == start
                multiplicity = operand.value.multiplicity
                may = multiplicity is not Multiplicity.ONE if size == 0 else operand.value.is_list
                if may and is_refused:  # where a spec has one value, MLIR's checks may let any number pass
                    note = f"the binary refuses {size} values for {operand.name}, the spec takes them"
                    self._add(Status.COUNTED, note, getattr(answer, "message", ""), changed.render())


def _is_about(reading: Reading, name: str) -> bool:
    return isinstance(reading, WrongAttribute) and reading.name == name


def _is_free(constraint: AttributeConstraint) -> bool:
    """Whether the spec does not say enough of an attribute for the binary's answers to contradict it."""
    match constraint:
        case Confined(base, _):
            return _is_free(base)
        case AnyConstraint() | OpaqueConstraint() | InterfaceConstraint():
            return True
        case _:
            return constraint is AttributeKind.LOCATION


def _without_types(draft: Draft) -> Draft:
    """The draft with types that every binary can read, and without attributes."""
    return replace(
        draft,
        operands=("f64",) * len(draft.operands),
        results=("f64",) * len(draft.results),
        regions=("",) * len(draft.regions),
        attributes=(),
        used=(),
    )


def _sizes(draft: Draft) -> list[int]:
    text = draft.attribute("operandSegmentSizes") or ""
    _, _, numbers = text.strip("<>").partition(": ")
    return [int(number) for number in numbers.split(",")] if numbers else []


def _with_group(draft: Draft, counts: list[int], index: int, size: int) -> Draft:
    """The draft with another number of operands in one group."""
    start = sum(counts[:index])
    group = draft.operands[start : start + counts[index]]
    filler = group[-1] if group else "f64"
    operands = (*draft.operands[:start], *(filler,) * size, *draft.operands[start + counts[index] :])
    sizes = [*counts[:index], size, *counts[index + 1 :]]
    return replace(draft, operands=operands).setting("operandSegmentSizes", sizes_text(sizes))
