"""The values of enums that defaults name, wherever a spec declares an attribute or a parameter."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.constraints.parts import enum_in
from opspec.diagnostics import Diagnostics, Known, Location
from opspec.model.constraints import AnyOf, AttributeConstraint, EnumCases, Literal, ParameterConstraint
from opspec.model.dialect import Dialect, Enum
from opspec.notation.literals import print_literal
from opspec.spec.references import References

__all__ = ["DefaultCases"]


class DefaultCases:
    """Looks up the cases in defaults of a dialect; what is no value of the enum is a diagnostic."""

    def __init__(self, dialect: Dialect, references: References, diagnostics: Diagnostics) -> None:
        self._dialect = dialect
        self._references = references
        self._diagnostics = diagnostics
        self._cases = {enum.name: Known(case.symbol for case in enum.cases) for enum in dialect.enums}

    def look_up(
        self, default: Literal | None, constraint: AttributeConstraint | ParameterConstraint, location: Location
    ) -> None:
        """Look up the cases that a default names, and report what is no value of the enum."""
        enum = enum_in(self._dialect, constraint)
        if enum is None:
            return
        for literal in _leaves(default):
            if isinstance(literal, EnumCases):
                for name in literal.names:
                    self._references.use(f"enum '{enum.name}'", name, self._cases[enum.name], "a default", location)
            if not isinstance(constraint, AnyOf) and _is_no_value(literal, enum):
                accepted = f"cases of {enum.name}, joined by '|'" if enum.bits else f"a case of {enum.name}"
                message = f"the default is {print_literal(literal)}, accepted is {accepted}"
                known = ", ".join(case.symbol for case in enum.cases)
                self._diagnostics.report("default", message, location, f"known here: {known}")


def _leaves(literal: Literal | None) -> Iterator[Literal]:
    """What a default is made of, in lists of any depth."""
    if isinstance(literal, tuple):
        for item in literal:
            yield from _leaves(item)
    elif literal is not None:
        yield literal


def _is_no_value(literal: Literal, enum: Enum) -> bool:
    """Whether a number is none that an enum has, or several cases are given of one that has no bits."""
    if isinstance(literal, EnumCases):
        return len(literal.names) > 1 and not enum.bits
    if isinstance(literal, bool) or not isinstance(literal, int):
        return False
    if not enum.bits:
        return all(case.value != literal for case in enum.cases)
    mask = 0
    for case in enum.cases:
        mask |= case.value
    return literal < 0 or literal & ~mask != 0
