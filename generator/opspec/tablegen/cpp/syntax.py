"""What a C++ expression consists of."""

from __future__ import annotations

from typing import TypeAlias

from opspec.dataclass import dataclass

__all__ = [
    "Binary",
    "Braces",
    "Call",
    "Cast",
    "Character",
    "Choice",
    "Expression",
    "Member",
    "Name",
    "NumberText",
    "Strings",
    "Unary",
]


@dataclass(frozen=True, slots=True)
class NumberText:
    """A number as it is written."""

    text: str


@dataclass(frozen=True, slots=True)
class Character:
    """A character in its quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Strings:
    """String literals that stand side by side, each in its quotes."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its namespaces and template arguments, e.g. `::dd::Mode::Y`; of a type also `unsigned long`."""

    text: str


@dataclass(frozen=True, slots=True)
class Braces:
    """A list in braces, behind the name of a type or without one."""

    type: str
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a function, of a member, or of a type's constructor."""

    callee: Name | Member
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object, behind `.` or `->`."""

    object: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Cast:
    """`static_cast<type>(operand)` or `(type)operand`."""

    type: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Unary:
    """An operator before its operand."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    """An operator between two operands."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Choice:
    """`condition ? chosen : other`."""

    condition: Expression
    chosen: Expression
    other: Expression


Expression: TypeAlias = (
    "NumberText | Character | Strings | Name | Braces | Call | Member | Cast | Unary | Binary | Choice"
)
