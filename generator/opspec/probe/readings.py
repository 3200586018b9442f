"""What Enzyme says of a module, understood: a closed union, one class for each kind of answer.

MLIR checks an operation in a fixed order: its text, the counts of its regions, results, operands and successors, its
attributes, the types of operands and results, its regions; then what is written in C++. So an answer of a later kind
says that all of the earlier kinds hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import field, replace
from typing import TypeAlias

from opspec.dataclass import dataclass

__all__ = [
    "Accepted",
    "Cases",
    "Counted",
    "Died",
    "GroupSize",
    "MissingAttribute",
    "NoDefinition",
    "NoDialect",
    "NoOperation",
    "Reading",
    "Refused",
    "RegionRule",
    "Said",
    "Segments",
    "Unparsable",
    "WrongAttribute",
    "WrongType",
    "read_answer",
    "subject_of",
]


@dataclass(frozen=True, slots=True)
class Said:
    """What Enzyme said of a module: the text it printed, or None; what it raised, and what it complained of.

    `death` says how the process ended, e.g. `died of SIGSEGV`, where the module ended it.
    """

    text: str | None
    error: str = ""
    stderr: str = ""
    death: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The module was taken; `text` is what was printed."""

    text: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class NoDialect:
    """The dialect is not registered."""

    message: str


@dataclass(frozen=True, slots=True)
class NoOperation:
    """The dialect is there, but has no such operation."""

    message: str


@dataclass(frozen=True, slots=True)
class NoDefinition:
    """The dialect is there, but has no attribute or type of that mnemonic."""

    message: str


@dataclass(frozen=True, slots=True)
class Cases:
    """An enum has other cases: all that it has, as texts, e.g. `("enzyme_active", "enzyme_dup")`."""

    cases: tuple[str, ...]
    message: str
    said: str = field(default="", compare=False)
    """All that was complained of."""


@dataclass(frozen=True, slots=True)
class Unparsable:
    """The text cannot be read, or what stands around the operation is wrong; nothing is known about the operation."""

    message: str
    said: str = field(default="", compare=False)
    """All that was complained of."""


@dataclass(frozen=True, slots=True)
class Counted:
    """There have to be another number of `part` (`operands`, `results`, `regions`, `successors`)."""

    part: str
    minimum: int
    maximum: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Segments:
    """The attribute with the sizes of groups (`operandSegmentSizes`) does not have one number for each group."""

    attribute: str
    message: str


@dataclass(frozen=True, slots=True)
class GroupSize:
    """A group of operands or results, from the position `start` on, has to have another size."""

    part: str
    start: int
    minimum: int
    maximum: int
    message: str
    shown: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class MissingAttribute:
    """An attribute is required."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class WrongAttribute:
    """An attribute is known, and its value is of another kind than `accepted` says."""

    name: str
    accepted: str
    message: str

    @property
    def cases(self) -> tuple[int, ...]:
        """The numbers that an enum attribute takes; empty for other attributes."""
        _, separator, numbers = self.accepted.partition("integer cases: ")
        return tuple(int(number) for number in numbers.split(",")) if separator else ()


@dataclass(frozen=True, slots=True)
class WrongType:
    """The operand or result (`part`) at `index` has to be of another type."""

    part: str
    index: int
    accepted: str
    message: str
    shown: str = field(default="", compare=False)

    @property
    def place(self) -> tuple[str, int]:
        """`operands` or `results`, and the index there."""
        return self.part, self.index


@dataclass(frozen=True, slots=True)
class RegionRule:
    """A region does not have the blocks that it has to have."""

    index: int
    name: str
    accepted: str
    message: str
    shown: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """What only C++ checks failed; all that a spec can say of the operation holds."""

    message: str
    shown: str = field(default="", compare=False)
    """The operation in generic form, where a note behind the complaint shows it."""


@dataclass(frozen=True, slots=True)
class Died:
    """The process died on the module."""

    message: str


Reading: TypeAlias = (
    "Accepted | NoDialect | NoOperation | NoDefinition | Cases | Unparsable | Counted | Segments | GroupSize"
    " | MissingAttribute | WrongAttribute | WrongType | RegionRule | Refused | Died"
)

_PLACE = re.compile(r'^(?:loc\()?".*?":(\d+):(\d+)\)?: error: ')
_WORDS = {"zero": (0, 0), "a single": (1, 1), "one": (1, 1)}
_PARTS = r"(operand|result|region|successor)s?"

_Reader = Callable[["re.Match[str]", str], Reading]


def _worded(match: re.Match[str], message: str) -> Reading:
    low, high = _WORDS[match[1]]
    return Counted(f"{match[2]}s", low, high, message)


def _numbered(match: re.Match[str], message: str) -> Reading:
    number = int(match[1])
    return Counted(f"{match[3]}s", number, None if match[2] else number, message)


def _at_least(match: re.Match[str], message: str) -> Reading:
    return Counted(f"{match[2]}s", int(match[1]), None, message)


def _group(match: re.Match[str], message: str) -> Reading:
    low, high = (0, 1) if match[3] == "0 or 1" else (int(match[3]), int(match[3]))
    return GroupSize(f"{match[1]}s", int(match[2]), low, high, message)


_READERS: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (
        re.compile(r"operation being parsed with an unregistered dialect|created with unregistered dialect"),
        lambda _, message: NoDialect(message),
    ),
    (re.compile(r"unregistered operation '.*' found in dialect"), lambda _, message: NoOperation(message)),
    (
        re.compile(r"unknown +(?:attribute|type) `.*` in dialect `.*`|provides no (?:attribute|type) parsing hook"),
        lambda _, message: NoDefinition(message),
    ),
    (
        re.compile(r"expected \S+ to be one of: (.*)"),
        lambda match, message: Cases(tuple(match[1].split(", ")), message),
    ),
    (
        re.compile(r"successors in non-terminator"),
        lambda _, message: Counted("successors", 0, 0, message),
    ),
    (re.compile(rf"' op requires (zero|one|a single) {_PARTS}"), _worded),
    (re.compile(rf"' op (?:expected|requires) (\d+)( or more)? {_PARTS}"), _numbered),
    (re.compile(rf"' op requires at least (\d+) {_PARTS}"), _at_least),
    (
        re.compile(r"count \(\d+\) does not match with the total size \(\d+\) specified in attribute '(\w+)'"),
        lambda match, message: Segments(match[1], message),
    ),
    (re.compile(r"'(\w+SegmentSizes)' attribute"), lambda match, message: Segments(match[1], message)),
    (re.compile(r"' op (operand|result) group starting at #(\d+) requires (0 or 1|\d+) element"), _group),
    (
        re.compile(r"' op requires attribute '([^']+)'"),
        lambda match, message: MissingAttribute(match[1], message),
    ),
    (
        re.compile(r"' op attribute '([^']+)' failed to satisfy constraint: ?(.*)"),
        lambda match, message: WrongAttribute(match[1], match[2], message),
    ),
    (
        re.compile(r"Invalid attribute `([^`]+)` in property conversion: (.*)"),
        lambda match, message: WrongAttribute(match[1], match[2], message),
    ),
    (
        re.compile(r"' op (operand|result) #(\d+) must be (.*), but got '"),
        lambda match, message: WrongType(f"{match[1]}s", int(match[2]), match[3], message),
    ),
    (
        re.compile(r"' op region #(\d+)(?: \('([^']*)'\))? failed to verify constraint: (.*)"),
        lambda match, message: RegionRule(int(match[1]), match[2] or "", match[3], message),
    ),
)

_SHOWN = re.compile(r"note: see current operation: (.*)", re.DOTALL)
_VERIFIED = re.compile(r"^'([\w.]+)' op ")


def subject_of(message: str) -> str:
    """The operation that a complaint is about; empty where it does not name one."""
    match = _VERIFIED.match(message)
    return match[1] if match is not None else ""


def _first_error(answer: Said) -> tuple[str, tuple[int, int] | None]:
    """The first complaint, and its line and column."""
    said = answer.stderr or answer.error
    for line in said.splitlines():
        match = _PLACE.match(line)
        if match is not None:
            return line[match.end() :].strip(), (int(match[1]), int(match[2]))
    return said.strip().partition("\n")[0], None


def read_answer(
    answer: Said, name: str = "", place: tuple[int, int] | None = None, inner: Collection[str] = ()
) -> Reading:
    """What an answer means; the first complaint counts, as MLIR stops there.

    `name` is the operation in question, `place` its line and column: what C++ complains of may say only where. A
    complaint about one of `inner`, operations in its regions, comes when nothing is wrong with the operation itself.
    """
    if answer.text is not None:
        return Accepted(answer.text)
    if answer.death:
        return Died(f"the process {answer.death}")
    message, found = _first_error(answer)
    about = subject_of(message)
    if about in inner:
        return Refused(message)
    if name and about and about != name:
        return Unparsable(message, answer.stderr)
    for pattern, reader in _READERS:
        match = pattern.search(message)
        if match is not None:
            reading = reader(match, message)
            if isinstance(reading, (GroupSize, WrongType, RegionRule)):
                return replace(reading, shown=_shown(answer))
            return replace(reading, said=answer.stderr) if isinstance(reading, Cases) else reading
    is_verified = bool(about) or (found is not None and found == place)
    return Refused(message, _shown(answer)) if is_verified else Unparsable(message, answer.stderr)


def _shown(answer: Said) -> str:
    """The operation in generic form, where a note behind the complaint shows it."""
    shown = _SHOWN.search(answer.stderr)
    return shown[1] if shown else ""
