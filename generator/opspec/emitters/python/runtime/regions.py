"""Bodies of operations with regions."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from .accessors import RegionPart
from .checking import checks_of
from .complaints import raising
from .declarations import counted, existing
from .detaching import check_kept, detach
from .errors import foreign, gone, is_gone, wrong_type
from .host import BlockArgument, ir
from .rules import OperationRules
from .symbols import parent_of
from .values import items_of, result_types
from .verification import is_verifying

__all__ = ["Body", "RegionBuilder", "RegionBuilderAccessor", "build_region"]

Body: TypeAlias = Callable[..., Any]
"""Builds the operations of a block: takes the block's arguments, returns the values for its terminator.

It returns a value, a sequence of values, or None where it builds the terminator itself (or there is nothing
to return).
"""

Terminator: TypeAlias = Callable[..., Any]
"""The builder of a terminator: takes a list of values, and `loc=`."""


def _as_values(returned: object, operation: str, parameter: str) -> list[Any]:
    if returned is None:
        return []
    if isinstance(returned, (ir.Value, ir.OpView, ir.Operation)):
        return [returned]
    accepted = "a Value, a sequence of values, or None"
    return items_of(returned, operation, f"what {parameter} returns", accepted)


def _check_nothing(returned: object, operation: str, parameter: str) -> None:
    """Refuse values that a body returns where no operation is known that would pass them on."""
    items = returned if isinstance(returned, (list, tuple)) else (returned,)
    values = [item for item in items if isinstance(item, ir.Value)]
    if values:
        raise ValueError(
            f"{operation}: what {parameter} returns is {counted(len(values), 'value')}, accepted is None: no operation "
            "is known that would pass values on, so the body builds its terminator itself"
        )


def _has_terminator(block: ir.Block) -> bool:
    operations = list(block.operations)
    return bool(operations) and _is_terminator(operations[-1])


def _is_terminator(operation: Any) -> bool:
    kind: Any = type(operation)
    return bool(getattr(kind, "IS_TERMINATOR", False))


def build_region(
    operation: ir.Operation,
    index: int,
    parameter: str,
    body: Body | None,
    arguments: Sequence[ir.Type],
    terminator: Terminator | None = None,
    *,
    rules: OperationRules | None = None,
    verify: bool = True,
) -> None:
    """Fill a region with one block that `body` builds; nothing where `body` is None.

    `arguments` are the types of the block's arguments; where none are given, they follow from the operation's contract
    if it has one. If `body` fails, or what it built breaks a rule, the operation is erased, so that no half-built
    operation stays in the module.
    """
    if body is None and arguments == ():
        return
    name = operation.name
    try:
        if body is not None and not callable(body):
            raise wrong_type(
                name, parameter, body, "a callable that takes the block's arguments"
            )
        types = result_types(arguments, name, f"{parameter}_arguments")
        if body is None:
            return
        if not types and rules is not None and rules.contract is not None:
            parts = existing(operation, parent_of(operation))
            types = rules.contract.inputs(parts.attributes, parts.operands)
        region, attached = operation.regions[index], operation.attached
        with RegionBuilder(region)(*types) as block_arguments:
            block = region.blocks[0]
            returned = body(*block_arguments)
            check_kept(operation, attached, region, block, parameter)
            if not _has_terminator(block):
                if terminator is None:
                    _check_nothing(returned, name, parameter)
                else:
                    values = _as_values(returned, name, parameter)
                    terminator(values, loc=operation.location)
        if rules is not None and verify and is_verifying():
            built = existing(operation, parent_of(operation))
            checks_of(rules).check_built(index, built, raising(name))
    except BaseException as error:
        detach(operation)
        if isinstance(error, RuntimeError) and is_gone(operation):
            raise gone(name, parameter) from error
        raise


class RegionBuilder:
    """Opens the entry block of a region: `with op.build_body(f64) as (x,): ...`."""

    def __init__(self, region: ir.Region) -> None:
        self._region = region

    @contextmanager
    def __call__(
        self, *arguments: ir.Type, loc: ir.Location | None = None
    ) -> Generator[list[BlockArgument]]:
        """Append the entry block, with arguments of these types, and insert into it."""
        if len(list(self._region.blocks)):
            raise ValueError(
                f"{self._region.owner.name}: the region has a body already, accepted is an empty region"
            )
        types = result_types(arguments, self._region.owner.name, "arguments")
        owner = self._region.owner.operation
        if any(given.context is not owner.context for given in types):
            raise foreign(owner.name, "the type of a block argument")
        if loc is not None and not isinstance(loc, ir.Location):
            raise wrong_type(owner.name, "loc", loc, "a Location")
        where = owner.location if loc is None else loc
        if where.context is not owner.context:
            raise foreign(owner.name, "loc")
        blocks: Any = self._region.blocks
        block: ir.Block = blocks.append(*types, arg_locs=[where] * len(types))
        with ir.InsertionPoint(block):
            yield list(block.arguments)


class RegionBuilderAccessor(RegionPart[RegionBuilder]):
    """Gives the builder of a region of an operation."""

    def _read(self, op: ir.OpView) -> RegionBuilder:
        return RegionBuilder(op.operation.regions[self._index])
