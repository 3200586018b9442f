"""Taking back an operation whose body failed, whatever the body has done to it.

What the body built may live on in Python, and hosts do not notice when its memory is freed. So such an operation is
not erased: it leaves its block, lets go of everything outside of it, and is kept while the process lasts, because no
host can say whether a value inside is still in use. Its values have a type that no operation takes.
"""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from typing import Any

from .caches import keep_in_forks
from .errors import is_gone, refused
from .host import PACKAGE, ir
from .symbols import parent_of

__all__ = ["check_kept", "detach", "empty", "is_discarded"]

_marks: set[ir.Type] = set()
"""The types of discarded values, one for each context that has any."""

_discarded: list[Any] = []
"""The operations that were taken back."""


atexit.register(_marks.clear)
atexit.register(_discarded.clear)
keep_in_forks(lambda: (*_marks, *_discarded))  # and a fork goes on to know them


def is_discarded(given: ir.Type) -> bool:
    """Whether a type is that of discarded values."""
    return bool(_marks) and given in _marks


def check_kept(
    operation: ir.Operation, attached: bool, region: Any, block: Any, parameter: str
) -> None:
    """Raise `ValueError` where a body has moved away what it stands in; `attached` is how the operation was before.

    Raises the host's `RuntimeError` where the operation is gone.
    """
    if operation.attached != attached or _is_inside_itself(operation):
        what = "operation"
    elif list(region.blocks)[:1] != [block]:
        what = "block"
    else:
        return
    given = f"a body that moves its {what} away"
    raise refused(operation.name, parameter, given, "one that leaves it in place")


def _is_inside_itself(operation: Any) -> bool:
    """Whether an operation has no outermost one around it, since it stands in its own region."""
    around = parent_of(operation)
    while around is not None and around.operation != operation:
        around = parent_of(around.operation)
    return around is not None


def empty(operation: ir.Operation, index: int) -> None:
    """Take back the blocks of a region that are half built; its operation stays.

    They stay too where something outside of them uses what is inside.
    """
    if is_gone(operation):
        return
    create: Any = ir.Operation.create
    holder = create("builtin.module", regions=1, loc=operation.location, ip=False)
    inside, region = holder.regions[0], operation.regions[index]
    blocks = list(region.blocks)
    for block in blocks:
        block.append_to(inside)
    if not detach(holder):
        for block in blocks:
            block.append_to(region)


def detach(operation: ir.Operation) -> bool:
    """Take back an operation that is half built; returns whether that is done.

    It stays where something outside of it uses what is inside: hosts abort, or read freed memory, over that.
    """
    try:
        if _is_inside_itself(operation):
            operation.detach_from_parent()
        inside = list(_inside(operation))
        if not inside:
            operation.erase()
            return True
        values = [value for block in inside for value in _values(block)]
        for value in values:
            if any(_is_outside(use.owner, operation) for use in value.uses):
                return False
        _close(operation, inside)
        _mark(values, operation.context)
        if operation.attached:
            operation.detach_from_parent()
        _discarded.append(operation)
    except RuntimeError:  # the body has erased it already
        pass
    return True


def _inside(operation: Any) -> Iterator[Any]:
    """All blocks inside of an operation."""
    for region in operation.regions:
        for block in region.blocks:
            yield block
            for view in block.operations:
                yield from _inside(view.operation)


def _values(block: Any) -> list[Any]:
    """The values that a block defines."""
    results = [result for view in block.operations for result in view.operation.results]
    return [*block.arguments, *results]


def _is_outside(user: Any, operation: Any) -> bool:
    """Whether an operation is not inside of another one."""
    around = user.operation
    while around is not None:
        if around == operation:
            return False
        above = parent_of(around)
        around = None if above is None else above.operation
    return True


def _close(operation: Any, inside: list[Any]) -> None:
    """Let everything that an operation and what is inside of it use be one more argument of its first block.

    So it can go later than what it used, and nothing uses its own results, over which a host aborts.
    """
    nothing = inside[0].add_argument(
        ir.NoneType.get(operation.context), operation.location
    )
    users = [view.operation for block in inside for view in block.operations]
    for user in (operation, *users):
        for index in range(len(user.operands)):
            user.operands[index] = nothing


def _mark(values: list[Any], context: ir.Context) -> None:
    allowed = context.allow_unregistered_dialects
    context.allow_unregistered_dialects = (
        True  # a body may have switched it off, and a host aborts over the type
    )
    with context:
        mark: Any = ir.OpaqueType.get(PACKAGE, "erased")
    context.allow_unregistered_dialects = allowed
    _marks.add(mark)
    for value in values:
        value.set_type(mark)
