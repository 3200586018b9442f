"""The operands and results that a contract expects: their roles, and their types where they are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .complaints import Complaint, Report
from .dataclass import dataclass
from .host import ir

__all__ = ["Expected", "ExpectedValue", "compare", "product", "widened"]


@dataclass(frozen=True, slots=True)
class ExpectedValue:
    """One expected operand or result: its role, what it belongs to, its type where that is known.

    `source` is `argument` or `result`, and `key` its index; or `pair`, and `key` the index of the result and of the
    argument.
    """

    role: str
    source: str
    key: Any
    type: Any

    def __str__(self) -> str:
        """Words for messages, e.g. `shadow of argument 0 (f64)`."""
        typed = "" if self.type is None else f" ({self.type})"
        if self.source == "pair":
            return (
                f"{self.role} of result {self.key[0]} by argument {self.key[1]}{typed}"
            )
        return f"{self.role} of {self.source} {self.key}{typed}"


@dataclass(frozen=True, slots=True)
class Expected:
    """All operands and all results that are expected, in order."""

    operands: tuple[ExpectedValue, ...]
    results: tuple[ExpectedValue, ...]


def widened(given: ir.Type, prefix: Sequence[int]) -> ir.Type | None:
    """The type with dimensions in front: `f64` and `[2]` give `tensor<2xf64>`, `f64` and `[]` give `tensor<f64>`.

    None where there is no such type: memory with a layout has none, nor have pointers and vectors.
    """
    if isinstance(given, ir.RankedTensorType):
        return _tensor([*prefix, *given.shape], given.element_type, given.encoding)
    if isinstance(given, ir.MemRefType):
        plain = _memory(given.shape, given)
        return _memory([*prefix, *given.shape], given) if plain == given else None
    scalars = (ir.FloatType, ir.IntegerType, ir.IndexType, ir.ComplexType)
    return _tensor(prefix, given) if isinstance(given, scalars) else None


def _tensor(
    shape: Sequence[int], element: ir.Type, encoding: ir.Attribute | None = None
) -> ir.Type | None:
    with element.context, ir.Location.unknown():
        try:
            return ir.RankedTensorType.get(list(shape), element, encoding)
        except Exception:  # not an element of tensors; hosts raise errors of their own
            return None


def _memory(shape: Sequence[int], like: ir.MemRefType) -> ir.Type:
    """Memory of this shape without a layout."""
    with like.context, ir.Location.unknown():
        return ir.MemRefType.get(
            list(shape), like.element_type, memory_space=like.memory_space
        )


def product(result: Any, argument: Any) -> ir.Type | None:
    """The type of the derivative of a result by an argument: the result's shape, then the argument's.

    None where one of the types is not known, or there is no such type.
    """
    if result is None or argument is None:
        return None
    shapes: list[int] = []
    for given in (result, argument):
        if isinstance(given, ir.RankedTensorType):
            shapes += given.shape
    element = result.element_type if isinstance(result, ir.RankedTensorType) else result
    return _tensor(shapes, element) if shapes else result


def _listed(expected: Sequence[ExpectedValue]) -> str:
    count = f"{len(expected)} value{'s' * (len(expected) != 1)}"
    return f"{count}: {', '.join(map(str, expected))}" if expected else "no values"


def compare(
    part: str, given: Sequence[Any], expected: Sequence[ExpectedValue], report: Report
) -> None:
    """Report where the types of operands or results differ from what is expected, in number or one by one."""
    if len(given) != len(expected):
        count = f"{len(given)} value{'s' * (len(given) != 1)}"
        report(Complaint(part, count, _listed(expected)))
        return
    for index, (found, wanted) in enumerate(zip(given, expected, strict=True)):
        if wanted.type is not None and found is not None and found != wanted.type:
            report(Complaint(f"{part}[{index}]", f"of type {found}", f"the {wanted}"))
