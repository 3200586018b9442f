"""Types for samples: what a type constraint accepts, and which types to try for it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

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
from opspec.samples.definitions import sample_text

__all__ = ["SampleType", "accepts", "candidates", "freedom", "read_sample_type"]

_SHAPED = re.compile(r"(tensor|memref|vector)<((?:\[?(?:\d+|\?)\]?x|\*x)*)(.*?)(,.*)?>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SampleType:
    """A type, in MLIR's syntax. A container also has its element type and its shape.

    `shape` is how MLIR writes the extents, e.g. `("4", "?")`; `("*",)` where the rank is open. `rest` is what the text
    has behind the element type, e.g. `, 1`.
    """

    text: str
    container: str = ""
    shape: tuple[str, ...] = ()
    element: str = ""
    rest: str = ""

    def of(self, element: str) -> SampleType:
        """The container with elements of another type."""
        return _shaped(self.container, self.shape, element, self.rest)

    @property
    def scalar(self) -> str:
        """The element type; a type that is no container is its own element."""
        return self.element if self.container else self.text


def _shaped(container: str, shape: tuple[str, ...], element: str, rest: str = "") -> SampleType:
    extents = "".join(f"{extent}x" for extent in shape)
    return SampleType(f"{container}<{extents}{element}{rest}>", container, shape, element, rest)


def read_sample_type(text: str) -> SampleType:
    """The type that a text writes; what is no tensor, memref or vector counts as a scalar."""
    match = _SHAPED.fullmatch(text.strip())
    if match is None:
        return SampleType(text)
    shape = tuple(match[2].split("x")[:-1])
    return SampleType(text, match[1], shape, match[3], match[4] or "")


_FORMS = {
    "shaped": ("tensor", "memref", "vector"),
    "tensor": ("tensor",),
    "ranked_tensor": ("tensor",),
    "unranked_tensor": ("tensor",),
    "memref": ("memref",),
    "unranked_memref": ("memref",),
    "ranked_or_unranked_memref": ("memref",),
    "vector": ("vector",),
    "fixed_vector": ("vector",),
    "scalable_vector": ("vector",),
    "value_semantics": ("tensor", "vector"),
    "like": ("tensor", "vector"),
}
"""The containers that each word for containers stands for, the one to prefer first."""

_OPEN_RANK = ("unranked_tensor", "unranked_memref")
_ANY_RANK = ("shaped", "tensor", "ranked_or_unranked_memref", "value_semantics", "like")
_WORDS = {
    "integer": ("i64", "i32", "i1", "i8", "i16", "si64", "ui64"),
    "signless_integer": ("i64", "i32", "i1", "i8", "i16"),
    "signed_integer": ("si64", "si32"),
    "unsigned_integer": ("ui64", "ui32"),
    "float": ("f64", "f32", "f16", "bf16"),
    "complex": ("complex<f64>", "complex<f32>"),
    "function": ("() -> ()",),
    "tuple": ("tuple<f64>",),
    "any": ("f64",),
}
_PATTERNS = {
    "integer": r"(si|ui|i)\d+",
    "signless_integer": r"i\d+",
    "signed_integer": r"si\d+",
    "unsigned_integer": r"ui\d+",
    "float": r"(f|bf|tf)\d\w*",
    "complex": r"complex<.*>",
    "function": r"\(.*\) -> .*",
    "tuple": r"tuple<.*>",
    "any": r".*",
}


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


def accepts(constraint: TypeConstraint, given: SampleType, dialect: Dialect) -> bool:
    """Whether a type satisfies a constraint; what only C++ can check passes."""
    match constraint:
        case AnyConstraint() | InterfaceConstraint() | OpaqueConstraint():
            return True
        case ConstraintReference(name):
            return accepts(dialect.constraint(name), given, dialect)
        case Builtin(word):
            return re.fullmatch(_PATTERNS.get(word, re.escape(word)), given.text) is not None
        case IntegerOf(prefix, width):
            return re.fullmatch(f"{'(si|ui|i)' if prefix == 'int' else prefix}{width}", given.text) is not None
        case AnyOf(options):
            return any(accepts(option, given, dialect) for option in options)  # type: ignore[arg-type]
        case DefinitionReference(owner, mnemonic):
            return re.match(rf"!{re.escape(owner)}(\.|<){re.escape(mnemonic)}(?![\w.])", given.text) is not None
        case Shaped(container, element, modifiers):
            return _accepts_shaped(container, element, modifiers, given, dialect)


def _accepts_shaped(
    container: str, element: TypeConstraint, modifiers: tuple[Modifier, ...], given: SampleType, dialect: Dialect
) -> bool:
    if container in ("complex", "tuple"):
        inner = given.text[len(container) + 1 : -1]
        return given.text.startswith(f"{container}<") and accepts(element, read_sample_type(inner), dialect)
    if container == "like" and not given.container:
        return accepts(element, given, dialect)
    if given.container not in _FORMS[container]:
        return False
    is_unranked = given.shape == ("*",)
    if is_unranked != (container in _OPEN_RANK) and not (is_unranked and container in _ANY_RANK):
        return False
    is_scalable = any(extent.startswith("[") for extent in given.shape)
    if is_scalable != (container == "scalable_vector") and container not in ("shaped", "vector"):
        return False
    return _fits(given.shape, modifiers) and accepts(element, read_sample_type(given.element), dialect)


def _fits(shape: tuple[str, ...], modifiers: tuple[Modifier, ...]) -> bool:
    """Whether extents meet all conditions; those that only C++ can check are met."""
    extents = [int(text.strip("[]")) if text.strip("[]").isdigit() else -1 for text in shape]
    length = 1
    for extent in extents:
        length *= extent
    is_ranked = shape != ("*",)
    for modifier in modifiers:
        values = modifier.values or (0,)
        met = {
            "ranked": is_ranked,
            "static": is_ranked and -1 not in extents,
            "rank": is_ranked and len(shape) in values,
            "min_rank": is_ranked and len(shape) >= min(values),
            "max_rank": is_ranked and len(shape) <= max(values),
            "length": is_ranked and length in values,
            "min_length": is_ranked and length >= min(values),
        }
        if not met.get(modifier.word, True):
            return False
    return True


def _shapes(container: str, modifiers: tuple[Modifier, ...]) -> list[tuple[str, ...]]:
    """Shapes to try for a container."""
    if container in _OPEN_RANK:
        return [("*",)]
    numbers = [value for modifier in modifiers for value in modifier.values]
    tried: list[tuple[str, ...]] = [("4",), (), *(("4",) * rank for rank in range(2, max((3, *numbers[:1])) + 1))]
    tried += [(str(number),) for number in numbers]
    if container == "scalable_vector":
        tried = [tuple(f"[{extent}]" for extent in shape) for shape in tried if shape]
    return [shape for shape in tried if _fits(shape, modifiers)] or [("4",)]


def candidates(constraint: TypeConstraint, dialect: Dialect) -> Iterator[SampleType]:
    """Types that satisfy a constraint, the plainest first."""
    match constraint:
        case AnyConstraint() | InterfaceConstraint() | OpaqueConstraint():
            yield SampleType("f64")
        case ConstraintReference(name):
            yield from candidates(dialect.constraint(name), dialect)
        case Builtin(word):
            yield from map(SampleType, _WORDS.get(word, (word,)))
        case IntegerOf(prefix, width):
            yield SampleType(f"{'i' if prefix == 'int' else prefix}{width}")
        case AnyOf(options):
            for option in options:
                yield from candidates(option, dialect)  # type: ignore[arg-type]
        case DefinitionReference(owner, mnemonic):
            definition = dialect.type(owner, mnemonic)
            yield SampleType(f"!{owner}.{mnemonic}" if definition is None else sample_text(definition, dialect))
        case Shaped(container, element, modifiers):
            yield from _containers(container, element, modifiers, dialect)


def _containers(
    container: str, element: TypeConstraint, modifiers: tuple[Modifier, ...], dialect: Dialect
) -> Iterator[SampleType]:
    elements = sorted(candidates(element, dialect), key=lambda found: found.text != "f64")
    if container in ("complex", "tuple"):
        yield from (SampleType(f"{container}<{found.text}>") for found in elements)
        return
    if container == "like":
        yield from elements
    for form, shape in itertools.product(_FORMS[container], _shapes(container, modifiers)):
        for found in elements:
            made = _shaped(form, shape, found.text)
            yield made if not found.container else replace(made, element=found.text)
