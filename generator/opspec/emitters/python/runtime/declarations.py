"""What a spec declares of an operation's parts, and an operation as seen by its rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any, TypeAlias

from .complaints import Complaint, Report, complaining, silent
from .dataclass import dataclass
from .host import ir
from .numeric import Coercer
from .types import ANY, TypeRule
from .verification import is_verifying

__all__ = [
    "ONE",
    "OPTIONAL",
    "AttributeRule",
    "Groups",
    "Parts",
    "RegionRule",
    "ValueRule",
    "attribute",
    "counted",
    "equally_many",
    "existing",
    "flag",
    "group",
    "is_free",
    "optional",
    "places",
    "region",
    "single",
    "together",
    "variadic",
]

ONE, OPTIONAL, VARIADIC = "one", "optional", "variadic"

Groups: TypeAlias = dict[str, list[ir.Type]]
"""The types of each declared operand or result."""


@dataclass(frozen=True, slots=True)
class ValueRule:
    """A declared operand or result: how many values it stands for, and of which types.

    `releases` are the types in releases that have it otherwise. `having` are the releases that have it, the empty text
    for the spec; None for all. `parameter` is what builders call it, where that is another name; of a result, what they
    call its type, where each result has a parameter for its type.
    """

    name: str
    multiplicity: str
    type: TypeRule
    releases: Mapping[str, TypeRule] = field(default_factory=dict)
    having: tuple[str, ...] | None = None
    parameter: str = ""

    def in_release(self, release: str) -> ValueRule:
        """The part as a release has it."""
        found = self.releases.get(release)
        if found is None:
            return self
        words = f"{found.words} in release {release}"
        return replace(
            self, type=ANY if found is ANY else TypeRule(words, found.accepts)
        )


def single(name: str, type: TypeRule = ANY, **facts: Any) -> ValueRule:
    """One value. `facts` are fields of the rule."""
    return ValueRule(name, ONE, type, **facts)


def optional(name: str, type: TypeRule = ANY, **facts: Any) -> ValueRule:
    """One value, or none. `facts` are fields of the rule."""
    return ValueRule(name, OPTIONAL, type, **facts)


def variadic(name: str, type: TypeRule = ANY, **facts: Any) -> ValueRule:
    """Any number of values. `facts` are fields of the rule."""
    return ValueRule(name, VARIADIC, type, **facts)


@dataclass(frozen=True, slots=True)
class AttributeRule:
    """A declared attribute: its name in the IR, what it has to be, whether it has to be there.

    `releases` are those that have it, None for all; `required_in` those that require it, None for what `required` says.
    `default` is what holds without it. `parameter` is what builders call it, where that is another name. `is_flag` says
    that it is there or not, and has no value.
    """

    name: str
    coerce: Coercer
    required: bool = True
    releases: tuple[str, ...] | None = None
    required_in: tuple[str, ...] | None = None
    default: Any = None
    parameter: str = ""
    is_flag: bool = False

    def in_release(self, release: str) -> AttributeRule:
        """The attribute as a release has it; one that it lacks is not required."""
        if self.releases is None or not release:
            return self
        required = (
            self.required if self.required_in is None else release in self.required_in
        )
        return replace(self, required=required and release in self.releases)


def attribute(
    name: str, coerce: Coercer, *, required: bool = True, **facts: Any
) -> AttributeRule:
    """A declared attribute; one with a default has not to be there. `facts` are fields of the rule."""
    is_free = not required or facts.get("default") is not None
    return AttributeRule(name, coerce, not is_free, **facts)


def flag(name: str, coerce: Coercer, **facts: Any) -> AttributeRule:
    """A declared attribute without a value: it is there, or (by default, False) not."""
    return AttributeRule(name, coerce, False, default=False, is_flag=True, **facts)


@dataclass(frozen=True, slots=True)
class RegionRule:
    """A declared region: how many blocks it has (`"blocks"`, `"min_blocks"`, `"max_blocks"`), and what ends them.

    `index` is where the region stands; a variadic one is all from there on. `terminators` are the operations that may
    end a block, none of them for any. `having` are the releases that have it, see `ValueRule`. `parameter` is what
    builders call the region, or how many of it there are, where that is another name.
    """

    name: str
    index: int
    bound: str = "min_blocks"
    blocks: int = 0
    terminators: tuple[str, ...] = ()
    is_variadic: bool = False
    has_arguments: bool = True
    having: tuple[str, ...] | None = None
    parameter: str = ""

    def fits(self, count: int) -> bool:
        """Whether the region may have so many blocks."""
        if self.bound == "blocks":
            return count == self.blocks
        return (
            count >= self.blocks if self.bound == "min_blocks" else count <= self.blocks
        )


def region(
    name: str,
    index: int,
    *,
    blocks: int | None = None,
    min_blocks: int = 0,
    max_blocks: int | None = None,
    **facts: Any,
) -> RegionRule:
    """A declared region with so many blocks, or with so many at least or at most. `facts` are fields of the rule."""
    if blocks is not None:
        return RegionRule(name, index, "blocks", blocks, **facts)
    if max_blocks is not None:
        return RegionRule(name, index, "max_blocks", max_blocks, **facts)
    return RegionRule(name, index, "min_blocks", min_blocks, **facts)


@dataclass(frozen=True, slots=True)
class Parts:
    """An operation as its rules see it, whether it exists or is about to.

    `operands` and `results` are their types. `around` is the operation it stands in, None where it stands in none;
    `regions` is None before they are built. `is_last` says whether it ends its block.
    """

    attributes: Mapping[str, Any]
    operands: Sequence[ir.Type]
    results: Sequence[ir.Type]
    around: Any
    successors: int = 0
    regions: Sequence[ir.Region] | None = None
    is_last: bool = True


def existing(operation: Any, around: Any, *, is_last: bool = True) -> Parts:
    """An operation that exists inside the operation `around`, as its rules see it."""
    return Parts(
        operation.attributes,
        [value.type for value in operation.operands],
        [result.type for result in operation.results],
        around,
        len(operation.successors),
        list(operation.regions),
        is_last,
    )


def is_free(declared: tuple[ValueRule, ...]) -> bool:
    """Whether a declaration is one list of any values, or nothing to check at all."""
    return (
        len(declared) == 1
        and declared[0].multiplicity == VARIADIC
        and declared[0].type is ANY
    )


def counted(count: int, what: str) -> str:
    """A number of things, in words."""
    return f"{count} {what}{'s' * (count != 1)}"


def together(words: Sequence[str]) -> str:
    """Several words as a list that ends with `and`."""
    return f"{', '.join(words[:-1])} and {words[-1]}"


def equally_many(operation: str, what: str, parts: Mapping[str, object]) -> None:
    """Raise `ValueError` where parts of a variable size differ in number: nothing tells later which value is whose.

    A part is a list, None for nothing, or one of the things that are called `what`. Where verification is off, nothing
    is looked at.
    """
    sizes = {
        name: 0 if part is None else len(part) if isinstance(part, list) else 1
        for name, part in parts.items()
    }
    if len(set(sizes.values())) > 1 and is_verifying():
        given = together([f"{name} is {counted(n, what)}" for name, n in sizes.items()])
        accepted = "the same number of each"
        complaint = Complaint(together(list(sizes)), given, accepted)
        text = f"{given}, accepted is {accepted}"
        raise complaining(ValueError, operation, complaint, text)


def group(
    declared: tuple[ValueRule, ...],
    types: Sequence[ir.Type],
    what: str,
    sizes_attribute: str,
    attributes: Mapping[str, Any],
    groups: Groups,
    report: Report,
) -> bool:
    """Check the number and the types of operands or results, and note in `groups` which belong to which.

    Args:
        declared: The declared parts, in order.
        types: The types of the values.
        what: Their name for messages, `operands` or `results`.
        sizes_attribute: The attribute that holds the size of each part; empty where the sizes follow from the number.
        attributes: The operation's attributes.
        groups: Takes the types of each part.
        report: Takes each finding.

    Returns:
        Whether the number fits the declaration.
    """
    if sizes_attribute:
        sizes = _given_sizes(declared, types, sizes_attribute, attributes, report)
    else:
        sizes = _sizes(declared, len(types), what, report)
    if sizes is None:
        return False
    start = 0
    for rule, size in zip(declared, sizes, strict=True):
        found = list(types[start : start + size])
        groups[rule.name] = found
        start += size
        if rule.type is ANY:
            continue
        for index, given in enumerate(found):
            if not rule.type.accepts(given):
                place = _place(rule, index)
                report(Complaint(place, f"of type {given}", rule.type.words))
    return True


def _place(rule: ValueRule, index: int) -> str:
    return f"{rule.name}[{index}]" if rule.multiplicity == VARIADIC else rule.name


def places(
    declared: tuple[ValueRule, ...],
    types: Sequence[ir.Type],
    sizes_attribute: str,
    attributes: Mapping[str, Any],
) -> list[str]:
    """What operands are called in messages, e.g. `inputs[1]`; `operand 1` where their number does not fit."""
    if sizes_attribute:
        sizes = _given_sizes(declared, types, sizes_attribute, attributes, silent)
    else:
        sizes = _sizes(declared, len(types), "operands", silent)
    if sizes is None:
        return [f"operand {index}" for index in range(len(types))]
    parts = zip(declared, sizes, strict=True)
    return [_place(rule, index) for rule, size in parts for index in range(size)]


def _sizes(
    declared: tuple[ValueRule, ...], count: int, what: str, report: Report
) -> list[int] | None:
    """How many of `count` values belong to each part; None where no number of them would fit."""
    fixed = sum(rule.multiplicity == ONE for rule in declared)
    variable = len(declared) - fixed
    rest = count - fixed
    each = rest // variable if variable > 0 else 0
    is_bounded = all(rule.multiplicity != VARIADIC for rule in declared)
    if rest < 0 or each * variable != rest or (is_bounded and each > 1):
        names = ", ".join(rule.name for rule in declared)
        number = _number(fixed, variable, is_bounded)
        accepted = f"{number} ({names})" if names else "none"
        if variable > 1:
            parts = [rule.name for rule in declared if rule.multiplicity != ONE]
            accepted += f", where {together(parts)} are equally many"
        report(Complaint(what, counted(count, "value"), accepted))
        return None
    return [1 if rule.multiplicity == ONE else each for rule in declared]


def _number(fixed: int, variable: int, is_bounded: bool) -> str:
    """How many values parts take, some of them of a variable size: these are equally many."""
    if variable > 1:
        several = f"a multiple of {variable}"
        return (
            f"{fixed} or {fixed + variable}"
            if is_bounded
            else f"{fixed} and {several}" if fixed else several
        )
    if not variable:
        return str(fixed)
    return f"{fixed} to {fixed + variable}" if is_bounded else f"{fixed} or more"


def _given_sizes(
    declared: tuple[ValueRule, ...],
    types: Sequence[ir.Type],
    attribute: str,
    attributes: Mapping[str, Any],
    report: Report,
) -> list[int] | None:
    names = ", ".join(rule.name for rule in declared)
    accepted = f"the sizes of {names}, {len(types)} in all"
    if attribute not in attributes:
        report(Complaint(attribute, "missing", accepted))
        return None
    given = attributes[attribute]
    if not isinstance(given, ir.DenseI32ArrayAttr):
        report(Complaint(attribute, str(given), f"an array<i32: ...> with {accepted}"))
        return None
    sizes = list(given)
    wrong = len(sizes) != len(declared) or sum(sizes) != len(types)
    if wrong or any(size < 0 for size in sizes):
        report(Complaint(attribute, str(sizes), accepted))
        return None
    for rule, size in zip(declared, sizes, strict=True):
        least, most = (1 if rule.multiplicity == ONE else 0), (
            size if rule.multiplicity == VARIADIC else 1
        )
        if not least <= size <= most:
            report(
                Complaint(
                    rule.name,
                    counted(size, "value"),
                    "one value" if least else "one value or none",
                )
            )
            return None
    return sizes
