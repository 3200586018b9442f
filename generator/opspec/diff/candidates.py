"""Types and values that one constraint accepts and another does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opspec.diff.relation import contains, resolved
from opspec.model.constraints import (
    AnyOf,
    AttributeConstraint,
    Builtin,
    Confined,
    DefinitionReference,
    IntegerOf,
    Refinement,
    Shaped,
    TypeConstraint,
)
from opspec.model.dialect import Dialect
from opspec.model.sample import SampleValue
from opspec.notation import print_type
from opspec.samples.definitions import sample_text

__all__ = ["type_of_both", "type_that_is_refused", "value_that_is_refused"]

_ELEMENTS: tuple[TypeConstraint, ...] = (
    *(Builtin(word) for word in ("f64", "f32", "f16", "bf16", "index")),
    *(IntegerOf("i", width) for width in (64, 32, 8, 1, 16, 17)),
    *(IntegerOf(prefix, 32) for prefix in ("si", "ui")),
)
_SHAPES = {
    "ranked_tensor": "tensor<4x{}>",
    "unranked_tensor": "tensor<*x{}>",
    "memref": "memref<4x{}>",
    "unranked_memref": "memref<*x{}>",
    "fixed_vector": "vector<4x{}>",
}


def _leaves(constraint: TypeConstraint | AttributeConstraint) -> Iterator[TypeConstraint]:
    """The simple constraints inside one."""
    match constraint:
        case AnyOf(options):
            for option in options:
                yield from _leaves(option)
        case Shaped(_, element, _):
            yield from _leaves(element)
        case Builtin() | IntegerOf() | DefinitionReference():
            yield constraint
        case _:
            pass


def _text(constraint: TypeConstraint, dialect: Dialect) -> str | None:
    """The one type that an exact constraint stands for, in MLIR's syntax; None where it stands for several."""
    match constraint:
        case Builtin(word) if word in {c.word for c in _ELEMENTS if isinstance(c, Builtin)}:
            return word
        case IntegerOf("i" | "si" | "ui", _):
            return print_type(constraint)
        case Shaped(container, element, ()) if container in _SHAPES:
            inner = _text(element, dialect)
            return _SHAPES[container].format(inner) if inner is not None else None
        case DefinitionReference(owner, mnemonic):
            definition = dialect.type(owner, mnemonic)
            return sample_text(definition, dialect) if definition is not None else None
        case _:
            return None


def _exact(constraints: Iterable[TypeConstraint]) -> Iterator[TypeConstraint]:
    """Constraints that stand for one type each, those of the given constraints first."""
    found: dict[str, TypeConstraint] = {}
    for constraint in (*(leaf for each in constraints for leaf in _leaves(each)), *_ELEMENTS):
        found.setdefault(print_type(constraint), constraint)
    yield from found.values()
    for container in _SHAPES:
        for element in found.values():
            if not isinstance(element, DefinitionReference):
                yield Shaped(container, element)


def type_that_is_refused(
    old: TypeConstraint, new: TypeConstraint, old_dialect: Dialect, new_dialect: Dialect
) -> str | None:
    """A type that the old constraint accepts and the new one does not."""
    first, second = resolved(old, old_dialect), resolved(new, new_dialect)
    for exact in _exact([first, second]):  # type: ignore[list-item]
        text = _text(exact, old_dialect)
        if text is not None and contains(first, exact) and not contains(second, exact):
            return text
    return None


def type_of_both(constraint: TypeConstraint, dialect: Dialect, other: str) -> str | None:
    """A type that a constraint accepts and that is not `other`."""
    first = resolved(constraint, dialect)
    for exact in _exact([first]):  # type: ignore[list-item]
        text = _text(exact, dialect)
        if text is not None and text != other and contains(first, exact):
            return text
    return None


_NUMBERS = (1, 0, -1, 3, 2, 7, 100, 2**20, 2**40, -(2**40))


def _meets(value: int, refinement: Refinement) -> bool | None:
    """Whether a number meets a condition; None where only C++ knows."""
    bound = refinement.values[0] if refinement.values else 0
    match refinement.word:
        case "positive":
            return value > 0
        case "non_negative":
            return value >= 0
        case "non_zero":
            return value != 0
        case "power_of_two":
            return value > 0 and value & (value - 1) == 0
        case "min":
            return value >= bound
        case "max":
            return value <= bound
        case _:
            return None


def _admits(constraint: AttributeConstraint, value: int) -> bool | None:
    """Whether an integer constraint takes a number; None where it is no such constraint, or only C++ knows."""
    match constraint:
        case Confined(base, refinements):
            verdicts = [_admits(base, value), *(_meets(value, refinement) for refinement in refinements)]
            return None if None in verdicts else all(verdicts)
        case IntegerOf("ui", width):
            return value >= 0 and value.bit_length() <= width
        case IntegerOf(_, width):
            return (value if value >= 0 else ~value).bit_length() < width
        case _:
            return None


def value_that_is_refused(old: AttributeConstraint, new: AttributeConstraint) -> SampleValue | None:
    """A number that the old constraint takes and the new one does not; None where they are not about numbers."""
    for value in _NUMBERS:
        if _admits(old, value) and _admits(new, value) is False:
            return value
    return None
