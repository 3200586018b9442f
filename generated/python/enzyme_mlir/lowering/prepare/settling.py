"""What Enzyme leaves behind of its dialect, in terms that can be differentiated again."""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .building import walk
from .copies import clear
from .mathematics import IGNORE, settle_mathematics
from .still import let_move

__all__ = ["let_go", "settle"]

_IR: Any = ir


def settle(module: Any) -> None:
    """Make plain code of what a derivative has been expanded to.

    Args:
        module: A module, which is changed.
    """
    settle_mathematics(module.operation)
    let_move(module)
    for operation in list(walk(module.operation)):
        if operation.name == "enzyme.fill_zero":
            with operation.location, _IR.InsertionPoint(operation):
                clear(operation.operands[0])
            operation.erase()


def let_go(module: Any) -> None:
    """Take `enzyme.ignore_derivatives` away where nothing is left to differentiate: it gives what it is given."""
    for operation in list(walk(module.operation)):
        if operation.name == IGNORE:
            operation.results[0].replace_all_uses_with(operation.operands[0])
            operation.erase()
