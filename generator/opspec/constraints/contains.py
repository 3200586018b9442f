"""Is everything that one constraint accepts accepted by another?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Builtin,
    Confined,
    IntegerOf,
    Modifier,
    Refinement,
    Shaped,
    TypeConstraint,
    TypeOf,
)
from opspec.notation.words import FLOATS, FORMS, LENGTHS, NUMBERS, SIGNS

__all__ = ["contains"]

_Constraint: TypeAlias = "TypeConstraint | AttributeConstraint"


def contains(wide: _Constraint, narrow: _Constraint) -> bool:
    """Whether everything that `narrow` accepts can be shown to be accepted by `wide`. Both are resolved.

    The answer is on the safe side: what cannot be shown to be contained counts as not contained.
    """
    if wide == narrow or isinstance(wide, AnyConstraint):
        return True
    if isinstance(narrow, AnyOf):
        return all(contains(wide, option) for option in narrow.options)
    if isinstance(narrow, Confined) and isinstance(narrow.base, AnyOf):  # the conditions are on each alternative
        options: tuple[AttributeConstraint, ...] = narrow.base.options  # type: ignore[assignment]
        return all(contains(wide, Confined(option, narrow.refinements)) for option in options)
    if isinstance(wide, AnyOf):
        return any(contains(option, narrow) for option in wide.options)
    match wide, narrow:
        case Confined(base, conditions), Confined(other, given):
            return contains(base, other) and all(_implied(condition, given) for condition in conditions)
        case _, Confined(other, _):
            return contains(wide, other)
        case Shaped("like", element, modifiers), Shaped("like", other, given_modifiers):
            return contains(element, other) and _restricted(modifiers, given_modifiers)
        case _, Shaped("like", other, modifiers):
            return contains(wide, other) and contains(wide, Shaped("value_semantics", other, modifiers))
        case Shaped("like", element, modifiers), Shaped():
            return contains(element, narrow) or contains(Shaped("value_semantics", element, modifiers), narrow)
        case Shaped("like", element, _), _:
            return contains(element, narrow)
        case Shaped(container, element, modifiers), Shaped(other_container, other, given_modifiers):
            forms = _forms(other_container)
            is_narrow = set(forms) <= set(_forms(container))
            return (
                is_narrow and contains(element, other) and _restricted(modifiers, (*given_modifiers, *_inborn(forms)))
            )
        case Shaped("complex" | "tuple" as word, AnyConstraint(), _), Builtin(other_word):
            return word == other_word
        case Builtin(word), IntegerOf(prefix, _) if word in SIGNS:
            return SIGNS[word] in ("int", prefix)
        case Builtin("integer"), Builtin(word):
            return word in SIGNS
        case ((Builtin("float") | AttributeKind.FLOAT), Builtin(word)):
            return word in FLOATS
        case Builtin("complex" | "tuple" as word), Shaped(container, _, _):
            return word == container
        case IntegerOf("int", width), IntegerOf(_, other_width):
            return width == other_width
        case AttributeKind.INTEGER, (IntegerOf() | AttributeKind.INDEX):
            return True
        case (AttributeKind.ARRAY, ArrayOf()) | (AttributeKind.TYPE, TypeOf()):
            return True
        case AttributeKind.SYMBOL_REF, AttributeKind.FLAT_SYMBOL_REF:
            return True
        case AttributeKind.STRING, AttributeKind.SYMBOL_NAME:
            return True
        case (ArrayOf(element), ArrayOf(other)) | (TypeOf(element), TypeOf(other)):
            return contains(element, other)
        case _:
            return False


def _forms(container: str) -> tuple[str, ...]:
    return FORMS.get(container, (container,))


def _inborn(forms: tuple[str, ...]) -> Iterator[Modifier]:
    """The modifiers that every type of these forms meets."""
    if not any(form.startswith("unranked") for form in forms):
        yield Modifier("ranked")
    if all(form.endswith("vector") for form in forms):
        yield Modifier("static")


def _restricted(wanted: Iterable[Modifier], given: tuple[Modifier, ...]) -> bool:
    """Whether what meets the given modifiers meets the wanted ones."""
    return all(any(_restricts(modifier, each) for modifier in given) for each in wanted)


def _restricts(given: Modifier, wanted: Modifier) -> bool:
    """Whether what meets one modifier meets the other; `values` are alternatives."""
    if given == wanted:
        return True
    least, most = min(given.values, default=0), max(given.values, default=0)
    limit, highest = min(wanted.values, default=0), max(wanted.values, default=0)
    match given.word, wanted.word:
        case ("rank", "rank") | ("length", "length") if given.values:
            return set(given.values) <= set(wanted.values)
        case (("rank" | "min_rank"), "min_rank") | (("length" | "min_length"), "min_length"):
            return least >= limit
        case (("rank" | "max_rank"), "max_rank"):
            return most <= highest
        case (("static" | "rank" | "min_rank" | "max_rank" | "length" | "min_length"), "ranked"):
            return True
        case (("length" | "min_length"), "static"):
            return least >= 0
        case _:
            return False


def _range(refinement: Refinement) -> tuple[float, float]:
    """The least and the greatest that meet a condition."""
    found = NUMBERS.get(refinement.word) or LENGTHS.get(refinement.word)
    bound = refinement.values[0] if refinement.values else 0
    return (-math.inf, math.inf) if found is None else found[1](bound)


def _implied(wanted: Refinement, given: tuple[Refinement, ...]) -> bool:
    """Whether what meets all the given conditions meets another."""
    if wanted in given:
        return True
    kind = NUMBERS if wanted.word in NUMBERS else LENGTHS
    ranges = [_range(refinement) for refinement in given if refinement.word in kind]
    least = max((low for low, _ in ranges), default=-math.inf)
    most = min((high for _, high in ranges), default=math.inf)
    if wanted.word == "non_zero":
        return not least <= 0 <= most
    lowest, highest = _range(wanted)
    is_range = wanted.word in kind and wanted.word != "power_of_two"
    return is_range and lowest <= least and most <= highest
