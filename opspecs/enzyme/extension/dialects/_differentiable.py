"""By which arguments of a function one differentiates, and with which seed where it has one scalar result."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

from __future__ import annotations

from collections.abc import Sequence

from .. import _runtime as _rt
from .._runtime.complaints import Complaint, complaining
from .._runtime.host import OpResult, ir
from .._runtime.values import items_of

__all__ = ["chosen_of", "expect_shadows", "is_float", "seed_of_one"]


def is_float(given: ir.Type) -> bool:
    """Whether values of the type are differentiated by default: floats, complex numbers, tensors of them."""
    if isinstance(given, (ir.RankedTensorType, ir.UnrankedTensorType)):
        return is_float(given.element_type)
    return isinstance(given, (ir.FloatType, ir.ComplexType))


def chosen_of(
    name: str, wrt: int | Sequence[int] | None, inputs: Sequence[ir.Type]
) -> list[int]:
    """The arguments to differentiate by, as given."""
    if wrt is None:
        return [index for index, given in enumerate(inputs) if is_float(given)]
    accepted = "the index of an argument, or a sequence of them"
    chosen = [wrt] if isinstance(wrt, int) else items_of(wrt, name, "wrt", accepted)
    for index in chosen:
        if (
            not isinstance(index, int)
            or isinstance(index, bool)
            or not 0 <= index < len(inputs)
        ):
            raise complaining(
                ValueError,
                name,
                Complaint(
                    "wrt",
                    f"{wrt!r}",
                    f"the index of an argument, 0 to {len(inputs) - 1}",
                ),
            )
        if not is_float(inputs[index]):
            raise complaining(
                ValueError,
                name,
                Complaint(
                    "wrt",
                    f"{wrt!r}",
                    f"an argument that is a float, or a tensor of floats: argument {index} is of type {inputs[index]}",
                    f"memory takes its derivative in a shadow (shadows={{{index}: ...}})",
                ),
            )
    if len(set(chosen)) != len(chosen):
        raise complaining(
            ValueError, name, Complaint("wrt", f"{wrt!r}", "every argument once")
        )
    return chosen


def expect_shadows(name: str, inputs: Sequence[ir.Type], found: int) -> None:
    """Refuse to leave out derivatives without a word: of memory, whose derivatives are shadows, or of everything."""
    for index, given in enumerate(inputs):
        if _is_memory(given):
            raise complaining(
                ValueError,
                name,
                Complaint(
                    "shadows",
                    "None",
                    f"memory for argument {index} ({given}), into which its derivative is added: "
                    f"shadows={{{index}: ...}}",
                    "shadows={} makes memory constant, wrt names other arguments",
                ),
            )
    if not found:
        shown = ", ".join(map(str, inputs)) or "none"
        raise complaining(
            ValueError,
            name,
            Complaint(
                "fn",
                f"a function with the arguments ({shown})",
                "one with a float, or a tensor of floats",
            ),
        )


def _is_memory(given: ir.Type) -> bool:
    """Whether the type is memory that may hold floats: their derivatives are in a shadow."""
    if isinstance(given, (ir.MemRefType, ir.UnrankedMemRefType)):
        return isinstance(given.element_type, (ir.FloatType, ir.ComplexType))
    return str(given).startswith("!llvm.ptr")


def seed_of_one(
    name: str,
    results: Sequence[ir.Type],
    loc: ir.Location | None,
    ip: ir.InsertionPoint | None,
) -> OpResult:
    """The seed of a function with one scalar result: the constant 1 of its type."""
    types = list(results)
    given = types[0] if len(types) == 1 else None
    element = (
        given.element_type
        if isinstance(given, ir.RankedTensorType) and given.rank == 0
        else given
    )
    if given is None or not isinstance(element, ir.FloatType):
        shown = ", ".join(str(found) for found in types) or "none"
        raise complaining(
            ValueError,
            name,
            Complaint(
                "fn",
                f"a function with the results ({shown})",
                "one with one float, or one tensor of rank 0 of floats",
                "vjp takes seeds for others",
            ),
        )
    one: ir.Attribute = ir.FloatAttr.get(element, 1.0)
    if isinstance(given, ir.RankedTensorType):
        one = ir.DenseElementsAttr.get_splat(given, one)
    return _rt.constant(given, one, loc, ip)
