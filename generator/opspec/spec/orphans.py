"""A dialect without what its overlay says about things that the facts no longer have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from opspec.model.constraints import ArrayOf, AttributeConstraint
from opspec.model.dialect import Dialect, Operation, Region
from opspec.model.sample import SampleValue

__all__ = ["without_orphans"]


def _texts(value: SampleValue) -> Iterator[str]:
    """The texts in a value."""
    if isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def _gone(dialect: Dialect, constraint: AttributeConstraint, value: SampleValue) -> Iterator[str]:
    """Everything in a value that should be a case and is none."""
    while isinstance(constraint, ArrayOf):
        constraint = constraint.element
    enum = dialect.enum_of(constraint)
    if enum is None:
        return
    known = {word for case in enum.cases for word in (case.symbol, case.text)}
    for text in _texts(value):
        parts = text.split(enum.separator) if enum.bits and enum.separator else [text]
        for part in parts:
            if part not in known and not part.startswith("#"):
                yield part


def without_orphans(dialect: Dialect) -> Dialect:
    """The dialect without terminators that do not exist, and without samples that name cases that do not."""
    known = {operation.mnemonic for operation in dialect.operations}

    def region(found: Region) -> Region:
        return found if found.terminator in known else replace(found, terminator="")

    def fitting(operation: Operation) -> Operation:
        regions = tuple(region(found) for found in operation.regions)
        sample = operation.sample
        values = dict(sample.attributes) if sample is not None else {}
        is_gone = any(
            True
            for named in operation.attributes
            if named.name in values
            for _ in _gone(dialect, named.attribute.constraint, values[named.name])
        )
        return replace(operation, regions=regions, sample=None if is_gone else sample)

    return replace(dialect, operations=tuple(fitting(operation) for operation in dialect.operations))
