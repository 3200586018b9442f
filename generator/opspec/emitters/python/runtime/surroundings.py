"""The surroundings in which an operation is created: where, and in which context."""

from __future__ import annotations

import atexit
from collections.abc import Mapping, Sequence
from typing import Any

from .declarations import places
from .detaching import is_discarded
from .errors import foreign, gone
from .host import ir
from .rules import OperationRules
from .symbols import nearest_table

__all__ = ["check_contexts", "check_place", "current_place"]


def current_place() -> ir.InsertionPoint | None:
    """The current insertion point; hosts say in two ways that there is none."""
    try:
        return ir.InsertionPoint.current
    except (ValueError, RuntimeError):
        return None


def check_contexts(
    rules: OperationRules,
    operands: Sequence[ir.Type],
    results: Sequence[ir.Type],
    attributes: Mapping[str, ir.Attribute],
    context: ir.Context | None,
) -> None:
    """Refuse what belongs to another context, over which hosts abort; raises `ValueError`.

    So are operands that were discarded with the operation around them.
    """
    name = rules.name
    for index, given in enumerate(operands):
        is_gone = is_discarded(given)
        if is_gone or given.context is not context:
            called = places(rules.operands, operands, rules.operand_sizes, attributes)
            raise (gone if is_gone else foreign)(name, called[index])
    for index, given in enumerate(results):
        if given.context is not context:
            raise foreign(name, f"the type of result {index}")
    for key, attribute in attributes.items():
        if attribute.context is not context:
            raise foreign(name, key)


_checked: list[Any] = []
"""The block and the context that were last found to belong together."""

atexit.register(_checked.clear)


def check_place(
    name: str, place: ir.InsertionPoint | None, context: ir.Context | None
) -> None:
    """Refuse a place in another context, or inside an operation that is gone; raises `ValueError`."""
    if place is None:
        return
    block = place.block
    if _checked and _checked[0] == block and _checked[1] is context:
        return
    try:
        around = block.owner
    except RuntimeError:
        raise gone(name, "ip") from None
    except ValueError:  # a block that is nowhere yet
        return
    if around.context is not context:
        raise foreign(name, "the insertion point")
    if nearest_table(around) is not None:
        # A block that is in no module must not be kept: hosts abort where what it uses goes first.
        _checked[:] = [block, context]
