"""Derivatives of functions in one call: gradients, and products with the Jacobian from either side.

Each function here builds one `enzyme.autodiff` or `enzyme.fwddiff`; activities, seeds and result types follow from the
function. The function has to be in sight: given as its operation, or by name where the nearest symbol table has it.
Operations and activities are called as in the IR, so that this holds under every naming convention.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, overload

from .. import _runtime as _rt
from .._runtime.complaints import Complaint, complaining
from .._runtime.errors import wrong_type
from .._runtime.host import OpResult, ir
from .._runtime.values import items_of
from ._differentiable import chosen_of, expect_shadows, is_float, seed_of_one

__all__ = ["Jvp", "Vjp", "gradient", "jvp", "value_and_gradient", "vjp"]

Function: TypeAlias = "str | ir.FlatSymbolRefAttr | ir.OpView"
"""A function: its name, or its operation."""

_ACTIVE, _ACTIVE_ONLY = "enzyme_active", "enzyme_activenoneed"
_DUP, _DUP_ONLY = "enzyme_dup", "enzyme_dupnoneed"
_CONST, _NOTHING = "enzyme_const", "enzyme_constnoneed"


class Vjp(NamedTuple):
    """What `vjp` gives: the results of the function, and the derivatives by the arguments asked for, in their order."""

    results: list[OpResult]
    derivatives: list[OpResult]


class Jvp(NamedTuple):
    """What `jvp` gives: the results of the function, and their derivatives in the direction of the tangents."""

    results: list[OpResult]
    tangents: list[OpResult]


@overload
def gradient(
    fn: Function,
    inputs: Sequence[_rt.ValueLike],
    *,
    wrt: int,
    shadows: Mapping[int, _rt.ValueLike] | None = None,
    strong_zero: bool = False,
    loc: ir.Location | None = None,
    ip: ir.InsertionPoint | None = None,
) -> OpResult: ...
@overload
def gradient(
    fn: Function,
    inputs: Sequence[_rt.ValueLike],
    *,
    wrt: Sequence[int] | None = None,
    shadows: Mapping[int, _rt.ValueLike] | None = None,
    strong_zero: bool = False,
    loc: ir.Location | None = None,
    ip: ir.InsertionPoint | None = None,
) -> list[OpResult]: ...
def gradient(
    fn: Function,
    inputs: Sequence[_rt.ValueLike],
    *,
    wrt: int | Sequence[int] | None = None,
    shadows: Mapping[int, _rt.ValueLike] | None = None,
    strong_zero: bool = False,
    loc: ir.Location | None = None,
    ip: ir.InsertionPoint | None = None,
) -> OpResult | list[OpResult]:
    """The gradient of a function with one scalar result.

    Args:
        fn: The function; its result is a float or a tensor of rank 0.
        inputs: Its arguments, where the gradient is taken.
        wrt: The argument, or arguments, to differentiate by; all floats and tensors of floats by default.
        shadows: For arguments that are memory (memrefs, pointers), by index: memory of the same type, into which the
            derivative is added. Memory without a shadow is constant: where neither `wrt` nor `shadows` is given and the
            function takes memory, that is an error; an empty mapping says that all memory is constant.
        strong_zero: Whether zero times infinity or NaN is zero in the derivative.
        loc: Location; the current one by default.
        ip: Insertion point; the current one by default.

    Returns:
        The derivative by the argument `wrt`, of its type; a list of them where `wrt` is not one number.

    Raises:
        TypeError: An argument is of a kind that its parameter does not take.
        ValueError: The function is not in sight, does not fit `inputs` and `wrt`, or has no scalar result.
    """
    built = _reverse(
        "gradient", fn, inputs, None, wrt, shadows, False, strong_zero, loc, ip
    )
    return built.derivatives[0] if isinstance(wrt, int) else built.derivatives


@overload
def value_and_gradient(
    fn: Function,
    inputs: Sequence[_rt.ValueLike],
    *,
    wrt: int,
    shadows: Mapping[int, _rt.ValueLike] | None = None,
    strong_zero: bool = False,
    loc: ir.Location | None = None,
    ip: ir.InsertionPoint | None = None,
) -> tuple[OpResult, OpResult]: ...
@overload
def value_and_gradient(
    fn: Function,
    inputs: Sequence[_rt.ValueLike],
    *,
    wrt: Sequence[int] | None = None,
    shadows: Mapping[int, _rt.ValueLike] | None = None,
    strong_zero: bool = False,
    loc: ir.Location | None = None,
    ip: ir.InsertionPoint | None = None,
) -> tuple[OpResult, list[OpResult]]: ...
def value_and_gradient(
    fn: Function,
    inputs: Sequence[_rt.ValueLike],
    *,
    wrt: int | Sequence[int] | None = None,
    shadows: Mapping[int, _rt.ValueLike] | None = None,
    strong_zero: bool = False,
    loc: ir.Location | None = None,
    ip: ir.InsertionPoint | None = None,
) -> tuple[OpResult, OpResult | list[OpResult]]:
    """The value of a function with one scalar result, and its gradient; the parameters are those of `gradient`."""
    name = "value_and_gradient"
    built = _reverse(name, fn, inputs, None, wrt, shadows, True, strong_zero, loc, ip)
    (value,) = built.results
    return value, built.derivatives[0] if isinstance(wrt, int) else built.derivatives


def vjp(
    fn: Function,
    inputs: Sequence[_rt.ValueLike],
    seeds: Sequence[_rt.ValueLike | None],
    *,
    wrt: int | Sequence[int] | None = None,
    shadows: Mapping[int, _rt.ValueLike] | None = None,
    results: bool = True,
    strong_zero: bool = False,
    loc: ir.Location | None = None,
    ip: ir.InsertionPoint | None = None,
) -> Vjp:
    """The product of a vector and the Jacobian, in reverse mode.

    Args:
        fn: The function.
        inputs: Its arguments.
        seeds: For each result of the function a value of its type; None for a result that is not differentiated.
        wrt: The argument, or arguments, to differentiate by; all floats and tensors of floats by default.
        shadows: Memory into which derivatives are added, as for `gradient`.
        results: Whether the function's own results are wanted too.
        strong_zero: Whether zero times infinity or NaN is zero in the derivative.
        loc: Location; the current one by default.
        ip: Insertion point; the current one by default.

    Returns:
        The results, none of them where they are not wanted, and a derivative for each argument of `wrt`.

    Raises:
        TypeError: An argument is of a kind that its parameter does not take.
        ValueError: The function is not in sight, or does not fit `inputs`, `seeds` and `wrt`.
    """
    given = items_of(seeds, "enzyme.vjp", "seeds", "a sequence of values")
    return _reverse(
        "vjp", fn, inputs, given, wrt, shadows, results, strong_zero, loc, ip
    )


def jvp(
    fn: Function,
    inputs: Sequence[_rt.ValueLike],
    tangents: Sequence[_rt.ValueLike | None],
    *,
    results: bool = True,
    strong_zero: bool = False,
    loc: ir.Location | None = None,
    ip: ir.InsertionPoint | None = None,
) -> Jvp:
    """The product of the Jacobian and a vector, in forward mode.

    Args:
        fn: The function.
        inputs: Its arguments.
        tangents: For each argument a value of its type, the direction; None for an argument that does not change.
        results: Whether the function's own results are wanted too.
        strong_zero: Whether zero times infinity or NaN is zero in the derivative.
        loc: Location; the current one by default.
        ip: Insertion point; the current one by default.

    Returns:
        The results, none of them where they are not wanted, and the derivative of each result.

    Raises:
        TypeError: An argument is of a kind that its parameter does not take.
        ValueError: The function is not in sight, or does not fit `inputs` and `tangents`.
    """
    with _rt.building("enzyme.jvp", loc):
        kind = _function_type("enzyme.jvp", fn, ip)
        values = _rt.values(inputs, "enzyme.jvp", "inputs")
        _expect("enzyme.jvp", "inputs", len(values), len(kind.inputs), "argument")
        directions = items_of(
            tangents, "enzyme.jvp", "tangents", "a sequence of values"
        )
        _expect("enzyme.jvp", "tangents", len(directions), len(values), "argument")
        operands: list[_rt.ValueLike] = []
        for value, tangent in zip(values, directions, strict=True):
            operands += [value] if tangent is None else [value, tangent]
        activity = [_CONST if tangent is None else _DUP for tangent in directions]
        wanted, rest = (_DUP, _CONST) if results else (_DUP_ONLY, _NOTHING)
        returns = [wanted if is_float(given) else rest for given in kind.results]
        op = _build(
            "enzyme.fwddiff", fn, operands, activity, returns, strong_zero, loc, ip
        )
        return Jvp(
            list(_rt.by_role(op, "results", "primal").values()),
            list(_rt.by_role(op, "results", "tangent").values()),
        )


def _reverse(
    caller: str,
    fn: Function,
    inputs: Sequence[_rt.ValueLike],
    seeds: list[Any] | None,
    wrt: int | Sequence[int] | None,
    shadows: Mapping[int, _rt.ValueLike] | None,
    with_results: bool,
    strong_zero: bool,
    loc: ir.Location | None,
    ip: ir.InsertionPoint | None,
) -> Vjp:
    """One `enzyme.autodiff`; without seeds, the function has one scalar result, whose seed is 1."""
    name = f"enzyme.{caller}"
    with _rt.building(name, loc):
        kind = _function_type(name, fn, ip)
        values = _rt.values(inputs, name, "inputs")
        _expect(name, "inputs", len(values), len(kind.inputs), "argument")
        chosen = chosen_of(name, wrt, kind.inputs)
        if shadows is not None and not isinstance(shadows, Mapping):
            accepted = "a mapping of indices to values"
            raise wrong_type(name, "shadows", shadows, accepted)
        if shadows is None and wrt is None:
            expect_shadows(name, kind.inputs, len(chosen))
        memory = dict(shadows or {})
        for index in memory:
            if index not in range(len(values)):
                raise ValueError(
                    f"{name}: shadows has the key {index!r}, accepted is the index of an argument"
                )
        one = seed_of_one(name, kind.results, loc, ip) if seeds is None else None
        given = [one] if seeds is None else seeds
        _expect(name, "seeds", len(given), len(kind.results), "result")
        activity: list[str] = []
        operands: list[_rt.ValueLike] = []
        for index, value in enumerate(values):
            operands.append(value)
            if index in memory:
                operands.append(memory[index])
                activity.append(_DUP)
            else:
                activity.append(_ACTIVE if index in chosen else _CONST)
        operands += [seed for seed in given if seed is not None]
        active, rest = (_ACTIVE, _CONST) if with_results else (_ACTIVE_ONLY, _NOTHING)
        returns = [rest if seed is None else active for seed in given]
        try:
            op = _build(
                "enzyme.autodiff", fn, operands, activity, returns, strong_zero, loc, ip
            )
        except (TypeError, ValueError):
            if one is not None:  # nothing of a call that failed stays behind
                one.owner.erase()
            raise
        derivatives = _rt.by_role(op, "results", "derivative")
        return Vjp(
            list(_rt.by_role(op, "results", "primal").values()),
            [derivatives[index] for index in chosen if index in derivatives],
        )


def _build(
    name: str,
    fn: Function,
    operands: list[_rt.ValueLike],
    activity: list[str],
    returns: list[str],
    strong_zero: bool,
    loc: ir.Location | None,
    ip: ir.InsertionPoint | None,
) -> ir.OpView:
    """The operation; call it where the location is entered."""
    op: ir.OpView = _rt.class_of(name)(fn, operands, activity, returns, loc=loc, ip=ip)
    if strong_zero:
        op.operation.attributes["strong_zero"] = ir.BoolAttr.get(True)
    return op


def _function_type(
    name: str, fn: Function, ip: ir.InsertionPoint | None
) -> ir.FunctionType:
    """The type of a function that is in sight."""
    found = _rt.function_in_sight(name, fn, ip)
    held = None if found is None else found.value
    if not isinstance(held, ir.FunctionType):
        raise complaining(
            ValueError,
            name,
            Complaint(
                "fn",
                f"{fn if isinstance(fn, str) else type(fn).__name__}",
                "a function in sight: its operation, or its name where the nearest symbol table has it",
            ),
        )
    return held


def _expect(name: str, parameter: str, found: int, expected: int, what: str) -> None:
    if found != expected:
        count = f"{found} value{'s' if found != 1 else ''}"
        raise complaining(
            ValueError,
            name,
            Complaint(
                parameter,
                f"{count}",
                f"{expected}, one for each {what} of the function",
            ),
        )
