"""Values and calls that take no part in derivatives."""

from __future__ import annotations

from typing import Any

from ..._runtime.host import PACKAGE, ir
from .building import add_operation, walk
from .mathematics import IGNORE, KEPT

__all__ = ["CONSTANT", "hold_still", "is_inactive", "let_move", "make_inactive"]

_IR: Any = ir
INACTIVE = "enzyme_inactive"
"""What Enzyme calls the attribute of a function, and of a call, that takes no part."""
CONSTANT = f"{PACKAGE}.constant"
"""Marks an operation through which no derivative has to pass, and which stays so in derivatives of derivatives."""
OURS = f"{PACKAGE}.inactive"
"""Marks those that have it for the time of a stage only."""


def make_inactive(operation: Any) -> None:
    """Let a function, or a call, take no part in derivatives, until `let_move`."""
    for name in (INACTIVE, OURS):
        operation.attributes[name] = _IR.UnitAttr.get()


def is_inactive(operation: Any) -> bool:
    """Whether a function or a call takes no part in derivatives."""
    return INACTIVE in operation.attributes


def let_move(module: Any) -> None:
    """Take `make_inactive` back in a whole module."""
    for operation in walk(module.operation):
        if OURS in operation.attributes:
            del operation.attributes[INACTIVE]
            del operation.attributes[OURS]


def hold_still(value: Any) -> Any:
    """A value as one without derivative, at the current insertion point; `settle` takes that away again."""
    mark = {KEPT: _IR.UnitAttr.get()}
    return add_operation(IGNORE, [value], [value.type], mark).results[0]
