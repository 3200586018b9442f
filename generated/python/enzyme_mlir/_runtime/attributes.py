# The host's stubs leave some type arguments open, and these files check what users pass.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

"""Attributes out of Python values.

Each function here takes a value, the operation and the parameter (for errors), and gives an attribute; or makes such
a function out of the facts of a constraint. An attribute of the right class always passes as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from .enums import CaseEnum, FlagEnum, case_of
from .errors import wrong_type, wrong_value
from .host import ir
from .values import items_of

__all__ = [
    "Coercer",
    "affine_map",
    "any_attribute",
    "any_float",
    "any_integer",
    "any_of",
    "array",
    "array_of",
    "bool_attribute",
    "dense_array",
    "dictionary",
    "enum_attribute",
    "flat_symbol_ref",
    "float_of",
    "index_attribute",
    "instance_of",
    "integer_of",
    "string",
    "symbol_name",
    "symbol_ref",
    "type_attribute",
    "unit",
]

Coercer: TypeAlias = Callable[[Any, str, str], Any]


def any_attribute(given: Any, operation: str, parameter: str) -> ir.Attribute:
    """Any attribute; bool, int, float, str and lists of them become the obvious ones."""
    if isinstance(given, ir.Attribute):
        return given
    if isinstance(given, bool):
        return ir.BoolAttr.get(given)
    if isinstance(given, int):
        return ir.IntegerAttr.get(ir.IntegerType.get_signless(64), given)
    if isinstance(given, float):
        return ir.FloatAttr.get(ir.F64Type.get(), given, ir.Location.unknown())
    if isinstance(given, str):
        return ir.StringAttr.get(given)
    if isinstance(given, ir.Type):
        return ir.TypeAttr.get(given)
    if isinstance(given, ir.AffineMap):
        return ir.AffineMapAttr.get(given)
    if isinstance(given, Iterable):
        return array(given, operation, parameter)
    raise wrong_type(operation, parameter, given, "an Attribute")


def instance_of(class_name: str, accepted: str) -> Coercer:
    """Only attributes of one class of the host pass, e.g. `IntegerSetAttr`."""

    def coerce(given: Any, operation: str, parameter: str) -> ir.Attribute:
        if isinstance(given, getattr(ir, class_name)):
            return given  # type: ignore[no-any-return]
        raise wrong_type(operation, parameter, given, accepted)

    return coerce


def bool_attribute(given: Any, operation: str, parameter: str) -> ir.BoolAttr:
    """A truth value."""
    if isinstance(given, ir.BoolAttr):
        return given
    if isinstance(given, bool):
        return ir.BoolAttr.get(given)
    raise wrong_type(operation, parameter, given, "a bool")


def integer_of(prefix: str, width: int) -> Coercer:
    """Integers of one width and signedness: `i` (either sign), `si` or `ui`."""
    lowest = 0 if prefix == "ui" else -(1 << (width - 1))
    highest = (1 << (width - 1 if prefix == "si" else width)) - 1
    kind = f"{prefix}{width}"
    make = {"i": "get_signless", "si": "get_signed", "ui": "get_unsigned"}[prefix]

    def coerce(given: Any, operation: str, parameter: str) -> ir.IntegerAttr:
        if isinstance(given, int) and not isinstance(given, bool):
            if not lowest <= given <= highest:
                raise wrong_value(
                    operation,
                    parameter,
                    given,
                    f"an int of {width} bits ({lowest} to {highest})",
                )
            if prefix == "i" and given > (1 << (width - 1)) - 1:
                given -= 1 << width
            return ir.IntegerAttr.get(getattr(ir.IntegerType, make)(width), int(given))
        if isinstance(given, ir.IntegerAttr):
            if str(given.type) == kind:
                return given
            raise wrong_value(
                operation, parameter, given, f"an int or an attribute of type {kind}"
            )
        raise wrong_type(
            operation, parameter, given, f"an int or an attribute of type {kind}"
        )

    return coerce


def any_integer(given: Any, operation: str, parameter: str) -> ir.IntegerAttr:
    """An integer of any type; a Python int becomes one of 64 bits."""
    if isinstance(given, ir.IntegerAttr):
        return given
    if isinstance(given, int) and not isinstance(given, bool):
        return integer_of("i", 64)(given, operation, parameter)  # type: ignore[no-any-return]
    raise wrong_type(operation, parameter, given, "an int or an IntegerAttr")


def any_float(given: Any, operation: str, parameter: str) -> ir.FloatAttr:
    """A float of any type; a Python float becomes one of 64 bits."""
    return float_of("f64")(given, operation, parameter)  # type: ignore[no-any-return]


def index_attribute(given: Any, operation: str, parameter: str) -> ir.IntegerAttr:
    """An integer of type `index`."""
    if isinstance(given, int) and not isinstance(given, bool):
        return ir.IntegerAttr.get(ir.IndexType.get(), given)
    if isinstance(given, ir.IntegerAttr):
        return given
    raise wrong_type(operation, parameter, given, "an int")


def float_of(type_text: str) -> Coercer:
    """Floats of one type, e.g. `f64`."""

    def coerce(given: Any, operation: str, parameter: str) -> ir.FloatAttr:
        if isinstance(given, ir.FloatAttr):
            return given
        if isinstance(given, (int, float)) and not isinstance(given, bool):
            return ir.FloatAttr.get(
                ir.Type.parse(type_text), float(given), ir.Location.unknown()
            )
        raise wrong_type(operation, parameter, given, "a float")

    return coerce


def string(given: Any, operation: str, parameter: str) -> ir.StringAttr:
    """A string."""
    if isinstance(given, ir.StringAttr):
        return given
    if isinstance(given, str):
        return ir.StringAttr.get(given)
    raise wrong_type(operation, parameter, given, "a str")


symbol_name = string


def _symbol_of(given: Any) -> str | None:
    """The name of a symbol given as text or as the operation that defines it."""
    if isinstance(given, str):
        return given.removeprefix("@")
    if isinstance(given, (ir.OpView, ir.Operation)):
        attributes = given.operation.attributes
        if "sym_name" in attributes:
            return ir.StringAttr(attributes["sym_name"]).value
    if isinstance(given, ir.StringAttr):
        return given.value
    return None


_SYMBOL = "the name of a function, or the function"


def flat_symbol_ref(given: Any, operation: str, parameter: str) -> ir.FlatSymbolRefAttr:
    """A reference to a symbol: its name, or the operation that defines it."""
    if isinstance(given, ir.FlatSymbolRefAttr):
        return given
    name = _symbol_of(given)
    if name is None:
        raise wrong_type(operation, parameter, given, _SYMBOL)
    if not name:
        raise wrong_value(operation, parameter, given, _SYMBOL)
    return ir.FlatSymbolRefAttr.get(name)


def symbol_ref(given: Any, operation: str, parameter: str) -> ir.Attribute:
    """A reference to a symbol, perhaps nested: its name, a list of names, or the operation that defines it."""
    if isinstance(given, (ir.FlatSymbolRefAttr, ir.SymbolRefAttr)):
        return given
    if isinstance(given, (list, tuple)):
        return ir.SymbolRefAttr.get([str(name).removeprefix("@") for name in given])
    return flat_symbol_ref(given, operation, parameter)


def type_attribute(given: Any, operation: str, parameter: str) -> ir.TypeAttr:
    """A type."""
    if isinstance(given, ir.TypeAttr):
        return given
    if isinstance(given, ir.Type):
        return ir.TypeAttr.get(given)
    raise wrong_type(operation, parameter, given, "a Type")


def unit(given: Any, operation: str, parameter: str) -> ir.Attribute:
    """The presence of an attribute without a value."""
    if given is True:
        return ir.UnitAttr.get()
    if isinstance(given, ir.UnitAttr):
        return given
    raise wrong_type(operation, parameter, given, "a bool")


def affine_map(given: Any, operation: str, parameter: str) -> ir.Attribute:
    """An affine map."""
    if isinstance(given, ir.AffineMap):
        return ir.AffineMapAttr.get(given)
    if isinstance(given, ir.AffineMapAttr):
        return given
    raise wrong_type(operation, parameter, given, "an AffineMap")


def array(given: Any, operation: str, parameter: str) -> ir.ArrayAttr:
    """A list of any attributes."""
    return _any_array(given, operation, parameter)  # type: ignore[no-any-return]


def array_of(element: Coercer) -> Coercer:
    """Lists whose elements are coerced one by one; an array attribute must hold what `element` takes."""

    def coerce(given: Any, operation: str, parameter: str) -> ir.ArrayAttr:
        items = items_of(given, operation, parameter, "a sequence")
        made = [
            element(item, operation, f"{parameter}[{index}]")
            for index, item in enumerate(items)
        ]
        return given if isinstance(given, ir.ArrayAttr) else ir.ArrayAttr.get(made)

    return coerce


_any_array = array_of(any_attribute)

_DENSE = {
    "i1": ("DenseBoolArrayAttr", bool),
    "i8": ("DenseI8ArrayAttr", int),
    "i16": ("DenseI16ArrayAttr", int),
    "i32": ("DenseI32ArrayAttr", int),
    "i64": ("DenseI64ArrayAttr", int),
    "f32": ("DenseF32ArrayAttr", float),
    "f64": ("DenseF64ArrayAttr", float),
}


def dense_array(element: str) -> Coercer:
    """Lists of machine numbers, e.g. of `i64`."""
    class_name, kind = _DENSE[element]
    bits = int(element[1:]) if kind is int else 0

    def number(item: Any, operation: str, parameter: str) -> Any:
        is_number = isinstance(item, (int, float) if kind is float else kind)
        if not is_number or (kind is not bool and isinstance(item, bool)):
            raise wrong_type(
                operation,
                parameter,
                item,
                "an int" if kind is int else f"a {kind.__name__}",
            )
        if bits and not -(1 << (bits - 1)) <= item < 1 << (bits - 1):
            raise wrong_value(operation, parameter, item, f"an int of {bits} bits")
        return kind(item)

    def coerce(given: Any, operation: str, parameter: str) -> ir.Attribute:
        cls: Any = getattr(ir, class_name)
        if isinstance(given, cls):
            return given  # type: ignore[no-any-return]
        items = items_of(given, operation, parameter, f"a sequence of {kind.__name__}s")
        return cls.get([number(item, operation, f"{parameter}[{i}]") for i, item in enumerate(items)])  # type: ignore[no-any-return]

    return coerce


def dictionary(given: Any, operation: str, parameter: str) -> ir.DictAttr:
    """A mapping of names to any attributes."""
    if isinstance(given, ir.DictAttr):
        return given
    if isinstance(given, Mapping):
        made = {
            str(key): any_attribute(item, operation, f"{parameter}[{key!r}]")
            for key, item in given.items()
        }
        return ir.DictAttr.get(made)
    raise wrong_type(operation, parameter, given, "a mapping of names to attributes")


def enum_attribute(
    cases: type[CaseEnum] | type[FlagEnum], prefix: str, width: int
) -> Coercer:
    """Integers that hold a case of an enum: a case, its text, its name, or its number."""
    as_integer = integer_of(prefix, width)

    def coerce(given: Any, operation: str, parameter: str) -> ir.IntegerAttr:
        if isinstance(given, ir.IntegerAttr):
            case_of(cases, given.value, operation, parameter)
            return as_integer(given, operation, parameter)  # type: ignore[no-any-return]
        return as_integer(case_of(cases, given, operation, parameter).value, operation, parameter)  # type: ignore[no-any-return]

    return coerce


def any_of(*options: Coercer) -> Coercer:
    """The first of several ways that takes the value."""

    def coerce(given: Any, operation: str, parameter: str) -> ir.Attribute:
        errors: list[Exception] = []
        for option in options:
            try:
                return option(given, operation, parameter)  # type: ignore[no-any-return]
            except (TypeError, ValueError) as error:
                errors.append(error)
        accepted = " or ".join(
            str(error).rpartition("accepted is ")[2] for error in errors
        )
        raise wrong_type(operation, parameter, given, accepted)

    return coerce
