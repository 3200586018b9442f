"""Bodies of operations with regions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, TypeAlias, TypeVar

from .checking import checks_of
from .complaints import Complaint, complaining, raising
from .declarations import RegionRule, counted, existing
from .detaching import check_kept, detach, empty
from .errors import foreign, gone, is_gone, refused, wrong_type
from .host import BlockArgument, ir
from .region_accessors import RegionPart
from .registry import class_of
from .released import lacks
from .rules import OperationRules
from .symbols import parent_of
from .values import items_of, result_types
from .verification import is_verifying

__all__ = [
    "Body",
    "OpenRegion",
    "RegionBuilder",
    "RegionBuilderAccessor",
    "build_region",
    "read_body",
]

Body: TypeAlias = Callable[..., Any]
"""Builds the operations of a block: takes the block's arguments, returns the values for its terminator.

It returns a value, a sequence of values, or None where it builds the terminator itself (or there is nothing
to return).
"""

Terminator: TypeAlias = Callable[..., Any]
"""The builder of a terminator: takes a list of values, and `loc=`."""

_B = TypeVar("_B", bound=Body)


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
        raise refused(
            operation,
            f"what {parameter} returns",
            counted(len(values), "value"),
            "None: no operation is known that would pass values on, so the body builds its terminator itself",
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
        types = read_body((body, arguments), name, parameter)
        if body is None:
            return
        block = _append_block(operation, index, _inputs(operation, types, rules))
        with ir.InsertionPoint(block):
            _fill(operation, index, parameter, body, terminator)
        if rules is not None and verify:
            _check_built(operation, index, rules)
    except BaseException as error:
        detach(operation)
        if isinstance(error, RuntimeError) and is_gone(operation):
            raise gone(name, parameter) from error
        raise


def read_body(given: tuple[Any, ...], operation: str, parameter: str) -> list[ir.Type]:
    """The types of a block's arguments, given behind the body that builds it; either is refused if it is none."""
    body, arguments = given[:2]
    if body is not None:
        _check_body(body, operation, parameter)
    return result_types(arguments, operation, f"{parameter}_arguments")


def _check_body(body: object, operation: str, parameter: str) -> None:
    if not callable(body):
        accepted = "a callable that takes the block's arguments"
        raise wrong_type(operation, parameter, body, accepted)


def _inputs(
    operation: ir.Operation, types: list[ir.Type], rules: OperationRules | None
) -> Sequence[ir.Type]:
    """The types of a block's arguments: those that are given, else those that follow from the contract."""
    if types or rules is None or rules.contract is None:
        return types
    parts = existing(operation, parent_of(operation))
    return rules.contract.inputs(parts.attributes, parts.operands)


def _append_block(
    operation: ir.Operation,
    index: int,
    types: Sequence[ir.Type],
    loc: ir.Location | None = None,
) -> ir.Block:
    """The entry block of an empty region, with arguments of these types."""
    name, region = operation.name, operation.regions[index]
    if len(list(region.blocks)):
        complaint = Complaint("the region", "one with a body", "an empty region")
        text = "the region has a body already, accepted is an empty region"
        raise complaining(ValueError, name, complaint, text)
    if any(given.context is not operation.context for given in types):
        raise foreign(name, "the type of a block argument")
    if loc is not None and not isinstance(loc, ir.Location):
        raise wrong_type(name, "loc", loc, "a Location")
    where = operation.location if loc is None else loc
    if where.context is not operation.context:
        raise foreign(name, "loc")
    blocks: Any = region.blocks
    block: ir.Block = blocks.append(*types, arg_locs=[where] * len(types))
    return block


def _fill(
    operation: ir.Operation,
    index: int,
    parameter: str,
    body: Body,
    terminator: Terminator | None,
) -> None:
    """Build a region's block by a body, and its terminator of what that returns; the block's end is current."""
    region, attached = operation.regions[index], operation.attached
    block = region.blocks[0]
    returned = body(*block.arguments)
    check_kept(operation, attached, region, block, parameter)
    if _has_terminator(block):
        return
    if terminator is None:
        _check_nothing(returned, operation.name, parameter)
    else:
        values = _as_values(returned, operation.name, parameter)
        terminator(values, loc=operation.location)


def _check_built(operation: ir.Operation, index: int, rules: OperationRules) -> None:
    """Raise `ValueError` where what was built breaks a rule."""
    if is_verifying():
        built = existing(operation, parent_of(operation))
        checks_of(rules).check_built(index, built, raising(operation.name))


class OpenRegion:
    """The block of an empty region, for a `with` statement that builds it, or to decorate a function that does.

    If that fails, the region is empty again.
    """

    def __init__(
        self, builder: RegionBuilder, types: list[ir.Type], loc: ir.Location | None
    ) -> None:
        self._builder = builder
        self._types = types
        self._loc = loc

    def __enter__(self) -> list[BlockArgument]:
        """Append the block and insert into it; gives its arguments."""
        built = self._builder
        types = _inputs(built.operation, self._types, built.rules)
        block = _append_block(built.operation, built.rule.index, types, self._loc)
        self._place = ir.InsertionPoint(block)
        self._place.__enter__()
        return list(block.arguments)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._place.__exit__(kind, error, trace)
        if error is not None:
            empty(self._builder.operation, self._builder.rule.index)

    def __call__(self, body: _B) -> _B:
        """Build the block by a function of its arguments, as builders do with `body=`; gives the function back."""
        built = self._builder
        operation, rule = built.operation, built.rule
        name, parameter = operation.name, rule.parameter or rule.name
        _check_body(body, name, parameter)
        try:
            with self:
                _fill(operation, rule.index, parameter, body, built.terminator)
                _check_built(operation, rule.index, built.rules)
        except RuntimeError as error:
            if is_gone(operation):
                raise gone(name, parameter) from error
            raise
        return body


class RegionBuilder:
    """Opens a region of an operation: `with op.build_body(f64) as (x,): ...`, or `@op.build_body(f64)`."""

    def __init__(
        self, operation: ir.Operation, rules: OperationRules, rule: RegionRule, end: str
    ) -> None:
        self.operation = operation
        """The operation."""
        self.rules = rules
        """Its rules."""
        self.rule = rule
        """The region's."""
        self._end = end

    @property
    def terminator(self) -> Terminator | None:
        """Builds what passes a body's values on; None where no operation is known that does."""
        return class_of(self._end)._build if self._end else None

    def __call__(
        self, *arguments: ir.Type, loc: ir.Location | None = None
    ) -> OpenRegion:
        """The entry block to be, with arguments of these types; by default they follow from the contract, if any."""
        types = result_types(arguments, self.operation.name, "arguments")
        return OpenRegion(self, types, loc)


class RegionBuilderAccessor(RegionPart[RegionBuilder]):
    """Gives the builder of a region of an operation; `end` is the operation that passes a body's values on."""

    def __init__(self, part: str, end: str = "") -> None:
        super().__init__(part)
        self._end = end

    def _read(self, op: ir.OpView) -> RegionBuilder:
        if is_gone(op):
            raise gone(self._rules.name, self._name)
        rule = self.in_use(op)
        if rule is None:
            parameter = self._rule.parameter or self._rule.name
            raise lacks(self._rules.name, parameter, self._rule.having or ())
        return RegionBuilder(op.operation, self._rules, rule, self._end)
