"""Types to try for a constraint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isqrt

from opspec.constraints.accepts import TypeText, read_type_text
from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    Builtin,
    ConstraintReference,
    DefinitionReference,
    IntegerOf,
    InterfaceConstraint,
    Modifier,
    OpaqueConstraint,
    Shaped,
    TypeConstraint,
)
from opspec.model.dialect import Dialect
from opspec.notation.words import FORMS, MODIFIERS
from opspec.samples.definitions import sample_text
from opspec.samples.likely import likely_types

__all__ = ["candidates", "freedom", "needs_dialect"]

_HOLDING = re.compile(r"\b(memref|vector|complex)<[^<>!]*!")
"""Containers that take no type of a dialect that MLIR does not know."""

_PLAIN = {
    "integer": ("i64", "i32", "i1", "i8", "i16", "si64", "ui64"),
    "signless_integer": ("i64", "i32", "i1", "i8", "i16"),
    "signed_integer": ("si64", "si32"),
    "unsigned_integer": ("ui64", "ui32"),
    "float": ("f64", "f32", "f16", "bf16"),
    "complex": ("complex<f64>", "complex<f32>"),
    "function": ("() -> ()",),
    "tuple": ("tuple<f64>",),
}
"""The types to try for a word, the one to prefer first."""


def freedom(constraint: TypeConstraint, dialect: Dialect) -> int:
    """How much a constraint leaves to others: 0 where it names its types, 2 where it takes every one, 1 in between."""
    match constraint:
        case ConstraintReference(name):
            return freedom(dialect.constraint(name), dialect)
        case AnyConstraint() | InterfaceConstraint() | OpaqueConstraint():
            return 2
        case Shaped(_, element, _):
            return min(1, freedom(element, dialect))
        case DefinitionReference(owner, mnemonic):
            definition = dialect.type(owner, mnemonic)
            return int(definition is not None and bool(definition.parameters))
        case _:
            return 0


def _shapes(container: str, modifiers: tuple[Modifier, ...]) -> list[tuple[str, ...]]:
    """Shapes to try for a container."""
    if all(form.startswith("unranked") for form in FORMS[container]):
        return [("*",)]
    numbers = [value for modifier in modifiers for value in modifier.values]
    tried: list[tuple[str, ...]] = [("4",), (), *((str(number),) for number in sorted(numbers, reverse=True))]
    tried += [("4",) * rank for rank in range(2, max((3, *numbers[:1])) + 1)]
    tried += [(str(side),) * 2 for number in numbers if (side := isqrt(number)) ** 2 == number]
    fitting = [shape for shape in tried if _fits(list(map(int, shape)), modifiers)] or [("4",)]
    if container == "scalable_vector":
        fitting = [tuple(f"[{extent}]" for extent in shape) for shape in fitting if shape]
    return fitting


def _fits(extents: list[int], modifiers: tuple[Modifier, ...]) -> bool:
    """Whether extents meet all conditions; those that only C++ can check are met."""
    checks = ((MODIFIERS[modifier.word], modifier.values) for modifier in modifiers if modifier.word in MODIFIERS)
    return all(check(extents, values) for check, values in checks)


def needs_dialect(text: str) -> bool:
    """Whether MLIR makes a type only where it knows the dialect of the types that it holds, e.g. `memref<4x!d.box>`."""
    return _HOLDING.search(text) is not None


def candidates(constraint: TypeConstraint, dialect: Dialect) -> Iterator[TypeText]:
    """Types that satisfy a constraint, the plainest first; those that need their dialect only where all do."""
    needing: list[TypeText] = []
    is_empty = True
    for found in _candidates(constraint, dialect):
        if needs_dialect(found.text):
            needing.append(found)
        else:
            is_empty = False
            yield found
    if is_empty:
        yield from needing


def _candidates(constraint: TypeConstraint, dialect: Dialect) -> Iterator[TypeText]:
    match constraint:
        case AnyConstraint():
            yield TypeText("f64")
        case InterfaceConstraint(name) | OpaqueConstraint(name):
            yield from map(read_type_text, (*likely_types(name, dialect), "f64"))
        case ConstraintReference(name):
            yield from _candidates(dialect.constraint(name), dialect)
        case Builtin(word):
            yield from map(TypeText, _PLAIN.get(word, (word,)))
        case IntegerOf(prefix, width):
            yield TypeText(f"{'i' if prefix == 'int' else prefix}{width}")
        case AnyOf(options):
            for option in options:
                yield from _candidates(option, dialect)  # type: ignore[arg-type]
        case DefinitionReference(owner, mnemonic):
            definition = dialect.type(owner, mnemonic)
            yield TypeText(f"!{owner}.{mnemonic}" if definition is None else sample_text(definition, dialect))
        case Shaped(container, element, modifiers):
            elements = sorted(_candidates(element, dialect), key=lambda found: found.text != "f64")
            if container in ("complex", "tuple"):
                yield from (TypeText(f"{container}<{found.text}>") for found in elements)
                return
            if container == "like":
                yield from elements
            yield from _containers("value_semantics" if container == "like" else container, modifiers, elements)


def _containers(container: str, modifiers: tuple[Modifier, ...], elements: list[TypeText]) -> Iterator[TypeText]:
    kinds = dict.fromkeys(form.removeprefix("unranked_").rpartition("_")[2] for form in FORMS[container])
    for kind in kinds:
        for shape in _shapes(container, modifiers):
            plain = read_type_text(f"{kind}<f64>").shaped(shape)
            yield from (plain.of(found.text) for found in elements)
