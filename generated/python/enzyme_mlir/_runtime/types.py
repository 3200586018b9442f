"""Type constraints: which types an operand or result may have.

A rule is made out of the facts of a spec; its words are the notation of the spec, so that a message says what the
documentation says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .dataclass import dataclass
from .host import ir
from .scanning import is_of
from .words import CLASSES, FLOATS, FORMS, MODIFIERS, SIGNS

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
    "float": lambda given: isinstance(given, ir.FloatType) or str(given) in FLOATS,
}
_FAMILIES = {prefix: word for word, prefix in SIGNS.items()}


def builtin_type(word: str) -> TypeRule:
    """A family of types of the builtin dialect (`index`, `float`), or the one type of that name (`f64`)."""
    known = _WORDS.get(word)
    return TypeRule(word, known or (lambda given: str(given) == word))


def defined_type(prefix: str) -> TypeRule:
    """The types of a definition; `prefix` is how they begin in the IR, e.g. `!enzyme.Cache`."""
    is_written = is_of(prefix)
    return TypeRule(prefix[1:], lambda given: is_written(str(given)))


def one_of_types(*options: TypeRule) -> TypeRule:
    """Any of several constraints."""
    words = " | ".join(option.words for option in options)
    return TypeRule(
        words, lambda given: any(option.accepts(given) for option in options)
    )


def _container(forms: tuple[str, ...]) -> Callable[[Any], bool]:
    """A test whether a type is of one of the forms."""
    kinds = tuple({getattr(ir, CLASSES[form]) for form in forms})
    if len(forms) == 1 and "vector" in forms[0]:
        is_scalable = forms == ("scalable_vector",)
        return lambda given: isinstance(given, kinds) and given.scalable == is_scalable
    return lambda given: isinstance(given, kinds)


_CONTAINERS = {word: _container(forms) for word, forms in FORMS.items()}
_CONTAINERS["complex"] = _WORDS["complex"]


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
        (MODIFIERS[word], values) for word, values in modifiers if word in MODIFIERS
    ]
    held = element.accepts

    def restricted(given: Any) -> bool:
        if not checks:
            return True
        if not given.has_rank:
            return False
        extents = given.shape
        return all(check(extents, values) for check, values in checks)

    if container == "like":
        holds_elements = _CONTAINERS["value_semantics"]

        def accepts(given: Any) -> bool:
            if held(given):
                return True
            is_held = holds_elements(given) and held(given.element_type)
            return is_held and restricted(given)

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
