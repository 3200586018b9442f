"""How many values each operand and result of a sample has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from opspec.model.constraints import Builtin, Multiplicity
from opspec.model.dialect import NamedValue, Operation

__all__ = ["returned", "sizes_of"]

_OF_OPEN_EXTENTS = re.compile(r"dynamic|(?<![a-z])dims", re.IGNORECASE)


def sizes_of(operation: Operation, parts: Sequence[NamedValue], given: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """How many values each of an operation's operands (or results) has; as many as are given where some are.

    Without an attribute for their sizes, all parts of variable size have one size.
    """
    sized = "AttrSizedOperandSegments" if parts == operation.operands else "AttrSizedResultSegments"
    variable = [part for part in parts if part.value.multiplicity is not Multiplicity.ONE]
    known = [len(given[part.name]) for part in variable if part.name in given]
    shared = (known or [1])[0] if len(variable) > 1 and not operation.has_trait(sized) else None
    sizes: dict[str, int] = {}
    for part in parts:
        size = int(part.value.multiplicity is Multiplicity.ONE or _has_one(operation, part))
        if shared is not None and part in variable:
            size = shared
        sizes[part.name] = len(given[part.name]) if part.name in given else size
    return sizes


def _has_one(operation: Operation, part: NamedValue) -> bool:
    """Whether a list has an element: no size of an open extent, since there is none; nothing for a block to take."""
    if part.value.multiplicity is not Multiplicity.VARIADIC:
        return False
    statics = {named.name.lower().replace("_", "") for named in operation.attributes}
    is_extent = part.value.type == Builtin("index") and (
        _OF_OPEN_EXTENTS.search(part.name) is not None or f"static{part.name.lower()}" in statics
    )
    is_operand = part in operation.operands
    is_passed_on = "BlockArgOpenMPOpInterface" in operation.interfaces or (
        operation.successors and operation.has_trait("Terminator")
    )
    return not (is_extent or (is_operand and is_passed_on))


def returned(parent: Operation, last: Operation, parts: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """Other types for the lists that the last operation of a block takes: a function that gives nothing takes none."""
    if "FunctionOpInterface" not in parent.interfaces:
        return {}
    lists = [part.name for part in last.operands if part.value.multiplicity is Multiplicity.VARIADIC]
    return {name: () for name in lists if name in parts}
