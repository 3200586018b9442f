"""Attributes that hold others: arrays, dense arrays, dictionaries, elements, and any of them all."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from .attributes import (
    Coercer,
    affine_map,
    held,
    integer_set,
    location,
    string,
    symbol_ref,
    type_attribute,
)
from .caches import remembering
from .complaints import complaint_of
from .errors import wrong_type, wrong_value
from .host import ir
from .numeric import any_float, any_integer, bool_attribute, concrete
from .scalars import as_bool, as_float, as_int
from .values import items_of
from .words import fits_float, integer_bounds

__all__ = [
    "any_attribute",
    "array",
    "array_of",
    "dense_array",
    "dictionary",
    "elements",
]


def _is_ndarray(given: object) -> bool:
    return getattr(given, "ndim", 0) > 0 and hasattr(given, "dtype")


def any_attribute(given: Any, operation: str, parameter: str) -> ir.Attribute:
    """Any attribute; Python's numbers, texts, lists and mappings become the obvious ones, arrays of numbers `dense`."""
    if isinstance(given, ir.Attribute):
        return given
    coerce = _obvious(given)
    if coerce is None:
        raise wrong_type(operation, parameter, given, "an Attribute")
    try:
        made: ir.Attribute = coerce(given, operation, parameter)
    except RecursionError:
        raise _too_deep(operation, parameter, given) from None
    return made


def _too_deep(operation: str, parameter: str, given: object) -> ValueError:
    """The error for what holds itself, or nearly so; the way down is left out."""
    outermost = parameter.partition("[")[0]
    return wrong_value(operation, outermost, given, "what is not nested so deeply")


def _obvious(given: Any) -> Coercer | None:
    """What makes an attribute of a Python value; None where several would be as good, or none."""
    if isinstance(given, enum.Enum):
        return None  # a number or a text, depending on who reads it
    if as_bool(given) is not None:
        return bool_attribute
    if as_int(given) is not None:
        return any_integer
    if as_float(given) is not None:
        return any_float
    for kind, coerce in _KINDS:
        if isinstance(given, kind):
            return coerce
    if _is_ndarray(given):
        return elements
    return array if isinstance(given, Iterable) else None


def _same_context(made: Any, context: Any, operation: str, parameter: str) -> Any:
    """An attribute that goes into another one, which hosts would build of two contexts."""
    if made.context is not context:
        accepted = "an attribute of the current context"
        raise wrong_value(operation, parameter, made, accepted)
    return made


def _sequence_of(element: Coercer) -> str:
    """Words for a list of what `element` takes: those with which it refuses what is of no kind."""
    try:
        element(object(), "", "")
    except (TypeError, ValueError) as error:
        complaint = complaint_of(error)
        if complaint is not None:
            return f"a sequence, each item {complaint.accepted}"
    return "a sequence"


def array_of(element: Coercer) -> Coercer:
    """Lists whose items are coerced one by one; an array attribute must hold what `element` takes."""
    accepted = partial(_sequence_of, element)

    def coerce(given: Any, operation: str, parameter: str) -> ir.ArrayAttr:
        found = concrete(given)
        if isinstance(found, ir.ArrayAttr):
            written = list(found)
            kept = [
                held(element, item, operation, f"{parameter}[{index}]")
                for index, item in enumerate(written)
            ]
            return given if kept == written else ir.ArrayAttr.get(kept)
        if isinstance(found, ir.Attribute):
            raise wrong_type(operation, parameter, given, accepted())
        items = items_of(given, operation, parameter, accepted)
        made = [
            element(item, operation, f"{parameter}[{index}]")
            for index, item in enumerate(items)
        ]
        context = ir.Context.current
        for index, item in enumerate(made):
            _same_context(item, context, operation, f"{parameter}[{index}]")
        return ir.ArrayAttr.get(made)

    return remembering(coerce)


array = array_of(any_attribute)
"""A list of any attributes."""

_DENSE: dict[str, tuple[str, str]] = {
    "i1": ("DenseBoolArrayAttr", "bool"),
    "i8": ("DenseI8ArrayAttr", "int"),
    "i16": ("DenseI16ArrayAttr", "int"),
    "i32": ("DenseI32ArrayAttr", "int"),
    "i64": ("DenseI64ArrayAttr", "int"),
    "f32": ("DenseF32ArrayAttr", "float"),
    "f64": ("DenseF64ArrayAttr", "float"),
}
_ARTICLES = {"bool": "a bool", "int": "an int", "float": "a float"}


def dense_array(element: str) -> Coercer:
    """Lists of machine numbers, e.g. of `i64`."""
    class_name, word = _DENSE[element]
    cls: Any = getattr(ir, class_name)
    bits = int(element[1:])
    lowest, highest = integer_bounds("si", bits)
    read: Any = {"bool": as_bool, "int": as_int, "float": as_float}[word]

    def number(item: Any, operation: str, parameter: str) -> Any:
        found = read(item)
        if found is None:
            raise wrong_type(operation, parameter, item, _ARTICLES[word])
        if word == "int" and not lowest <= found <= highest:
            accepted = f"an int of {bits} bits ({lowest} to {highest})"
            raise wrong_value(operation, parameter, item, accepted)
        if word == "float" and not fits_float(found, element):
            accepted = f"a float that {element} has room for"
            raise wrong_value(operation, parameter, item, accepted)
        return found

    def coerce(given: Any, operation: str, parameter: str) -> ir.Attribute:
        if isinstance(given, cls) or isinstance(concrete(given), cls):
            return given  # type: ignore[no-any-return]
        accepted = f"a sequence of {word}s"
        if isinstance(given, ir.Attribute):
            raise wrong_type(operation, parameter, given, accepted)
        items = items_of(given, operation, parameter, accepted)
        made = [
            number(item, operation, f"{parameter}[{i}]") for i, item in enumerate(items)
        ]
        return cls.get(made)  # type: ignore[no-any-return]

    return coerce


def dictionary(given: Any, operation: str, parameter: str) -> ir.DictAttr:
    """A mapping of names to any attributes."""
    if isinstance(concrete(given), ir.DictAttr):
        return given  # type: ignore[no-any-return]
    accepted = "a mapping of names to attributes"
    if not isinstance(given, Mapping):
        raise wrong_type(operation, parameter, given, accepted)
    context = ir.Context.current
    made: dict[str, ir.Attribute] = {}
    for key, item in given.items():
        if not isinstance(key, str):
            raise wrong_type(operation, f"a name in {parameter}", key, "a str")
        string(key, operation, f"a name in {parameter}")
        if not key:
            accepted = "a name that is not empty"
            raise wrong_value(operation, f"a name in {parameter}", key, accepted)
        where = f"{parameter}[{key!r}]"
        value = any_attribute(item, operation, where)
        made[key] = _same_context(value, context, operation, where)
    return ir.DictAttr.get(made)


_ELEMENTS = ("dense<", "dense_resource<", "sparse<")


def elements(given: Any, operation: str, parameter: str) -> ir.Attribute:
    """The elements of a tensor: an array of numbers (NumPy's too), or nested lists of ints, floats or bools."""
    if isinstance(given, ir.Attribute):
        known = type(concrete(given)).__name__.endswith("ElementsAttr")
        if known or str(given).startswith(_ELEMENTS):
            return given
        raise wrong_type(operation, parameter, given, "an elements attribute")
    if _is_ndarray(given) or (hasattr(given, "dtype") and hasattr(given, "ndim")):
        try:
            return ir.DenseElementsAttr.get(given.copy(order="C"))
        except (TypeError, ValueError, BufferError):
            accepted = "an array of bools, ints or floats"
            raise wrong_type(operation, parameter, given, accepted) from None
    try:
        flat, shape = _flattened(given, operation, parameter)
    except RecursionError:
        raise _too_deep(operation, parameter, given) from None
    return _dense(flat, shape, operation, parameter)


def _flattened(
    given: Any, operation: str, parameter: str
) -> tuple[list[Any], list[int]]:
    """The items of nested lists in order, and the shape that all of them have."""
    if not isinstance(given, Sequence) or isinstance(given, (str, bytes)):
        return [given], []
    flat: list[Any] = []
    shapes: list[list[int]] = []
    for index, item in enumerate(given):
        inner, shape = _flattened(item, operation, f"{parameter}[{index}]")
        if shapes and shape != shapes[0]:
            accepted = f"of shape {shapes[0]}, as the first"
            raise wrong_value(operation, f"{parameter}[{index}]", item, accepted)
        flat += inner
        shapes.append(shape)
    return flat, [len(given), *(shapes[0] if shapes else [])]


def _dense(
    flat: list[Any], shape: list[int], operation: str, parameter: str
) -> ir.Attribute:
    """Bools become `i1`, ints `i64`, and floats, also beside ints, `f64`."""
    coerce: Coercer
    if flat and all(as_bool(item) is not None for item in flat):
        coerce, kind = bool_attribute, "i1"
    elif all(as_int(item) is not None for item in flat):
        coerce, kind = any_integer, "i64"
    else:
        coerce, kind = any_float, "f64"
    made = [coerce(item, operation, parameter) for item in flat]
    tensor = ir.RankedTensorType.get(
        shape, ir.Type.parse(kind), loc=ir.Location.unknown()
    )
    if not made:
        return ir.Attribute.parse(f"dense<> : {tensor}")
    return ir.DenseElementsAttr.get(made, tensor)


_KINDS: tuple[tuple[Any, Coercer], ...] = (
    (str, string),
    (ir.Type, type_attribute),
    (ir.AffineMap, affine_map),
    (ir.IntegerSet, integer_set),
    (ir.Location, location),
    ((ir.OpView, ir.Operation), symbol_ref),
    (Mapping, dictionary),
)
