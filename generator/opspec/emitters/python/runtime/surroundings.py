"""The surroundings in which an operation is created: where, and in which context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .caches import forgetting
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


_checked: tuple[Any, Any] | None = None
"""The block and the context that were last found to belong together."""


def _forget() -> Any:
    global _checked
    found, _checked = _checked, None
    return found


forgetting(_forget)


def check_place(
    name: str, place: ir.InsertionPoint | None, context: ir.Context | None
) -> bool:
    """Refuse a place in another context, or inside an operation that is gone; raises `ValueError`.

    Returns whether the place may be kept: hosts abort where something in no module goes later than what it uses.
    """
    global _checked
    if place is None:
        return False
    block = place.block
    known = _checked
    if known is not None and known[0] == block and known[1] is context:
        return True
    try:
        around = block.owner
    except RuntimeError:
        raise gone(name, "ip") from None
    except ValueError:  # a block that is nowhere yet
        return False
    if around.context is not context:
        raise foreign(name, "the insertion point")
    if nearest_table(around) is None:
        return False
    _checked = (block, context)
    return True
