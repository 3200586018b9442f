"""Two sets of facts of one dialect, compared fact by fact: what was found, what was missed, what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from opspec.constraints.accepts import accepts
from opspec.learn.dialects import LearntDialect
from opspec.learn.lattice import LATTICE
from opspec.learn.values import NOT_TOLD, UNKNOWN
from opspec.model.constraints import (
    AnyOf,
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Confined,
    EnumCases,
    EnumReference,
    InterfaceConstraint,
    Multiplicity,
    OpaqueConstraint,
    OpaqueLiteral,
    Shaped,
    TypeConstraint,
    TypeOf,
)
from opspec.model.dialect import Dialect, NamedAttribute, NamedValue, Operation, Region
from opspec.notation import print_argument, print_attribute, print_region, print_type

KINDS = (
    "operations",
    "operands: how many",
    "operands: types",
    "results: how many",
    "results: types",
    "attributes: names",
    "attributes: required",
    "attributes: kinds",
    "regions",
    "successors",
)
"""What is counted."""

FORMATS = "formats"
"""Assembly formats in directives, counted apart."""


@dataclass
class Tally:
    """How many facts of each kind were found, missed and wrong, with a line about each that was not found."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    def add(self, kind: str, verdict: str, line: str = "") -> None:
        """Count a fact: `found`, `missed`, `wrong`, or `unknown` where TableGen does not say it either."""
        self.counts[kind, verdict] += 1
        if verdict in ("missed", "wrong"):
            self.lines.append(f"{verdict}: {kind}: {line}")

    def __iadd__(self, other: Tally) -> Tally:
        self.counts += other.counts
        self.lines += other.lines
        return self

    def of(self, verdict: str, *kinds: str) -> int:
        """How many facts of these kinds, or of all, have a verdict."""
        return sum(self.counts[kind, verdict] for kind in kinds or KINDS)


def compare(facts: Dialect, learnt: LearntDialect) -> Tally:
    """What was learnt of a dialect against its facts; an operation that the binary lacks is a missed one."""
    tally = Tally()
    notes = dict(learnt.notes)
    known = {operation.mnemonic: operation for operation in learnt.dialect.operations}
    for operation in facts.operations:
        found = known.get(operation.mnemonic)
        name = f"{facts.name}.{operation.mnemonic}"
        if found is None:
            tally.add("operations", "missed", name)
            continue
        tally.add("operations", "found")
        _Operations(name, facts, operation, learnt.dialect, found, notes, tally).compare()
    return tally


@dataclass
class _Operations:
    name: str
    facts: Dialect
    operation: Operation
    learnt: Dialect
    found: Operation
    notes: dict[tuple[str, str, str], str]
    tally: Tally

    def compare(self) -> None:
        self._values("operands", self.operation.operands, self.found.operands)
        self._values("results", self.operation.results, self.found.results)
        self._attributes()
        self._regions()
        wanted = [successor.multiplicity for successor in self.operation.successors]
        got = [successor.multiplicity for successor in self.found.successors]
        if wanted or got:
            self._add("successors", "found" if wanted == got else "wrong", f"{got}, expected {wanted}")
        self._format()

    def _format(self) -> None:
        wanted, got = self.operation.format, self.found.format
        if wanted is None or wanted == "custom" or "custom<" in wanted:
            if got is not None:
                self._add(FORMATS, "unknown", got)
            return
        line = f"{got}, expected {wanted}"
        same = got is not None and same_format(self.operation, wanted, self.found, got)
        self._add(FORMATS, "found" if same else "missed" if got is None else "wrong", line)

    def _add(self, kind: str, verdict: str, line: str) -> None:
        self.tally.add(kind, verdict, f"{self.name}: {line}")

    def _is_told(self, part: str) -> bool:
        return NOT_TOLD not in self.notes.get(("operations", self.operation.mnemonic, part), "")

    def _values(self, kind: str, wanted: tuple[NamedValue, ...], got: tuple[NamedValue, ...]) -> None:
        if len(wanted) != len(got):
            told = all(self._is_told(each.name) for each in got)
            line = f"{len(got)} declared, expected {len(wanted)}"
            for _ in wanted or got:
                self._add(f"{kind}: how many", "wrong" if told else "missed", line)
                self._add(f"{kind}: types", "missed", line)
            return
        for one, other in zip(wanted, got, strict=True):
            multiplicity = one.value.multiplicity
            if multiplicity is Multiplicity.NESTED:
                multiplicity = Multiplicity.VARIADIC
            same = multiplicity is other.value.multiplicity
            verdict = "found" if same else "wrong" if self._is_told(other.name) else "missed"
            self._add(f"{kind}: how many", verdict, f"{one.name}: {other.value.multiplicity}, expected {multiplicity}")
            verdict = _types(one.value.type, other.value.type, self.facts, self.learnt)
            line = f"{one.name}: {print_type(other.value.type)}, expected {print_type(one.value.type)}"
            self._add(f"{kind}: types", verdict, line)

    def _attributes(self) -> None:
        got = {attribute.name: attribute for attribute in self.found.attributes}
        wanted = {a.name: a for a in self.operation.attributes if not _is_inherited(self.operation, a.name)}
        for name in sorted(got.keys() - wanted.keys()):
            if name != "sym_visibility":
                self._add("attributes: names", "wrong", f"{name}: not expected")
        for name, attribute in wanted.items():
            other = got.get(name)
            if other is None:
                self._add("attributes: names", "missed", f"{name}: {print_argument(attribute.attribute)}")
                continue
            self._add("attributes: names", "found", name)
            self._attribute(attribute, other)

    def _attribute(self, wanted: NamedAttribute, got: NamedAttribute) -> None:
        line = f"{wanted.name}: {print_argument(got.attribute)}, expected {print_argument(wanted.attribute)}"
        one, other = wanted.attribute, got.attribute
        same = one.required == other.required and one.optional == other.optional
        defaults = _worded(one.default, self.facts), _worded(other.default, self.learnt)
        if same and not one.optional and not _same_default(*defaults):
            same = False
        is_told = self._is_told(wanted.name)
        self._add("attributes: required", "found" if same else "wrong" if is_told else "missed", line)
        verdict = _kinds(one.constraint, other.constraint, self.facts, self.learnt)
        self._add("attributes: kinds", verdict, line)

    def _regions(self) -> None:
        wanted, got = self.operation.regions, self.found.regions
        if len(wanted) != len(got):
            self._add("regions", "wrong", f"{len(got)} declared, expected {len(wanted)}")
            return
        for one, other in zip(wanted, got, strict=True):
            line = f"{one.name}: {print_region(other.constraint)}, expected {print_region(one.constraint)}"
            same, is_told = self._same_region(one, other), self._is_told(other.name)
            self._add("regions", "found" if same else "wrong" if is_told else "missed", line)

    def _same_region(self, one: Region, other: Region) -> bool:
        if print_region(one.constraint) == print_region(other.constraint):
            return True
        single = any("SingleBlock" in str(getattr(trait, "name", "")) for trait in self.operation.traits)
        return single and one.constraint.multiplicity is other.constraint.multiplicity and other.constraint.maximum


_DIRECTIVE = re.compile(r"`[^`]*`|[^`]+")
_MARK = re.compile(r"->|::|\w+|(?!\\n)\S(?<!\\)")


def same_format(operation: Operation, wanted: str, found: Operation, got: str) -> bool:
    """Whether two formats are the same, whichever of several alike types they write, and whatever names they use."""
    names = {
        other.name: one.name
        for part in ("operands", "results", "regions")
        for one, other in zip(getattr(operation, part), getattr(found, part), strict=True)
    }
    renamed = "".join(
        text if text.startswith("`") else re.sub(r"\$(\w+)", lambda m: f"${names.get(m[1], m[1])}", text)
        for text in _DIRECTIVE.findall(got)
    )
    operands = [operand.name for operand in operation.operands]
    return _canonical(wanted, operands) == _canonical(renamed, operands)


def _canonical(text: str, operands: list[str]) -> str:
    """A format without what is not printed: spaces, what is qualified, which of several types is meant."""
    text = re.sub(r"qualified\(((?:[^()]|\([^()]*\))*)\)", r"\1", text)
    text = re.sub(r"`([^`]*)`", lambda m: " ".join(f"`{part}`" for part in _MARK.findall(m[1])), text)
    text = re.sub(r"type\(\$\w+\)|type\(results\)|type\(operands\)", "type", text)
    text = re.sub(r"functional-type\([^)]*\)", "functional", text)
    text = re.sub(r"`\(` (?:type(?: ?`,` ?type)*)? ?`\)` ?`->` ?(?:type|`\(` ?type ?`\)`)", "functional", text)
    text = re.sub(r"(?<![\w$-])operands\b", " `,` ".join(f"${name}" for name in operands), text)
    return "".join(text.split())


def _is_inherited(operation: Operation, name: str) -> bool:
    """Whether an attribute says sizes of groups, which the traits say too."""
    return name in ("operandSegmentSizes", "resultSegmentSizes")


def _worded(default: object, dialect: Dialect) -> object:
    """A default with the words of its cases, which IR has, in place of their symbols."""
    if not isinstance(default, EnumCases):
        return default
    words = {case.symbol: case.text for enum in dialect.enums for case in enum.cases}
    return EnumCases(tuple(words.get(symbol, symbol) for symbol in default.names))


def _same_default(one: object, other: object) -> bool:
    if isinstance(one, OpaqueLiteral) or isinstance(other, OpaqueLiteral):
        return (one is None) == (other is None)
    return one == other or str(one) == str(other)


def _types(wanted: TypeConstraint, got: TypeConstraint, facts: Dialect, learnt: Dialect) -> str:
    """Whether two constraints take the same types of the lattice."""
    known = {text: accepts(wanted, text, facts) for text in LATTICE}
    if isinstance(got, OpaqueConstraint):
        return "missed" if got.name == UNKNOWN or None not in known.values() else "unknown"
    answers = ((known[text], accepts(got, text, learnt)) for text in LATTICE)
    both = [(one, other) for one, other in answers if one is not None and other is not None]
    if any(one != other for one, other in both):
        return "wrong"
    return "found" if both else "unknown"


def _kinds(wanted: AttributeConstraint, got: AttributeConstraint, facts: Dialect, learnt: Dialect) -> str:
    """Whether two constraints of attributes are the same, however they are written."""
    if isinstance(wanted, Confined) and any("opaque" in refinement.word for refinement in wanted.refinements):
        wanted = wanted.base
        got = got.base if isinstance(got, Confined) else got
    if print_attribute(_plain(wanted)) == print_attribute(_plain(got)):
        return "found"
    if isinstance(got, OpaqueConstraint):
        return "missed" if got.name == UNKNOWN or not _is_opaque(wanted) else "unknown"
    if _is_opaque(wanted):
        return "unknown"
    if isinstance(wanted, EnumReference) and isinstance(got, EnumReference):
        one, other = facts.enum(wanted.name), learnt.enum(got.name)
        return "found" if sorted(c.value for c in one.cases) == sorted(c.value for c in other.cases) else "wrong"
    if isinstance(wanted, TypeOf) and isinstance(got, TypeOf):
        return _types(wanted.constraint, got.constraint, facts, learnt)
    if isinstance(wanted, TypeOf) and got is AttributeKind.TYPE:
        return "wrong"
    return "wrong"


def _plain(constraint: AttributeConstraint) -> AttributeConstraint:
    """What symbols and strings have in common: only the notation tells them apart."""
    match constraint:
        case AttributeKind.SYMBOL_NAME:
            return AttributeKind.STRING
        case ArrayOf(element):
            return ArrayOf(_plain(element))
        case Confined(base, refinements):
            return Confined(_plain(base), refinements)
        case _:
            return constraint


def _is_opaque(constraint: AttributeConstraint | TypeConstraint) -> bool:
    """Whether TableGen's records say something of a constraint that only C++ knows."""
    return any(isinstance(part, (OpaqueConstraint, InterfaceConstraint)) for part in _parts(constraint))


def _parts(constraint: AttributeConstraint | TypeConstraint) -> Iterator[AttributeConstraint | TypeConstraint]:
    yield constraint
    match constraint:
        case ArrayOf(element) | Shaped(_, element, _):
            yield from _parts(element)
        case Confined(base, _):
            yield from _parts(base)
        case TypeOf(inner):
            yield from _parts(inner)
        case AnyOf(options):
            for option in options:
                yield from _parts(option)
        case _:
            return
