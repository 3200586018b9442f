"""The contract of an operation in words and tables."""

from __future__ import annotations

from opspec.dataclass import dataclass
from opspec.emitters.markdown import cell, code
from opspec.model.constraints import AnyConstraint, ConstraintReference
from opspec.model.contracts import ActivityFlow, Contract, Flow, RoleType
from opspec.model.dialect import Dialect
from opspec.notation import print_type

__all__ = ["ContractSection", "view_contract"]

_REFUSED = "refused"
_ORDER = (
    "Operands come in the order of the arguments, then of the results. Results come in the order of the results, then "
    "of the arguments."
)


@dataclass(frozen=True, slots=True)
class ContractSection:
    """What the template places: a line, what each role is, and the table of activities."""

    summary: str
    roles: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def _values(roles: tuple[str, ...]) -> str:
    return ", ".join(roles) if roles else "none"


def _cells(flows: tuple[ActivityFlow, ...], activity: str) -> tuple[str, str]:
    for entry in flows:
        if entry.activity == activity:
            return _values(entry.flow.operands), _values(entry.flow.results)
    return _REFUSED, _REFUSED


def _types(dialect: Dialect, flow: Flow) -> str:
    """The type constraint of a flow, with the names of the overlay spelled out."""
    text = print_type(flow.accepts)
    for named in reversed(dialect.constraints):
        if isinstance(flow.accepts, ConstraintReference) or f"{named.name}" in text.split(" | "):
            parts = [print_type(named.constraint) if part == named.name else part for part in text.split(" | ")]
            text = " | ".join(parts)
    return text


def _notes(dialect: Dialect, contract: Contract) -> tuple[str, ...]:
    notes = [_ORDER]
    limits: dict[str, list[str]] = {}
    for side, flows in (("argument", contract.rule.arguments), ("result", contract.rule.results)):
        for entry in flows:
            if not isinstance(entry.flow.accepts, AnyConstraint):
                what = f"{side} {code(entry.activity)}" if entry.activity else side
                limits.setdefault(_types(dialect, entry.flow), []).append(what)
    notes += [f"Only for {code(types, in_table=False)}: {', '.join(what)}." for types, what in limits.items()]
    for key, side in ((contract.activity, "argument"), (contract.ret_activity, "result")):
        if key:
            notes.append(f"{code(key)} has one entry for each {side} of {code(contract.callee)}.")
    if contract.width and any(role.type is RoleType.WIDENED for role in contract.rule.roles):
        widened = ", ".join(role.name for role in contract.rule.roles if role.type is RoleType.WIDENED)
        notes.append(
            f"The extents of {code(contract.width)} stand in front of the shape of: {widened}. A scalar becomes a "
            "tensor; memrefs have no such form. A width of 1 adds nothing."
        )
    if contract.rule.pairs:
        pairs = _values(contract.rule.pairs)
        notes.append(
            f"Then, for each result and in it for each argument: {pairs}, shaped as the result, then the argument."
        )
    return tuple(notes)


def view_contract(dialect: Dialect, contract: Contract) -> ContractSection:
    """The section about a contract."""
    rule = contract.rule
    activities = list(dict.fromkeys(entry.activity for entry in (*rule.arguments, *rule.results)))
    rows = tuple(
        (
            code(activity) if activity else "every one",
            *_cells(rule.arguments, activity),
            *_cells(rule.results, activity),
        )
        for activity in activities
    )
    columns = ("Activity", "Argument: operands", "Argument: results", "Result: operands", "Result: results")
    roles = tuple(f"{code(role.name)}: {cell(role.summary)}" for role in rule.roles)
    return ContractSection(rule.summary, roles, columns, rows, _notes(dialect, contract))
