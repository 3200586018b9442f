"""Calls of builders that are like the last one: what was made of its arguments is taken again.

Two calls are alike where they give the same objects as attributes, or lists of the same objects, and equal result
types. Where the rules are checked, or results follow, the operands have equal types too, and the operation stands in
the same block: what symbols mean there is taken to be the same.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any

from ..releases import release_in_use
from .declarations import ONE, VARIADIC, ValueRule
from .host import BlockArgument, OpResult, Value, ir
from .verification import is_verifying

__all__ = ["Repetition", "can_repeat"]

_LEAVES = (str, int, float, enum.Enum, ir.Attribute, ir.Type, type(None))
"""What never changes once it is made."""


def can_repeat(given: tuple[Any, ...]) -> bool:
    """Whether nothing of what was given can change: leaves, and lists of leaves, of which a copy is kept."""
    for part in given:
        items = part if part.__class__ is list or part.__class__ is tuple else (part,)
        for item in items:
            if not isinstance(item, _LEAVES):
                return False
    return True


class Repetition:
    """A call of a builder in one context and release, and what was made of its arguments.

    Args:
        name: The operation.
        operands: Its declared operands.
        attributes: What was given for each declared attribute.
        results: What was given as result types.
        made: The attributes that were made.
        types: The result types.
        values: The operands.
        groups: How many values each declared operand has, where several vary.
        regions: The number of regions.
        block: Where the operation was created, None where it was not checked.
    """

    def __init__(
        self,
        *,
        name: str,
        operands: tuple[ValueRule, ...],
        attributes: tuple[Any, ...],
        results: Any,
        made: dict[str, ir.Attribute],
        types: Sequence[ir.Type],
        values: Sequence[Value],
        groups: Sequence[int],
        regions: int,
        block: ir.Block | None,
    ) -> None:
        context: Any = ir.Context.current
        self._name = name
        self._kinds = [rule.multiplicity for rule in operands]
        self._is_flat = self._kinds.count(ONE) == len(operands)
        self._is_list = self._kinds == [VARIADIC]
        self._attributes = [(_copied(part), _ids(part)) for part in attributes]
        self._results = _copied(results)
        self._made = made
        self._types = types
        self._groups = groups
        self._regions = regions
        self._block = block
        self._operands = [] if block is None else [value.type for value in values]
        self._context = context
        self._is_registered = context.is_registered_operation(name)
        self._release = release_in_use()

    def again(
        self,
        operands: tuple[Any, ...],
        attributes: tuple[Any, ...],
        results: Any,
        loc: ir.Location | None,
        ip: ir.InsertionPoint | None,
        verify: bool,
    ) -> ir.Operation | None:
        """Build the operation of another call; None where that is not like this one, or cannot be built."""
        try:
            for given, (kept, ids) in zip(attributes, self._attributes, strict=True):
                if (ids is not None or given is not kept) and (
                    ids is None
                    or given.__class__ is not kept.__class__
                    or [*map(id, given)] != ids
                ):
                    return None
            if results is not self._results and not _is_equal(results, self._results):
                return None
            values: Any = operands
            if self._is_list:
                values = operands[0]
                if values.__class__ is not list and values.__class__ is not tuple:
                    return None
            elif not self._is_flat:
                values = self._grouped(operands)
                if values is None:
                    return None
            context: Any = self._context
            around: Any = ir.Context.current if loc is None else loc.context
            if (
                around is not context
                or self._release != release_in_use()
                or not (self._is_registered or context.allow_unregistered_dialects)
            ):
                return None
            # Of a value that is gone even the type must not be read.
            for value in values:
                kind = value.__class__
                if kind is not BlockArgument and (
                    kind is not OpResult or not value.owner.attached
                ):
                    return None
            if results is None or (verify and is_verifying()):
                place = ir.InsertionPoint.current if ip is None else ip
                if self._block is None or place.block != self._block:
                    return None
                if [value.type for value in values] != self._operands:
                    return None
            return ir.Operation.create(
                self._name,
                self._types,
                values,
                self._made,
                None,
                self._regions,
                loc,
                ip,
            )
        except (AttributeError, IndexError, RuntimeError, TypeError, ValueError):
            return None  # what is wrong, the long way says

    def _grouped(self, operands: tuple[Any, ...]) -> list[Any] | None:
        """The values of all declared operands, None where they are not as many as here."""
        values: list[Any] = []
        groups: list[int] = []
        for kind, part in zip(self._kinds, operands, strict=True):
            before = len(values)
            if part.__class__ is list or part.__class__ is tuple:
                if kind != VARIADIC:
                    return None
                values += part
            elif kind == VARIADIC:
                return None
            elif part is not None:
                values.append(part)
            groups.append(len(values) - before)
        return values if groups == self._groups else None


def _copied(given: Any) -> Any:
    """A list as it is now; anything else as it is."""
    return list(given) if given.__class__ is list else given


def _ids(given: Any) -> list[int] | None:
    """What the items of a list are, None for anything else."""
    is_list = given.__class__ is list or given.__class__ is tuple
    return [*map(id, given)] if is_list else None


def _is_equal(given: Any, kept: Any) -> bool:
    """Whether result types are equal, and given in the same form."""
    return given.__class__ is kept.__class__ and bool(given == kept)
