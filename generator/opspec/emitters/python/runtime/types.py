"""Type constraints: which types an operand or result may have.

A rule is made out of the facts of a spec; its words are the notation of the spec, so that a message says what the
documentation says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .host import ir

__all__ = [
    "ANY",
    "TypeRule",
    "builtin_type",
    "defined_type",
    "integer_type",
    "one_of_types",
    "opaque_type",
    "shaped_type",
]


@dataclass(frozen=True, slots=True)
class TypeRule:
    """Says of a type whether it is accepted; `words` is the constraint in the notation of specs."""

    words: str
    accepts: Callable[[Any], bool]


def _anything(_: Any) -> bool:
    return True


ANY = TypeRule("any", _anything)
"""Every type."""


def opaque_type(name: str) -> TypeRule:
    """A constraint that only C++ knows: every type passes here."""
    return TypeRule(name, _anything)


def integer_type(prefix: str, width: int) -> TypeRule:
    """Integers of one width: `i` (signless), `si`, `ui`, or `int` for any signedness."""
    is_family = _WORDS[_FAMILIES[prefix]]
    return TypeRule(
        f"{prefix}{width}", lambda given: is_family(given) and given.width == width
    )


def _integer(check: Callable[[ir.IntegerType], bool]) -> Callable[[Any], bool]:
    return lambda given: isinstance(given, ir.IntegerType) and check(given)


def _instance(class_name: str) -> Callable[[Any], bool]:
    kind: Any = getattr(ir, class_name)
    return lambda given: isinstance(given, kind)


_WIDE = ("f80", "f128")  # floats that hosts have no class for

_WORDS: dict[str, Callable[[Any], bool]] = {
    "any": _anything,
    "index": _instance("IndexType"),
    "none": _instance("NoneType"),
    "function": _instance("FunctionType"),
    "complex": _instance("ComplexType"),
    "tuple": _instance("TupleType"),
    "integer": _integer(lambda given: True),
    "signless_integer": _integer(lambda given: given.is_signless),
    "signed_integer": _integer(lambda given: given.is_signed),
    "unsigned_integer": _integer(lambda given: given.is_unsigned),
    "float": lambda given: isinstance(given, ir.FloatType) or str(given) in _WIDE,
}
_FAMILIES = {
    "int": "integer",
    "i": "signless_integer",
    "si": "signed_integer",
    "ui": "unsigned_integer",
}


def builtin_type(word: str) -> TypeRule:
    """A family of types of the builtin dialect (`index`, `float`), or the one type of that name (`f64`)."""
    known = _WORDS.get(word)
    return TypeRule(word, known or (lambda given: str(given) == word))


def defined_type(prefix: str) -> TypeRule:
    """The types of a definition; `prefix` is how they begin in the IR, e.g. `!enzyme.Cache`."""
    dialect, _, mnemonic = prefix.partition(".")
    starts = (prefix, f"{dialect}<{mnemonic}", f'{dialect}<"{mnemonic}')

    def accepts(given: Any) -> bool:
        text = str(given)
        return any(
            text.startswith(start) and not _goes_on(text, len(start))
            for start in starts
        )

    return TypeRule(prefix[1:], accepts)


def _goes_on(text: str, end: int) -> bool:
    """Whether the mnemonic that a text begins with is longer than the one looked for."""
    return text[end : end + 1].isalnum() or text[end : end + 1] in ("_", ".")


def one_of_types(*options: TypeRule) -> TypeRule:
    """Any of several constraints."""
    words = " | ".join(option.words for option in options)
    return TypeRule(
        words, lambda given: any(option.accepts(given) for option in options)
    )


def _shaped(class_name: str) -> Callable[[Any], bool]:
    return _instance(class_name)


def _vector(scalable: bool) -> Callable[[Any], bool]:
    return lambda given: isinstance(given, ir.VectorType) and given.scalable == scalable


_CONTAINERS: dict[str, Callable[[Any], bool]] = {
    "shaped": _shaped("ShapedType"),
    "ranked_tensor": _shaped("RankedTensorType"),
    "unranked_tensor": _shaped("UnrankedTensorType"),
    "memref": _shaped("MemRefType"),
    "unranked_memref": _shaped("UnrankedMemRefType"),
    "vector": _shaped("VectorType"),
    "fixed_vector": _vector(False),
    "scalable_vector": _vector(True),
    "complex": _shaped("ComplexType"),
    "tensor": lambda given: isinstance(
        given, (ir.RankedTensorType, ir.UnrankedTensorType)
    ),
    "ranked_or_unranked_memref": lambda given: isinstance(
        given, (ir.MemRefType, ir.UnrankedMemRefType)
    ),
    "value_semantics": lambda given: isinstance(
        given, (ir.RankedTensorType, ir.UnrankedTensorType, ir.VectorType)
    ),
}


def _length(given: Any) -> int:
    size = 1
    for extent in given.shape:
        size *= extent
    return size


_MODIFIERS: dict[str, Callable[[Any, tuple[int, ...]], bool]] = {
    "ranked": lambda given, _: given.has_rank,
    "static": lambda given, _: given.has_rank and given.has_static_shape,
    "rank": lambda given, values: given.has_rank and given.rank in values,
    "min_rank": lambda given, values: given.has_rank and given.rank >= min(values),
    "max_rank": lambda given, values: given.has_rank and given.rank <= max(values),
    "length": lambda given, values: given.has_rank and _length(given) in values,
    "min_length": lambda given, values: given.has_rank
    and _length(given) >= min(values),
}


def shaped_type(
    container: str, element: TypeRule, *modifiers: tuple[str, tuple[int, ...]]
) -> TypeRule:
    """A container of elements, e.g. `("tensor", integer_type("i", 32), ("rank", (1,)))`.

    A modifier that only C++ can check does not restrict anything here.
    """
    shown = [element.words]
    shown += [
        f"{word} {'|'.join(map(str, values))}".rstrip() for word, values in modifiers
    ]
    words = f"{container}<{', '.join(shown)}>"
    checks = [
        (_MODIFIERS[word], values) for word, values in modifiers if word in _MODIFIERS
    ]
    held = element.accepts

    def restricted(given: Any) -> bool:
        return all(check(given, values) for check, values in checks)

    if container == "like":
        holds_elements = _CONTAINERS["value_semantics"]

        def accepts(given: Any) -> bool:
            if holds_elements(given):
                return held(given.element_type) and restricted(given)
            return held(given)

    elif container == "tuple":

        def accepts(given: Any) -> bool:
            return isinstance(given, ir.TupleType) and all(
                held(given.get_type(index)) for index in range(given.num_types)
            )

    else:
        is_container = _CONTAINERS[container]

        def accepts(given: Any) -> bool:
            return (
                is_container(given) and held(given.element_type) and restricted(given)
            )

    return TypeRule(words, accepts)
