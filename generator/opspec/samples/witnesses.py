"""Types and values that one constraint accepts and another does not."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.constraints.accepts import accepts
from opspec.constraints.parts import resolve, walk
from opspec.constraints.values import accepts_value
from opspec.model.constraints import (
    AttributeConstraint,
    Builtin,
    DefinitionReference,
    IntegerOf,
    TypeConstraint,
)
from opspec.model.dialect import Dialect
from opspec.model.sample import SampleValue
from opspec.notation import print_type
from opspec.samples.definitions import sample_text

__all__ = ["type_of_both", "type_that_is_refused", "value_that_is_refused"]

_SCALARS = ("f64", "f32", "f16", "bf16", "index", "i64", "i32", "i8", "i1", "i16", "i17", "si32", "ui32")
_SHAPES = (
    *("tensor<4x{}>", "tensor<*x{}>", "memref<4x{}>", "memref<*x{}>", "vector<4x{}>"),
    *("tensor<{}>", "tensor<4x4x{}>", "tensor<?x{}>", "memref<{}>", "memref<4x4x{}>", "memref<?x{}>", "vector<[4]x{}>"),
)
_NUMBERS = (1, 0, -1, 3, 2, 7, 100, 2**20, 2**40, -(2**40))


def _types(constraint: TypeConstraint, dialect: Dialect) -> Iterator[str]:
    """Types to try: those that the constraint names, plain ones, then containers of them."""
    scalars: list[str] = []
    definitions: list[str] = []
    for part in walk(resolve(constraint, dialect)):
        match part:
            case Builtin(word) if word in _SCALARS:
                scalars.append(word)
            case IntegerOf("i" | "si" | "ui"):
                scalars.append(print_type(part))
            case DefinitionReference(owner, mnemonic):
                definition = dialect.type(owner, mnemonic)
                definitions += [] if definition is None else [sample_text(definition, dialect)]
            case _:
                pass
    scalars += _SCALARS
    yield from (*definitions, *scalars)
    yield from (shape.format(scalar) for shape in _SHAPES for scalar in scalars)


def type_that_is_refused(
    old: TypeConstraint, new: TypeConstraint, old_dialect: Dialect, new_dialect: Dialect
) -> str | None:
    """A type that the old constraint accepts and the new one does not."""
    for text in (*_types(old, old_dialect), *_types(new, new_dialect)):
        if accepts(old, text, old_dialect) and accepts(new, text, new_dialect) is False:
            return text
    return None


def type_of_both(constraint: TypeConstraint, dialect: Dialect, other: str) -> str | None:
    """A type that a constraint accepts and that is not `other`."""
    fitting = (text for text in _types(constraint, dialect) if text != other and accepts(constraint, text, dialect))
    return next(fitting, None)


def value_that_is_refused(old: AttributeConstraint, new: AttributeConstraint) -> SampleValue | None:
    """A number that the old constraint takes and the new one does not; None where they are not about numbers."""
    for value in _NUMBERS:
        if accepts_value(old, value) and accepts_value(new, value) is False:
            return value
    return None
