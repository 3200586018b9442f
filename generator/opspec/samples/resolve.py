"""Samples made whole: a value for every part of a call, from the overlay's sample or from the constraints.

A sample keeps the rules of its operation by construction: types satisfy constraints and traits, symbols exist, regions
have their blocks and terminators, and an operation that belongs into another stands in one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opspec.dataclass import dataclass
from opspec.model.constraints import (
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Confined,
    Multiplicity,
    RegionConstraint,
)
from opspec.model.dialect import Dialect, NamedValue, Operation, Region
from opspec.model.sample import SampleValue
from opspec.model.terminators import terminators_of
from opspec.samples.choice import choose_types
from opspec.samples.places import (
    Place,
    foreign_parent,
    path_of,
    regions_of,
    some_terminator,
    stands_in_module,
    written_region,
)
from opspec.samples.rules import Draft, fit_to_rules
from opspec.samples.sizes import returned, sizes_of
from opspec.samples.values import SYMBOL, placed, sample_value

__all__ = ["ResolvedSample", "SampleBlock", "SampleCall", "resolve_sample"]

_DEFINITION = f"func.func private @{SYMBOL}()"


@dataclass(frozen=True, slots=True)
class SampleBlock:
    """The block of a region: the types of its arguments, and the operations in it.

    `first` is the number of the first argument. `terminator` is an operation of another dialect that ends the block,
    `returns` says which of the arguments it returns.
    """

    region: Region
    arguments: tuple[str, ...]
    first: int
    calls: tuple[SampleCall, ...]
    terminator: str = ""
    returns: tuple[int, ...] = ()

    @property
    def goes_on(self) -> bool:
        """Whether the last operation goes on in a block behind, which it ends as well."""
        return bool(self.calls) and bool(self.calls[-1].operation.successors)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the arguments."""
        return tuple(self.first - index for index in range(len(self.arguments)))


@dataclass(frozen=True, slots=True)
class SampleCall:
    """One operation. `operands` and `results` hold the types of each declared part, in order.

    `values` are the numbers of the operands: of the function's arguments from 0 up, of the arguments of blocks from -1
    down, outermost block first.
    """

    operation: Operation
    operands: tuple[tuple[str, ...], ...]
    values: tuple[int, ...]
    attributes: tuple[tuple[str, SampleValue], ...]
    results: tuple[tuple[str, ...], ...]
    blocks: tuple[SampleBlock, ...]

    @property
    def types(self) -> tuple[str, ...]:
        """The types of all operands, in order."""
        return tuple(text for part in self.operands for text in part)

    def attribute(self, name: str) -> SampleValue | None:
        """The value of an attribute; None where the sample leaves it unset."""
        return dict(self.attributes).get(name)

    def block(self, region: Region) -> SampleBlock | None:
        """The block of a region; None where it stays empty."""
        return next((block for block in self.blocks if block.region.name == region.name), None)


@dataclass(frozen=True, slots=True)
class ResolvedSample:
    """A function with arguments of the types `arguments`, in which `call` stands.

    The operation that the sample is about is that of `call`, or stands in it, at the end of `path`: the block of each
    operation on the way. Without a function (`in_function`), `call` stands in the module itself. `around` is an
    operation of another dialect that it has to stand in.
    """

    call: SampleCall
    arguments: tuple[str, ...]
    path: tuple[SampleBlock, ...]
    setup: str
    in_function: bool = True
    around: str = ""

    @property
    def ends_block(self) -> bool:
        """Whether the operation has to be the last one of its block."""
        operation = self.call.operation
        is_last = bool(operation.successors) or operation.has_trait("Terminator")
        return is_last and self.in_function and not self.around

    @property
    def is_whole(self) -> bool:
        """Whether it keeps all rules: a region that has to have several blocks, or one without an end, stays empty."""
        calls = [self.call, *(call for block in self.path for call in block.calls)]
        regions = [(call, region) for call in calls for region in call.operation.regions]
        return all(_keeps_rules(call, region) for call, region in regions)

    def number(self, value: int) -> int:
        """The number of a value, as MLIR counts arguments: those of blocks behind those of the function."""
        return value if value >= 0 else len(self.arguments) - value - 1


class _Resolver:
    def __init__(self, dialect: Dialect, path: tuple[Place, ...], operation: Operation) -> None:
        self._dialect = dialect
        self._path = path
        self._operation = operation
        self._setups: list[str] = []
        self._blocks: list[SampleBlock] = []
        self.arguments: list[str] = []

    def resolve(self) -> ResolvedSample:
        operation = self._path[0].parent if self._path else self._operation
        call = self._call(operation, depth=0, start=0)
        self._blocks.reverse()
        arguments, path, setup = tuple(self.arguments), tuple(self._blocks), "\n".join(self._setups)
        around = foreign_parent(self._dialect, operation)
        in_function = bool(arguments) or not (around or stands_in_module(operation))
        return ResolvedSample(
            call=call, arguments=arguments, path=path, setup=setup, in_function=in_function, around=around
        )

    def _call(
        self,
        operation: Operation,
        *,
        depth: int,
        start: int,
        parts: dict[str, tuple[str, ...]] | None = None,
        given: Sequence[int] | None = None,
        active: tuple[str, ...] = (),
    ) -> SampleCall:
        """One operation and what is in it.

        Args:
            operation: The operation.
            depth: How many places of the path it stands in; more than the path has where it is not on it.
            start: How many arguments the blocks around it have.
            parts: The types of its operands and results; by default they are chosen.
            given: The numbers of its operands; by default the function gets an argument for each.
            active: The operations around it that are not on the path.
        """
        attributes = dict(self._attributes(operation))
        if parts is None:
            parts = self._part_types(operation)
            fitting = fit_to_rules(self._dialect, Draft(operation, parts, attributes))
            parts, attributes = fitting.types, fitting.attributes
        operands = tuple(parts[operand.name] for operand in operation.operands)
        types = [text for part in operands for text in part]
        values = tuple(given if given is not None else range(len(self.arguments), len(self.arguments) + len(types)))
        if given is None:
            self.arguments += types
        if operation.sample is not None:
            self._set_up(operation.sample.setup)
        blocks = [
            block
            for region in self._filled(operation, depth)
            if (block := self._block(operation, region, depth, start, active)) is not None
        ]
        results = tuple(parts[result.name] for result in operation.results)
        return SampleCall(
            operation=operation,
            operands=operands,
            values=values,
            attributes=tuple(attributes.items()),
            results=results,
            blocks=tuple(blocks),
        )

    def _filled(self, operation: Operation, depth: int) -> tuple[Region, ...]:
        """The regions that may get a block: a variadic one only where the path leads into it."""
        inside = self._path[depth].region if depth < len(self._path) else None
        certain = regions_of(operation)
        return tuple(region for region in operation.regions if region in certain or region is inside)

    def _set_up(self, text: str) -> None:
        if text and text not in self._setups:
            self._setups.append(text)

    def _attributes(self, operation: Operation) -> Iterator[tuple[str, SampleValue]]:
        sizes = {operand.value.segments for operand in operation.operands if operand.value.segments}
        given = dict(operation.sample.attributes) if operation.sample is not None else {}
        for named in operation.attributes:
            if named.name in given:
                yield named.name, given[named.name]
            elif named.attribute.required:
                value = sample_value(self._dialect, named.attribute.constraint)
                value = placed(named.name, named.attribute.constraint, value)
                yield named.name, () if named.name in sizes else value
                if value == f"@{SYMBOL}" or _is_reference(named.attribute.constraint):
                    self._set_up(_DEFINITION)

    def _part_types(self, operation: Operation, given: list[str] | None = None) -> dict[str, tuple[str, ...]]:
        """The types of each operand and result; those of the operands in order where they are given."""
        found: dict[str, tuple[str, ...]] = {}
        if stands_in_module(operation):  # where no values are
            found.update({o.name: () for o in operation.operands if o.value.multiplicity is not Multiplicity.ONE})
        if operation.sample is not None:
            found.update(dict(operation.sample.operands))
            found.update(dict(operation.sample.results))
        if given is not None:
            found.update(_shared_out(operation.operands, given))
        sizes = {**sizes_of(operation, operation.operands, found), **sizes_of(operation, operation.results, found)}
        present = [part for part in (*operation.operands, *operation.results) if sizes[part.name]]
        fixed = {name: types[0] for name, types in found.items() if types}
        chosen = choose_types(self._dialect, operation, present, fixed)
        for name, size in sizes.items():
            found.setdefault(name, (chosen[name],) * size if size else ())
        return found

    def _block(
        self, operation: Operation, region: Region, depth: int, start: int, active: tuple[str, ...]
    ) -> SampleBlock | None:
        """The block of a region; None where the region can stay empty."""
        place = self._path[depth] if depth < len(self._path) else None
        is_on_path = place is not None and place.parent is operation and place.region is region
        written = written_region(operation, region)
        endings = sorted(terminators_of(self._dialect, operation, region), key=self._goes_on)
        needs_block = _takes_one_block(region.constraint) and bool(region.constraint.blocks)
        chosen = written.terminator if written is not None else ""
        ending = chosen or (endings[0] if endings else "")
        if self._goes_on(ending) and not is_on_path:
            return None  # it takes a block more, which only a region that is opened has
        if not ending and (is_on_path or written or needs_block):
            ending = some_terminator(self._dialect, operation)
        if not _takes_one_block(region.constraint) or not (is_on_path or written or ending or needs_block):
            return None
        inner = None
        if is_on_path:
            inner = self._path[depth + 1].parent if depth + 1 < len(self._path) else self._operation
        last = self._own(ending)
        if inner is not None and f"{self._dialect.name}.{inner.mnemonic}" in endings:
            last = inner
        if last is not None and last is not inner and last.mnemonic in (*active, operation.mnemonic):
            last = None  # operations that end each other would have no end
        arguments = list(written.arguments) if written is not None else []
        nothing = operation.has_trait("NoRegionArguments")
        calls: list[SampleCall] = []
        operations = [found for found in (inner if inner is not last else None, last) if found is not None]
        operands: list[tuple[dict[str, tuple[str, ...]], list[int] | None]] = []
        for each in operations:
            values: list[int] | None = None
            if each is last and written is not None:
                parts = self._part_types(each, [written.arguments[index] for index in written.returns])
                values = [-start - 1 - index for index in written.returns]
            else:
                parts = self._part_types(each)
                if each is last:
                    parts |= returned(operation, each, parts)
            if values is None and not nothing:
                types = [text for operand in each.operands for text in parts[operand.name]]
                values = [-start - 1 - len(arguments) - index for index in range(len(types))]
                arguments += types
            operands.append((parts, values))
        behind = start + len(arguments)
        for each, (parts, values) in zip(operations, operands, strict=True):
            inside = depth + 1 if each is inner else len(self._path)
            around = () if each is inner else (*active, operation.mnemonic)
            calls.append(self._call(each, depth=inside, start=behind, parts=parts, given=values, active=around))
        foreign = ending if self._own(ending) is None else ""
        returns = written.returns if written is not None and foreign else ()
        block = SampleBlock(
            region=region,
            arguments=tuple(arguments),
            first=-start - 1,
            calls=tuple(calls),
            terminator=foreign,
            returns=returns,
        )
        if is_on_path:
            self._blocks.append(block)
        return block

    def _goes_on(self, full_name: str) -> bool:
        """Whether an operation of this dialect has successors."""
        found = self._own(full_name)
        return found is not None and bool(found.successors)

    def _own(self, full_name: str) -> Operation | None:
        """The operation of this dialect that has a name; None for no name, and for those of others."""
        dialect, _, mnemonic = full_name.partition(".")
        return self._dialect.operation_called(mnemonic) if dialect == self._dialect.name else None


def _keeps_rules(call: SampleCall, region: Region) -> bool:
    """Whether a region of a call has as many blocks as it has to have."""
    constraint, block = region.constraint, call.block(region)
    if block is not None and block.goes_on:
        is_one = constraint.blocks == 1 and not constraint.minimum
        return not (is_one or call.operation.has_trait("SingleBlock"))
    is_empty = block is None and constraint.multiplicity is Multiplicity.ONE
    is_missing = is_empty and bool(constraint.blocks) and not constraint.maximum
    return _takes_one_block(constraint) and not is_missing


def _takes_one_block(constraint: RegionConstraint) -> bool:
    """Whether a region may have one block, which is all that a sample builds."""
    return constraint.maximum or constraint.blocks is None or constraint.blocks <= 1


def _is_reference(constraint: AttributeConstraint) -> bool:
    """Whether an attribute refers to a symbol, or is a list of them."""
    if isinstance(constraint, Confined):
        return _is_reference(constraint.base)
    if isinstance(constraint, ArrayOf):
        return _is_reference(constraint.element)
    return constraint in (AttributeKind.SYMBOL_REF, AttributeKind.FLAT_SYMBOL_REF)


def _shared_out(operands: Sequence[NamedValue], types: list[str]) -> dict[str, tuple[str, ...]]:
    """Types by operand: one for each, and what is left over for the one that takes a list."""
    found: dict[str, tuple[str, ...]] = {}
    spare = len(types) - sum(operand.value.multiplicity is Multiplicity.ONE for operand in operands)
    position = 0
    for operand in operands:
        size = 1 if operand.value.multiplicity is Multiplicity.ONE else max(spare, 0)
        found[operand.name] = tuple(types[position : position + size])
        position += size
        spare -= size if operand.value.multiplicity is not Multiplicity.ONE else 0
    return found


class _Latest:
    """The samples of the dialect that was asked about last: its checks, tests and pages all want them."""

    held: tuple[Dialect | None, dict[int, tuple[Operation, ResolvedSample]]] = (None, {})


def resolve_sample(dialect: Dialect, operation: Operation) -> ResolvedSample:
    """The sample of an operation, in the operations that it has to stand in."""
    latest = _Latest.held
    if latest[0] is not dialect:
        latest = _Latest.held = (dialect, {})
    known = latest[1].get(id(operation))
    if known is None or known[0] is not operation:
        known = operation, _Resolver(dialect, path_of(dialect, operation), operation).resolve()
        latest[1][id(operation)] = known
    return known[1]
