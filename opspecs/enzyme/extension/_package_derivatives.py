"""Derivatives of functions of a module as Python functions of numbers and NumPy arrays, in one call.

Each function here takes a module (or its text) and the name of a function; or a function of a module, given as its
operation or as what `func.FuncOp.from_py_func` made; or what one of these functions has made, so that `grad(grad(...))`
is a second derivative and `vmap(grad(...))` a gradient for each element of a batch. Docs: `docs/gradients.md`.
"""

# pyright: reportUnnecessaryIsInstance=false

from __future__ import annotations

from typing import Any

from ._given import MODES, Mode, Unsound
from ._runtime.complaints import Complaint, complaining
from ._runtime.errors import shown
from .functional.batches import Axes, Batched, read_axes
from .functional.choosing import Wrt, check_scalar, choose
from .functional.derived import (
    Gradient,
    HessianProduct,
    PullBack,
    PushForward,
    ValueAndGradient,
)
from .functional.jacobians import Jacobian
from .functional.making import (
    add_step,
    pair_of_seeds,
    pair_of_tangents,
    signature_of,
    start,
)
from .functional.signature import is_float
from .functional.steps import Forward, Reverse

__all__ = ["grad", "hvp", "jacobian", "jvp", "value_and_grad", "vjp", "vmap"]


def grad(
    module: Any,
    entry: str | None = None,
    *,
    wrt: Wrt = None,
    strong_zero: bool = False,
    unsound: Unsound | None = None,
) -> Gradient:
    """The gradient of a function that returns one float, by reverse mode.

    Args:
        module: A module, its text, a function of it, or another function made here.
        entry: The function's name, where a module is given that has several.
        wrt: The argument to differentiate by, by position or name, or several; all of floats by default.
        strong_zero: Whether zero times infinity or NaN is zero in the derivative.
        unsound: What to do where Enzyme is known to get the derivative wrong: `refuse`, `warn` or `allow`, as for
            `lowering.run`.

    Returns:
        A function that takes what the function takes, and returns the derivative by the argument `wrt`, or by the only
        argument of floats; else a tuple of them. Numbers are floats; a derivative by an array is a new array of its
        shape, by memory too, whose shadow is made and cleared at each call. Arrays that are given are passed on: memory
        that the function writes to is afterwards as after a plain call.

    Raises:
        TypeError: A parameter is of a kind that is not accepted.
        ValueError: There is no such function or argument, it has no derivative, or the function does not return one
            float.
    """
    source = start(module, entry, "grad", unsound)
    function = signature_of(source)
    check_scalar(function, f"grad of {source.title}")
    chosen, is_single = choose(function, wrt, f"grad of {source.title}")
    step = Reverse("grad", chosen, is_single, strong_zero)
    return Gradient(add_step(source, "grad", step))


def value_and_grad(
    module: Any,
    entry: str | None = None,
    *,
    wrt: Wrt = None,
    strong_zero: bool = False,
    unsound: Unsound | None = None,
) -> ValueAndGradient:
    """The value of a function that returns one float, and its gradient, in one call.

    Parameters and errors are those of `grad`; the function that is made returns a pair, the value and what `grad`
    gives.
    """
    word = "value_and_grad"
    source = start(module, entry, word, unsound)
    function = signature_of(source)
    check_scalar(function, f"{word} of {source.title}")
    chosen, is_single = choose(function, wrt, f"{word} of {source.title}")
    step = Reverse(word, chosen, is_single, strong_zero)
    return ValueAndGradient(add_step(source, word, step))


def vjp(
    module: Any,
    entry: str | None = None,
    *,
    wrt: Wrt = None,
    strong_zero: bool = False,
    unsound: Unsound | None = None,
) -> PullBack:
    """The product of a vector and the Jacobian, by reverse mode, for functions with any results and memory.

    Args:
        module: As for `grad`.
        entry: As for `grad`.
        wrt: As for `grad`.
        strong_zero: As for `grad`.
        unsound: As for `grad`.

    Returns:
        A function of the arguments, as a tuple, and of seeds: a value for each output. Outputs are the results and,
        behind them, the memory of floats that the function may write to, whose seed belongs to its contents after the
        call. It returns a `Vjp`: the results, and the derivatives by the arguments of `wrt` as `grad` returns them.

    Raises:
        TypeError: A parameter is of a kind that is not accepted.
        ValueError: There is no such function or argument, it has no derivative, or the function computes no floats.
    """
    source = start(module, entry, "vjp", unsound)
    function = signature_of(source)
    who = f"vjp of {source.title}"
    if not any(is_float(output.kind) for output in function.outputs):
        raise ValueError(
            f"{who}: accepted is a function that computes floats, got {function.described()}"
        )
    chosen, is_single = choose(function, wrt, who)
    step = Reverse("vjp", chosen, is_single, strong_zero)
    return PullBack(add_step(source, "vjp", step, pair_of_seeds(source, step)))


def jvp(
    module: Any,
    entry: str | None = None,
    *,
    wrt: Wrt = None,
    strong_zero: bool = False,
    unsound: Unsound | None = None,
) -> PushForward:
    """The product of the Jacobian and a vector, by forward mode.

    Args:
        module: As for `grad`.
        entry: As for `grad`.
        wrt: The arguments that have tangents; all of floats by default.
        strong_zero: As for `grad`.
        unsound: As for `grad`.

    Returns:
        A function of the arguments, as a tuple, and of tangents: a value for each argument of `wrt`, memory too. It
        returns a `Jvp`: the results, and the tangent of each output, as for `vjp`: results and, behind them, memory of
        floats that the function may write to.

    Raises:
        TypeError: A parameter is of a kind that is not accepted.
        ValueError: There is no such function or argument, or it has no derivative.
    """
    source = start(module, entry, "jvp", unsound)
    chosen, _ = choose(signature_of(source), wrt, f"jvp of {source.title}")
    step = Forward("jvp", chosen, strong_zero)
    return PushForward(add_step(source, "jvp", step, pair_of_tangents(source, step)))


def jacobian(
    module: Any,
    entry: str | None = None,
    *,
    wrt: Wrt = None,
    mode: Mode | None = None,
    strong_zero: bool = False,
    unsound: Unsound | None = None,
) -> Jacobian:
    """The Jacobian as dense arrays, a block for each output and argument; the Hessian, of what `grad` made.

    Args:
        module: As for `grad`.
        entry: As for `grad`.
        wrt: As for `grad`.
        mode: `forward`, a call for each element of the arguments, or `reverse`, one for each element of the outputs;
            the one with fewer calls by default.
        strong_zero: As for `grad`.
        unsound: As for `grad`.

    Returns:
        A function that takes what the function takes. Outputs are those of `vjp`: results and memory that is written
        to.

    Raises:
        TypeError: A parameter is of a kind that is not accepted.
        ValueError: There is no such function or argument, it has no derivative, or the function computes no floats.
    """
    source = start(module, entry, "jacobian", unsound)
    function = signature_of(source)
    who = f"jacobian of {source.title}"
    if mode is not None and mode not in MODES:
        raise complaining(
            ValueError,
            who,
            Complaint("mode", shown(mode), f"one of {', '.join(MODES)}"),
        )
    if not any(is_float(output.kind) for output in function.outputs):
        raise ValueError(
            f"{who}: accepted is a function that computes floats, got {function.described()}"
        )
    chosen, is_single = choose(function, wrt, who)
    return Jacobian(
        source, chosen, is_single=is_single, mode=mode, strong_zero=strong_zero
    )


def hvp(
    module: Any,
    entry: str | None = None,
    *,
    wrt: Wrt = None,
    strong_zero: bool = False,
    unsound: Unsound | None = None,
) -> HessianProduct:
    """The Hessian of a function that returns one float times a vector, by forward mode over reverse mode.

    Args:
        module: As for `grad`.
        entry: As for `grad`.
        wrt: The arguments that the Hessian is taken by.
        strong_zero: As for `grad`.
        unsound: As for `grad`.

    Returns:
        A function of the arguments, as a tuple, and of vectors: a value for each argument of `wrt`. It returns the
        product, in the form of the gradient.

    Raises:
        TypeError: A parameter is of a kind that is not accepted.
        ValueError: There is no such function or argument, it has no derivative, or the function does not return one
            float.
    """
    source = start(module, entry, "hvp", unsound)
    function = signature_of(source)
    who = f"hvp of {source.title}"
    check_scalar(function, who)
    chosen, is_single = choose(function, wrt, who)
    slope = add_step(source, "grad", Reverse("grad", chosen, is_single, strong_zero))
    step = Forward("hvp", chosen, strong_zero)
    form = pair_of_tangents(slope, step, "vectors")
    product = add_step(slope, "hvp", step, form)
    return HessianProduct(product, who)


def vmap(
    module: Any,
    entry: str | None = None,
    *,
    in_axes: Axes = 0,
    size: int | None = None,
    unsound: Unsound | None = None,
) -> Batched:
    """A function over a batch: for each element what the function returns, stacked along a first axis.

    Args:
        module: As for `grad`.
        entry: As for `grad`.
        in_axes: The axis of the batch in each argument: one for all, a sequence with one for each, or a mapping of
            positions or names, where others have none. None is for what all elements share.
        size: How many elements a batch has. It need not be said, unless other functions are made of this one and it
            takes no memory: `enzyme.batch` has one size.
        unsound: As for `grad`.

    Returns:
        A function that takes what the function takes, with an axis more where `in_axes` says so.

    Raises:
        TypeError: A parameter is of a kind that is not accepted.
        ValueError: There is no such function or axis; memory that is written to has no axis; the function takes both
            memory and tensors.
    """
    source = start(module, entry, "vmap", unsound)
    who = f"vmap of {source.title}"
    if size is not None and (isinstance(size, bool) or not isinstance(size, int)):
        raise complaining(
            TypeError,
            who,
            Complaint("size", shown(size), "the number of elements of a batch"),
        )
    if size is not None and size < 1:
        raise complaining(ValueError, who, Complaint("size", f"{size}", "at least 1"))
    axes = read_axes(signature_of(source), in_axes, who)
    return Batched(who, source, axes, size)
