"""Contracts: how the operands and results of an operation follow from a function and from activities.

A rule is written once and serves several operations. It says for each activity what one argument (or result) of the
function adds to the operands of the operation, and what to its results.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from opspec.dataclass import dataclass
from opspec.diagnostics import Location
from opspec.model.constraints import AnyConstraint, TypeConstraint

__all__ = ["ActivityFlow", "Contract", "ContractRule", "Flow", "Role", "RoleType"]

_NOWHERE = Location("<unknown>")


class RoleType(Enum):
    """How the type of a value follows from that of the argument or result that it belongs to."""

    SAME = "same"
    """It is that type, e.g. `f64`."""
    WIDENED = "widened"
    """It has the width, or the batch shape, in front: `f64` and 2 give `tensor<2xf64>`."""
    PRODUCT = "product"
    """It has the result's shape, then the argument's: a block of a Jacobian."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a value is for, e.g. `shadow`."""

    name: str
    type: RoleType
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """What one argument or result of the function adds. Written `(primal) -> (derivative) for float | index`."""

    operands: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    accepts: TypeConstraint = field(default_factory=AnyConstraint)


@dataclass(frozen=True, slots=True)
class ActivityFlow:
    """The flow of one activity, by its symbol (`enzyme_dup`); empty where the operation knows no activities."""

    activity: str
    flow: Flow


@dataclass(frozen=True, slots=True)
class ContractRule:
    """A rule, e.g. `reverse`. `pairs` are roles among the results for each pair of a result and an argument."""

    name: str
    roles: tuple[Role, ...]
    arguments: tuple[ActivityFlow, ...]
    results: tuple[ActivityFlow, ...]
    pairs: tuple[str, ...] = ()
    summary: str = ""
    location: Location = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract of an operation: a rule, and the parts of the operation that it speaks of.

    `callee` is the symbol attribute or the region that holds the function; `activity` and `ret_activity` are the
    attributes with one activity for each argument and result, `width` the one that widened values have in front.
    """

    rule: ContractRule
    callee: str
    activity: str = ""
    ret_activity: str = ""
    width: str = ""
