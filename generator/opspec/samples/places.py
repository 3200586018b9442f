"""Where a sample stands: in which operations, in a function or the module, and what ends its blocks."""

from __future__ import annotations

from opspec.dataclass import dataclass
from opspec.model.constraints import HasParent, Multiplicity
from opspec.model.dialect import Dialect, Operation, Region
from opspec.model.parents import known_parents
from opspec.model.sample import SampleRegion
from opspec.model.terminators import terminators_of

__all__ = [
    "Place",
    "foreign_parent",
    "path_of",
    "regions_of",
    "some_terminator",
    "stands_in_module",
    "written_region",
]

_WITHOUT_TERMINATOR = ("NoTerminator", "GraphRegionNoTerminator")
_FRAMES = ("builtin.module", "func.func")
_SYMBOLS = ("Symbol", "SymbolOpInterface", "FunctionOpInterface")
"""Traits and interfaces of operations that are symbols, whose parent has to be a table of symbols."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an operation belongs: in a region of another one."""

    parent: Operation
    region: Region


def regions_of(operation: Operation) -> tuple[Region, ...]:
    """The regions that an operation has in any case."""
    return tuple(region for region in operation.regions if region.constraint.multiplicity is Multiplicity.ONE)


def written_region(operation: Operation, region: Region) -> SampleRegion | None:
    """What a person wrote about the block of a region."""
    written = operation.sample.regions if operation.sample is not None else ()
    return next((found for found in written if found.name == region.name), None)


def _place(dialect: Dialect, operation: Operation) -> Place | None:
    """Where an operation belongs; None for anywhere."""
    full_name = f"{dialect.name}.{operation.mnemonic}"
    required = [
        dialect.operation(name.partition(".")[2])
        for trait in operation.traits
        if isinstance(trait, HasParent)
        for name in known_parents(trait)
        if name.partition(".")[0] == dialect.name
    ]
    if operation.sample is not None and not required:
        return None
    naming = {parent.mnemonic: parent for parent in (*dialect.ended_by(full_name), *required)}
    ended = [
        Place(parent, region)
        for parent in naming.values()
        for region in regions_of(parent)
        if full_name in terminators_of(dialect, parent, region) and parent is not operation
    ]
    for place in ended:
        if written_region(place.parent, place.region) is not None:
            return place
    inside = [
        Place(parent, region)
        for parent in required
        for region in regions_of(parent) or parent.regions
        if parent is not operation
    ]
    for places in ([place for place in inside if place in ended], inside):
        if places:
            return places[0]
    return ended[0] if ended and operation.has_trait("Terminator") else None


def path_of(dialect: Dialect, operation: Operation) -> tuple[Place, ...]:
    """The places that an operation stands in, the outermost first."""
    found: list[Place] = []
    seen = {operation.mnemonic}
    place = _place(dialect, operation)
    while place is not None and place.parent.mnemonic not in seen:
        found.insert(0, place)
        seen.add(place.parent.mnemonic)
        place = _place(dialect, place.parent)
    return tuple(found)


def stands_in_module(operation: Operation) -> bool:
    """Whether an operation has to stand in the module itself, and in no function."""
    if operation.sample is not None and operation.sample.inside:
        return operation.sample.inside == "module"
    parents = _parents(operation)
    is_symbol = any(name in operation.interfaces or operation.has_trait(name) for name in _SYMBOLS)
    return "builtin.module" in parents if parents else is_symbol


def _parents(operation: Operation) -> list[str]:
    """The full names of the operations that an operation may stand in, as far as known; empty for any."""
    return [name for trait in operation.traits if isinstance(trait, HasParent) for name in known_parents(trait)]


def foreign_parent(dialect: Dialect, operation: Operation) -> str:
    """The operation of another dialect that an operation has to stand in; empty for a function and for a module."""
    parents = _parents(operation)
    is_at_home = any(name in _FRAMES or name.startswith(f"{dialect.name}.") for name in parents)
    return "" if is_at_home or not parents else parents[0]


def _ends_any_block(operation: Operation) -> bool:
    """Whether an operation ends blocks of any operation, and needs nothing for it."""
    parts = [*operation.results, *operation.regions, *operation.successors]
    required = any(operand.value.multiplicity is Multiplicity.ONE for operand in operation.operands)
    required |= any(named.attribute.required for named in operation.attributes)
    is_bound = any(isinstance(trait, HasParent) for trait in operation.traits)
    return operation.has_trait("Terminator") and not (parts or required or is_bound)


def some_terminator(dialect: Dialect, parent: Operation) -> str:
    """A terminator of this dialect that goes anywhere, for blocks whose end nobody names; empty for none."""
    if any(parent.has_trait(name) for name in _WITHOUT_TERMINATOR):
        return ""
    fitting = (operation for operation in dialect.operations if _ends_any_block(operation))
    return next((f"{dialect.name}.{found.mnemonic}" for found in fitting if found is not parent), "")
