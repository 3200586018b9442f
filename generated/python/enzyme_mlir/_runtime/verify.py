"""Verification of IR that exists, by the rules that builders check."""

from __future__ import annotations

import difflib
import importlib
from contextlib import suppress
from typing import Any, TypeAlias

from .checking import checks_of
from .complaints import Complaint
from .dataclass import dataclass
from .declarations import existing
from .errors import gone, is_gone, wrong_type
from .host import PACKAGE, ir
from .released import is_released
from .rules import known_rules, rules_of
from .showing import Listing
from .symbols import parent_of

__all__ = ["Finding", "Findings", "verify"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with an operation: which part, what it is, what is accepted."""

    operation: str
    """The operation's name."""
    parameter: str
    """The part that is wrong, as builders call it."""
    given: str
    """What it is, in words."""
    accepted: str
    """What is accepted, in words."""
    location: str
    """Where the operation is, as MLIR writes locations."""
    hint: str = ""
    """What is likely meant, where something is."""

    def __str__(self) -> str:
        """The finding on a line, in the form of the builders' errors, behind the location."""
        return f"{self.location}: {self.operation}: {self.complaint}"

    @property
    def complaint(self) -> Complaint:
        """What is wrong, as the error of a builder knows it."""
        return Complaint(
            self.parameter, self.given, self.accepted, self.hint, self.operation
        )

    def __repr__(self) -> str:
        return f"<Finding {self}>"

    def _repr_html_(self) -> str:
        return Findings((self,)).html

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of a table."""
        return (
            self.operation,
            self.parameter,
            self.given,
            self.complaint.wanted,
            self.location,
        )


class Findings(Listing[Finding]):
    """What `verify` finds, as a tuple; it shows one below the other, in a notebook as a table."""

    __slots__ = ()

    NOUN = "finding"
    TITLES = ("operation", "part", "is", "accepted is", "location")


def verify(target: ir.Module | ir.OpView | ir.Operation) -> Findings:
    """Check an operation, and everything inside it, by the rules of this package's dialects.

    MLIR's own verifier checks nothing of operations whose dialect the context does not know.

    Args:
        target: A module or any operation; it stays as it is, and no context need be entered.

    Returns:
        Everything that is wrong, in the order of the IR; empty where all is well. Operations of other dialects are
        passed over, their regions are not.

    Raises:
        TypeError: `target` is not an operation.
    """
    if not isinstance(target, (ir.Module, ir.OpView, ir.Operation)):
        raise wrong_type("verify", "target", target, "a Module or an operation")
    if is_gone(target.operation if isinstance(target, ir.Module) else target):
        raise gone("verify", "target")
    run = _Run()
    with target.context:  # the rules make attributes to compare with
        run.verify(target.operation)
    return Findings(run.findings)


class _Run:
    """One verification. While it lasts the IR stays as it is: of an operation like an earlier one nothing is asked."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._right: set[Any] = set()
        self._last: dict[str, list[Any]] = {}
        self._ours: dict[str, bool] = {}

    def verify(self, target: ir.Operation) -> None:
        """Check an operation and everything inside it."""
        around = parent_of(target)
        pending: list[_Place] = [(target, around, _is_last(target, around))]
        while pending:
            place = pending.pop()
            operation = place[0]
            name = operation.name
            dialect = name.partition(".")[0]
            if dialect not in self._ours:
                self._ours[dialect] = _is_ours(dialect)
            regions = operation.regions
            if len(regions):
                if self._ours[dialect]:
                    self._verify_one(place, name, dialect)
                pending += reversed(_inside(operation))
            elif self._ours[dialect]:
                self._verify_like(place, name, dialect)

    def _verify_like(self, place: _Place, name: str, dialect: str) -> None:
        """Check an operation without regions, if none like it was right in the same surroundings."""
        operation, around, is_last = place
        operands = [value.type for value in operation.operands]
        parts = [
            *(around, is_last, len(operation.successors), len(operands)),
            *operands,
            *_result_types(operation),
            *operation.attributes.items(),
        ]
        if parts == self._last.get(name):  # to compare is quicker than to look up
            return
        key = (name, *parts)
        if key not in self._right:
            before = len(self.findings)
            self._verify_one(place, name, dialect)
            if len(self.findings) > before:
                return
            self._right.add(key)
        self._last[name] = parts

    def _verify_one(self, place: _Place, name: str, dialect: str) -> None:
        operation, around, is_last = place

        def report(complaint: Complaint) -> None:
            found = Finding(
                operation=name,
                parameter=complaint.parameter,
                given=complaint.given,
                accepted=complaint.accepted,
                location=str(operation.location),
                hint=complaint.hint,
            )
            self.findings.append(found)

        rules = rules_of(name)
        if rules is None:
            known = [known.partition(".")[2] for known in known_rules(dialect)]
            close = difflib.get_close_matches(name.partition(".")[2], known, n=1)
            hint = f"did you mean '{dialect}.{close[0]}'?" if close else ""
            report(
                Complaint(
                    "the operation", "unknown", f"an operation of {dialect}", hint
                )
            )
        elif is_released(name, report):
            parts = existing(operation, around, is_last=is_last)
            checks_of(rules).verify(parts, report)


if hasattr(getattr(ir, "OpResultList", None), "types"):

    def _result_types(operation: Any) -> list[Any]:
        return operation.results.types  # type: ignore[no-any-return]

else:

    def _result_types(operation: Any) -> list[Any]:
        return [value.type for value in operation.results]


def _is_ours(dialect: str) -> bool:
    """Whether this package has rules for the dialect; its module is imported if need be."""
    for module in (dialect, f"{dialect}_"):
        with suppress(ImportError):
            importlib.import_module(f"{PACKAGE}.dialects.{module}")
    return bool(known_rules(dialect))


_Place: TypeAlias = "tuple[Any, Any, bool]"
"""An operation, the one around it, and whether it ends its block."""


def _inside(operation: Any) -> list[_Place]:
    """The operations in the regions of another one."""
    found: list[_Place] = []
    for region in operation.regions:
        for block in region.blocks:
            inner = [view.operation for view in block.operations]
            found += [(each, operation, False) for each in inner[:-1]]
            found += [(each, operation, True) for each in inner[-1:]]
    return found


def _is_last(operation: Any, around: Any) -> bool:
    """Whether nothing follows an operation in its block."""
    if around is None:  # it stands in no block
        return True
    *_, last = operation.block.operations
    return bool(last.operation == operation)
