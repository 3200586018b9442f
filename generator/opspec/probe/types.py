"""Whether a type constraint of a spec takes a type, given as text; and the types that the probe tries."""

from __future__ import annotations

import re
from collections.abc import Iterable

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

__all__ = ["TRIED", "admits"]

TRIED = (
    *("f64", "f32", "i1", "i32", "i64", "ui32", "ui64", "index", "complex<f64>", "none"),
    *(f"tensor<{element}>" for element in ("f64", "f32", "i1", "i32", "i64", "ui64", "complex<f64>")),
    *(f"tensor<4x{element}>" for element in ("f64", "i1", "i32", "i64", "complex<f64>")),
    *(
        "tensor<4x4xf64>",
        "tensor<4x4xi32>",
        "tensor<2xui64>",
        "tensor<*xf64>",
        "tensor<*xi32>",
        "vector<4xf64>",
        "tuple<f64>",
    ),
    *("memref<4xf64>", "memref<4xi8>", "memref<?xf64>", "memref<4x4xf64>", "memref<i64>", "memref<*xf64>"),
    *("!llvm.ptr", "!async.token", "!stablehlo.token", "() -> ()"),
)
"""Types of many kinds."""

_SHAPED = re.compile(r"(tensor|memref|vector)<(\*x|(?:(?:\d+|\?|\[\d+\])x)*)(.+)>")
_INTEGER = re.compile(r"(i|si|ui)(\d+)")
_SIGNS = {"signless_integer": "i", "signed_integer": "si", "unsigned_integer": "ui"}
_FLOAT = re.compile(r"b?f\d+\w*|tf32")
_CONTAINERS = {
    "shaped": ("tensor", "memref", "vector"),
    "tensor": ("tensor",),
    "ranked_tensor": ("tensor",),
    "unranked_tensor": ("tensor",),
    "memref": ("memref",),
    "unranked_memref": ("memref",),
    "ranked_or_unranked_memref": ("memref",),
    "vector": ("vector",),
    "fixed_vector": ("vector",),
    "value_semantics": ("tensor", "vector"),
}


def _any(outcomes: Iterable[bool | None]) -> bool | None:
    """Whether one holds; None where none is known to, and one may."""
    found = tuple(outcomes)
    return True if True in found else None if None in found else False


def _all(outcomes: Iterable[bool | None]) -> bool | None:
    """Whether all hold; None where none is known not to, and one may not."""
    found = tuple(outcomes)
    return False if False in found else None if None in found else True


def _builtin(word: str, text: str) -> bool | None:
    integer = _INTEGER.fullmatch(text)
    match word:
        case "integer":
            return integer is not None
        case "signless_integer" | "signed_integer" | "unsigned_integer":
            return integer is not None and integer[1] == _SIGNS[word]
        case "float":
            return _FLOAT.fullmatch(text) is not None
        case "complex":
            return text.startswith("complex<")
        case "function":
            return "->" in text
        case "tuple":
            return text.startswith("tuple<")
        case _:
            return text == word


def _modified(modifier: Modifier, dimensions: str) -> bool | None:
    if modifier.word != "rank" or dimensions == "*x":
        return None if modifier.word != "rank" else False
    return dimensions.count("x") in modifier.values


def _shaped(dialect: Dialect, constraint: Shaped, text: str) -> bool | None:
    if constraint.container == "complex":
        return text.startswith("complex<") and admits(dialect, constraint.element, text[8:-1])
    match = _SHAPED.fullmatch(text)
    if constraint.container == "like":
        is_shaped = match is not None and match[1] in ("tensor", "vector")
        return admits(dialect, constraint.element, match[3] if match and is_shaped else text)
    kinds = _CONTAINERS.get(constraint.container)
    if kinds is None:
        return None
    if match is None or match[1] not in kinds:
        return False
    is_unranked = match[2] == "*x"
    if is_unranked and constraint.container in ("ranked_tensor", "memref"):
        return False
    if not is_unranked and constraint.container.startswith("unranked"):
        return False
    return _all(
        (
            admits(dialect, constraint.element, match[3]),
            *(_modified(modifier, match[2]) for modifier in constraint.modifiers),
        )
    )


def admits(dialect: Dialect, constraint: TypeConstraint, text: str) -> bool | None:
    """Whether the constraint takes the type; None where only C++ knows."""
    match constraint:
        case AnyConstraint():
            return True
        case OpaqueConstraint() | InterfaceConstraint():
            return None
        case ConstraintReference(name):
            return admits(dialect, dialect.constraint(name), text)
        case Builtin(word):
            return _builtin(word, text)
        case IntegerOf(prefix, width):
            integer = _INTEGER.fullmatch(text)
            return integer is not None and int(integer[2]) == width and prefix in ("int", integer[1])
        case DefinitionReference(owner, mnemonic):
            return re.match(rf"!{re.escape(owner)}\.{re.escape(mnemonic)}(?![\w.])", text) is not None
        case Shaped():
            return _shaped(dialect, constraint, text)
        case AnyOf(options):
            return _any(admits(dialect, option, text) for option in options)  # type: ignore[arg-type]
