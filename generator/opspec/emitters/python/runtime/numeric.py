"""Attributes of numbers: truth values, integers, floats, cases of enums.

What is given as an attribute comes back as it is if it satisfies the constraint; numbers become attributes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from .enums import CaseEnum, FlagEnum, case_of
from .errors import wrong_type, wrong_value
from .host import ir
from .scalars import as_bool, as_float, as_int
from .words import fits_float, integer_bounds

__all__ = [
    "Coercer",
    "any_float",
    "any_integer",
    "bool_attribute",
    "concrete",
    "enum_attribute",
    "float_of",
    "index_attribute",
    "integer_of",
    "integer_value",
]

Coercer: TypeAlias = Callable[[Any, str, str], Any]
"""Takes a value, the operation and the parameter (for errors), and gives an attribute."""

_MAKERS = {"i": "get_signless", "int": "get_signless", "si": "get_signed"}
_GREATEST = (1 << 63) - 1


def concrete(given: Any) -> Any:
    """An attribute as an object of its own class; what is no attribute, as it is."""
    return given.maybe_downcast() if type(given) is ir.Attribute else given


def integer_value(attribute: Any) -> int:
    """The number in an integer attribute of any width; hosts abort over more than 64 bits, or lose the sign."""
    kind = attribute.type
    if not isinstance(kind, ir.IntegerType) or (
        kind.width <= 64 and not kind.is_unsigned
    ):
        return int(attribute.value)
    return int(str(attribute).partition(" : ")[0])


def bool_attribute(given: Any, operation: str, parameter: str) -> ir.BoolAttr:
    """A truth value."""
    if isinstance(given, ir.BoolAttr):
        return given
    truth = as_bool(given)
    if truth is not None:
        return ir.BoolAttr.get(truth)
    if isinstance(concrete(given), ir.BoolAttr):
        return given  # type: ignore[no-any-return]
    raise wrong_type(operation, parameter, given, "a bool")


def _integer_of_type(kind: ir.Type, number: int) -> ir.IntegerAttr:
    if abs(number) <= _GREATEST:
        return ir.IntegerAttr.get(kind, number)
    return ir.IntegerAttr(ir.Attribute.parse(f"{number} : {kind}"))


def _fits(kind: Any, prefix: str, width: int) -> bool:
    """Whether a type is the integer type of that prefix and width; `int` is of any signedness."""
    if not isinstance(kind, ir.IntegerType) or kind.width != width:
        return False
    if prefix == "i":
        return kind.is_signless
    return prefix == "int" or (kind.is_signed if prefix == "si" else kind.is_unsigned)


def integer_of(prefix: str, width: int) -> Coercer:
    """Integers of one width and signedness: `i` (either sign), `si` or `ui`; `int` takes attributes of any."""
    lowest, highest = integer_bounds(prefix, width)
    kind = f"{prefix}{width}"
    accepted = f"an int or an attribute of type {kind}"
    bounds = f"an int of {width} bits ({lowest} to {highest})"
    make = _MAKERS.get(prefix, "get_unsigned")

    def coerce(given: Any, operation: str, parameter: str) -> ir.IntegerAttr:
        number = given if given.__class__ is int else as_int(given)
        if number is not None:
            if not lowest <= number <= highest:
                raise wrong_value(operation, parameter, given, bounds)
            if prefix in ("i", "int") and number > (1 << (width - 1)) - 1:
                number -= 1 << width
            return _integer_of_type(getattr(ir.IntegerType, make)(width), number)
        held = concrete(given)
        if width == 1 and prefix == "i" and isinstance(held, ir.BoolAttr):
            return given  # type: ignore[no-any-return]
        if not isinstance(held, ir.IntegerAttr):
            raise wrong_type(operation, parameter, given, accepted)
        if not _fits(held.type, prefix, width):
            raise wrong_value(operation, parameter, given, accepted)
        return given  # type: ignore[no-any-return]

    return coerce


_i64 = integer_of("i", 64)


def any_integer(given: Any, operation: str, parameter: str) -> ir.IntegerAttr:
    """An integer of any type; a Python int becomes one of 64 bits."""
    if as_int(given) is not None:
        return _i64(given, operation, parameter)  # type: ignore[no-any-return]
    if isinstance(concrete(given), (ir.IntegerAttr, ir.BoolAttr)):
        return given  # type: ignore[no-any-return]
    raise wrong_type(operation, parameter, given, "an int or an IntegerAttr")


def index_attribute(given: Any, operation: str, parameter: str) -> ir.IntegerAttr:
    """An integer of type `index`."""
    number = as_int(given)
    if number is not None:
        if not -_GREATEST - 1 <= number <= _GREATEST:
            accepted = f"an int of 64 bits ({-_GREATEST - 1} to {_GREATEST})"
            raise wrong_value(operation, parameter, given, accepted)
        return ir.IntegerAttr.get(ir.IndexType.get(), number)
    held = concrete(given)
    if not isinstance(held, ir.IntegerAttr):
        raise wrong_type(operation, parameter, given, "an int")
    if not isinstance(held.type, ir.IndexType):
        accepted = "an int or an attribute of type index"
        raise wrong_value(operation, parameter, given, accepted)
    return given  # type: ignore[no-any-return]


def _float_of_type(given: Any, type_text: str, operation: str, parameter: str) -> Any:
    """The attribute of a Python number; None where it is no number."""
    number = as_float(given)
    if number is None and as_int(given) is None:
        return None
    if number is None or not fits_float(number, type_text):
        accepted = f"a float that {type_text} has room for"
        raise wrong_value(operation, parameter, given, accepted)
    return ir.FloatAttr.get(ir.Type.parse(type_text), number, ir.Location.unknown())


def float_of(type_text: str) -> Coercer:
    """Floats of one type, e.g. `f64`."""
    accepted = f"a float or an attribute of type {type_text}"

    def coerce(given: Any, operation: str, parameter: str) -> ir.FloatAttr:
        made = _float_of_type(given, type_text, operation, parameter)
        if made is not None:
            return made  # type: ignore[no-any-return]
        held = concrete(given)
        if not isinstance(held, ir.FloatAttr):
            raise wrong_type(operation, parameter, given, "a float")
        if str(held.type) != type_text:
            raise wrong_value(operation, parameter, given, accepted)
        return given  # type: ignore[no-any-return]

    return coerce


def any_float(given: Any, operation: str, parameter: str) -> ir.FloatAttr:
    """A float of any type; a Python float becomes one of 64 bits."""
    made = _float_of_type(given, "f64", operation, parameter)
    if made is not None:
        return made  # type: ignore[no-any-return]
    if isinstance(concrete(given), ir.FloatAttr):
        return given  # type: ignore[no-any-return]
    raise wrong_type(operation, parameter, given, "a float")


def enum_attribute(
    cases: type[CaseEnum] | type[FlagEnum], prefix: str, width: int
) -> Coercer:
    """Integers that hold a case of an enum: a case, its text, its name, or its number."""
    as_integer = integer_of(prefix, width)

    def coerce(given: Any, operation: str, parameter: str) -> ir.IntegerAttr:
        held = concrete(given)
        if isinstance(held, ir.Attribute):
            as_integer(held, operation, parameter)
            case_of(cases, integer_value(held), operation, parameter)
            return given  # type: ignore[no-any-return]
        case = case_of(cases, given, operation, parameter)
        return as_integer(case.value, operation, parameter)  # type: ignore[no-any-return]

    return coerce
