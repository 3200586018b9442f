"""The outcome of a probe: one item for each thing that was compared."""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from opspec.dataclass import dataclass
from opspec.diagnostics import Location

__all__ = ["Item", "Kind", "Status"]


class Status(Enum):
    """How a spec and a binary stand to each other in one thing."""

    AGREES = "agrees"
    MISSING = "missing"
    """The spec has it, the binary does not."""
    EXTRA = "extra"
    """The binary has it, the spec does not."""
    SPELLED = "spelled-differently"
    """The binary reads other text."""
    REQUIRED = "required-differently"
    """Required in one, not in the other."""
    COUNTED = "counted-differently"
    """There are other numbers of operands, results, regions or successors."""
    TYPED = "typed-differently"
    """The binary refuses a type, or a kind of attribute, that the spec takes."""
    UNKNOWN = "unknown"
    """The binary's answers do not tell."""


class Kind(Enum):
    """What was compared."""

    DIALECT = "dialect"
    OPERATION = "operation"
    OPERATION_ATTRIBUTE = "attribute of an operation"
    ATTRIBUTE = "attribute"
    TYPE = "type"
    CASE = "enum case"


@dataclass(frozen=True, slots=True)
class Item:
    """One comparison, e.g. of `enzyme.autodiff`, `enzyme.autodiff width`, `#enzyme.activity`, `Activity enzyme_dup`.

    `note` says what differs; `message` is what the binary said; `module` is the IR it said that of. Of an operation,
    `part` is the operand, result or attribute in question, `form` what the binary wants there, in the notation of
    specs, `counted` a kind of parts with the least and the greatest number that the binary wants.
    """

    dialect: str
    kind: Kind
    name: str
    status: Status
    note: str = ""
    message: str = ""
    module: str = ""
    location: Location = field(default=Location("<unknown>"), compare=False)
    part: str = ""
    form: str = ""
    counted: tuple[str, int, int | None] | None = None

    @property
    def is_disagreement(self) -> bool:
        """Whether spec and binary differ here."""
        return self.status not in (Status.AGREES, Status.UNKNOWN)
