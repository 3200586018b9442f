"""Attributes out of Python values: texts, symbols, types, maps, and constraints that are put together.

Each function here takes a value, the operation and the parameter (for errors), and gives an attribute; or makes such
a function out of the facts of a constraint. An attribute that satisfies the constraint passes as it is, another one
is refused: that makes each of them the rule by which attributes of existing IR are verified.
"""

from __future__ import annotations

from typing import Any

from ..releases import release_in_use
from .complaints import complaint_of
from .errors import foreign, gone, is_gone, wrong_type, wrong_value
from .host import ir
from .numeric import Coercer, concrete
from .respelling import respell
from .symbol_tables import symbol_of
from .types import TypeRule

__all__ = [
    "Coercer",
    "affine_map",
    "any_of",
    "flat_symbol_ref",
    "held",
    "instance_of",
    "integer_set",
    "location",
    "string",
    "symbol_name",
    "symbol_ref",
    "type_attribute",
    "type_attribute_of",
    "unit",
    "unit_or_nothing",
]


def held(coerce: Coercer, given: ir.Attribute, operation: str, parameter: str) -> Any:
    """An attribute that stands in the IR, as the release in use writes it; what `coerce` would convert is refused."""
    made = coerce(given, operation, parameter)
    if made != given and respell(str(given), release_in_use()) != str(made):
        raise wrong_type(operation, parameter, given, str(made))
    return made


def instance_of(class_name: str, accepted: str) -> Coercer:
    """Only attributes of one class of the host pass, e.g. `IntegerSetAttr`."""
    kind: Any = getattr(ir, class_name)

    def coerce(given: Any, operation: str, parameter: str) -> ir.Attribute:
        if isinstance(given, kind) or isinstance(concrete(given), kind):
            return given  # type: ignore[no-any-return]
        raise wrong_type(operation, parameter, given, accepted)

    return coerce


def string(given: Any, operation: str, parameter: str) -> ir.StringAttr:
    """A string."""
    if isinstance(given, str):
        try:
            return ir.StringAttr.get(given)
        except TypeError:  # the host's words for half of a surrogate pair
            accepted = "text that UTF-8 can write"
            raise wrong_value(operation, parameter, given, accepted) from None
    if isinstance(concrete(given), ir.StringAttr):
        return given  # type: ignore[no-any-return]
    raise wrong_type(operation, parameter, given, "a str")


def symbol_name(given: Any, operation: str, parameter: str) -> ir.StringAttr:
    """The name that an operation defines: a string that is not empty."""
    made = string(given, operation, parameter)
    if not ir.StringAttr(made).value_bytes:
        raise wrong_value(operation, parameter, given, "a name that is not empty")
    return made


def _symbol_of(given: Any, operation: str, parameter: str) -> str | None:
    """The name of a symbol given as text or as the operation that defines it."""
    if isinstance(given, str):
        return given.removeprefix("@")
    if isinstance(given, (ir.OpView, ir.Operation)):
        if is_gone(given):
            raise gone(operation, parameter)
        return symbol_of(given.operation)
    if isinstance(given, ir.StringAttr):
        return given.value
    return None


_SYMBOL = "the name of a function, or the function"


def flat_symbol_ref(given: Any, operation: str, parameter: str) -> ir.FlatSymbolRefAttr:
    """A reference to a symbol: its name, or the operation that defines it."""
    if isinstance(given, ir.FlatSymbolRefAttr):
        return given
    name = _symbol_of(given, operation, parameter)
    if name is None:
        if isinstance(concrete(given), ir.FlatSymbolRefAttr):
            return given  # type: ignore[no-any-return]
        raise wrong_type(operation, parameter, given, _SYMBOL)
    if not name:
        raise wrong_value(operation, parameter, given, _SYMBOL)
    return ir.FlatSymbolRefAttr.get(_utf8(name, operation, parameter))


def _utf8(name: str, operation: str, parameter: str) -> str:
    if not name.isascii():
        string(name, operation, parameter)
    return name


def symbol_ref(given: Any, operation: str, parameter: str) -> ir.Attribute:
    """A reference to a symbol, perhaps nested: its name, the operation that defines it, or the names on the way to it.

    These are a list, or one text with `::` between them; a name that has `::` in it stands in a list of its own.
    """
    if isinstance(concrete(given), (ir.FlatSymbolRefAttr, ir.SymbolRefAttr)):
        return given  # type: ignore[no-any-return]
    path = given.split("::") if isinstance(given, str) else given
    if not isinstance(path, (list, tuple)):
        return flat_symbol_ref(given, operation, parameter)
    names: list[str] = []
    for index, name in enumerate(path):
        where = parameter if isinstance(given, str) else f"{parameter}[{index}]"
        if not isinstance(name, str):
            raise wrong_type(operation, where, name, "a name on the way to a function")
        if not name.removeprefix("@"):
            accepted = f"{_SYMBOL}, or the names on the way to it"
            raise wrong_value(operation, parameter, given, accepted)
        names.append(_utf8(name.removeprefix("@"), operation, where))
    if not names:
        raise wrong_value(operation, parameter, given, "one name or more")
    return ir.SymbolRefAttr.get(names)


def type_attribute(given: Any, operation: str, parameter: str) -> ir.TypeAttr:
    """A type."""
    if isinstance(given, ir.TypeAttr):
        return given
    if isinstance(given, ir.Type):
        if given.context is not ir.Context.current:
            raise foreign(operation, parameter)
        return ir.TypeAttr.get(given)
    if isinstance(concrete(given), ir.TypeAttr):
        return given  # type: ignore[no-any-return]
    raise wrong_type(operation, parameter, given, "a Type")


def type_attribute_of(rule: TypeRule) -> Coercer:
    """A type that a constraint accepts, e.g. a float."""

    def coerce(given: Any, operation: str, parameter: str) -> ir.TypeAttr:
        made = type_attribute(given, operation, parameter)
        value = ir.TypeAttr(made).value
        if not rule.accepts(value):
            raise wrong_value(operation, parameter, value, f"a Type: {rule.words}")
        return made

    return coerce


def unit(given: Any, operation: str, parameter: str) -> ir.Attribute:
    """The presence of an attribute without a value."""
    if given is True:
        return ir.UnitAttr.get()
    if isinstance(concrete(given), ir.UnitAttr):
        return given  # type: ignore[no-any-return]
    raise wrong_type(operation, parameter, given, "a bool")


def unit_or_nothing(given: Any, operation: str, parameter: str) -> ir.Attribute | None:
    """The presence of an attribute without a value; None where nothing, or what counts as false, is given."""
    return unit(given, operation, parameter) if given else None


def affine_map(given: Any, operation: str, parameter: str) -> ir.Attribute:
    """An affine map."""
    if isinstance(given, ir.AffineMap):
        return ir.AffineMapAttr.get(given)
    if isinstance(concrete(given), ir.AffineMapAttr):
        return given  # type: ignore[no-any-return]
    raise wrong_type(operation, parameter, given, "an AffineMap")


def integer_set(given: Any, operation: str, parameter: str) -> ir.Attribute:
    """An integer set."""
    if isinstance(given, ir.IntegerSet):
        return ir.IntegerSetAttr.get(given)
    if isinstance(concrete(given), ir.IntegerSetAttr):
        return given  # type: ignore[no-any-return]
    raise wrong_type(operation, parameter, given, "an IntegerSet")


def location(given: Any, operation: str, parameter: str) -> ir.Attribute:
    """A location."""
    if isinstance(given, ir.Location):
        return given.attr
    if type(given) is ir.Attribute and str(given).startswith("loc("):
        return given
    raise wrong_type(operation, parameter, given, "a Location")


def any_of(*options: Coercer) -> Coercer:
    """The first of several ways that takes the value."""

    def coerce(given: Any, operation: str, parameter: str) -> ir.Attribute:
        errors: list[Exception] = []
        ways: dict[str, None] = {}
        for option in options:
            try:
                return option(given, operation, parameter)  # type: ignore[no-any-return]
            except (TypeError, ValueError) as error:
                complaint = complaint_of(error)
                ways[str(error) if complaint is None else complaint.wanted] = None
                errors.append(error)
        accepted = " or ".join(ways)
        if all(isinstance(error, TypeError) for error in errors):
            raise wrong_type(operation, parameter, given, accepted)
        raise wrong_value(operation, parameter, given, accepted)

    return coerce
