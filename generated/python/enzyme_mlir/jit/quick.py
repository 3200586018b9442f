"""Calls of functions of plain numbers and arrays, written for their parameters and results.

A number is written where compiled code looks for it, an array's address and sizes into its descriptor. What needs a
conversion, or is wrong, goes the long way, which says so.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from .arguments import BYTES_OF, LARGEST, steps_of
from .kinds import Buffer, Kind, Scalar
from .layout import WORD, Frame, Layout, code_of, places_of
from .workspace import Workspace

__all__ = ["MISS", "Entering", "make_quick"]

Form = str | tuple[int | None, ...]
"""A number's type, or the sizes of an array, None where any will do."""

MISS: Any = object()
"""What a quick call gives where it does not take the arguments."""

CELLS: dict[str, Any] = {
    "f64": ctypes.c_double,
    "f32": ctypes.c_float,
    "i1": ctypes.c_bool,
    "i8": ctypes.c_int8,
    "i16": ctypes.c_int16,
    "i32": ctypes.c_int32,
    "i64": ctypes.c_int64,
    "index": ctypes.c_int64,
}
"""Numbers in memory that Python reads and writes by itself."""


@dataclass(frozen=True, slots=True)
class Entering:
    """How a function is called that allocates."""

    enter: Callable[[int, int, int, int, int], int]
    """Runs it with a workspace, and says what is left to do."""
    function: int
    """The machine code."""
    settle: Callable[[int, Workspace], None]
    """Does that."""


def _is_plain(kind: Kind) -> bool:
    """Whether a parameter is a number with a cell, or memory that is stored row by row."""
    if isinstance(kind, Scalar):
        return kind.text in CELLS
    return not kind.is_tensor and kind.strides is None


def make_quick(
    call: Callable[[int], Any],
    layout: Layout,
    parameters: Sequence[Kind],
    results: Sequence[Kind],
    entering: Entering | None,
) -> Callable[[tuple[Any, ...]], Any] | None:
    """What calls a function; None where it takes or returns something else than plain parts.

    It gives the result of the call, several as a tuple, none as None; or `MISS`.

    Args:
        call: The machine code.
        layout: Where arguments and results stand.
        parameters: What the function takes.
        results: What it returns.
        entering: How it is called if it allocates.
    """
    numbers = [kind for kind in results if isinstance(kind, Scalar)]
    if len(numbers) < len(results) or not all(map(_is_plain, (*parameters, *results))):
        return None
    forms = tuple(map(_form, parameters))
    make = _compiled(forms, len(results), entering is not None)
    return make(
        call=call,
        entering=entering,
        make_frame=lambda: _frame(layout, parameters, numbers, entering is not None),
        dtypes=[_element(kind).dtype for kind in parameters],
    )


def _element(kind: Kind) -> Scalar:
    return kind.element if isinstance(kind, Buffer) else kind


def _form(kind: Kind) -> Form:
    return kind.shape if isinstance(kind, Buffer) else kind.text


def _frame(
    layout: Layout,
    parameters: Sequence[Kind],
    results: Sequence[Scalar],
    allocates: bool,
) -> tuple[Any, ...]:
    """The memory of one call: its address, what each argument is written to, what each result is read from.

    In front of them, where the function allocates, its workspace and where the addresses of arrays start.
    """
    frame = Frame(layout)
    codes = [code_of(kind) for kind in parameters]
    cells: list[Any] = []
    at = frame.base + layout.arguments_at
    for kind, place in zip(parameters, places_of(codes), strict=True):
        if isinstance(kind, Scalar):
            cells.append(CELLS[kind.text].from_buffer(frame.memory, at + place))
            continue
        sizes = [size or 0 for size in kind.shape]
        words = (ctypes.c_int64 * (1 + 2 * len(sizes))).from_buffer(
            frame.memory, at + place + 2 * WORD
        )
        words[:] = [0, *sizes, *steps_of(sizes)]
        cells += [
            ctypes.c_size_t.from_buffer(frame.memory, at + place + index * WORD)
            for index in range(2)
        ]
        if None in kind.shape:
            cells.append(words)
    at = frame.base + layout.results_at
    for kind, place in zip(
        results, places_of([code_of(k) for k in results]), strict=True
    ):
        cells.append(CELLS[kind.text].from_buffer(frame.memory, at + place))
    if not allocates:
        return (frame.address, *cells)
    owned = (ctypes.c_size_t * layout.owned_count).from_buffer(
        frame.memory, frame.base + layout.owned_at
    )
    workspace = Workspace()
    further = (workspace, workspace.address, frame.owned, owned)
    return (frame.address, *further, *cells)


def _misfit(form: Form, index: int) -> str:
    """The condition under which an argument goes the long way."""
    given = f"x{index}"
    if isinstance(form, tuple):
        other = f"type({given}) is not ndarray or {given}.dtype != dtypes{index}"
        if None not in form:
            return f"{other} or {given}.shape != {form!r}"
        sizes = [
            f"{given}.shape[{axis}] != {size}"
            for axis, size in enumerate(form)
            if size is not None
        ]
        return " or ".join([other, f"{given}.ndim != {len(form)}", *sizes])
    if form == "i1":
        return f"{given} is not True and {given} is not False"
    if form in ("f64", "f32"):
        limit = LARGEST[form]
        is_out = (
            "" if math.isinf(limit) else f" or not -{limit!r} <= {given} <= {limit!r}"
        )
        return f"type({given}) is not float{is_out}"
    end = 1 << (ctypes.sizeof(CELLS[form]) * 8 - 1)
    return f"type({given}) is not int or not -{end} <= {given} < {end}"


def _sizes(index: int, rank: int) -> list[str]:
    """Statements that write an array's sizes into its descriptor, and the steps from one element to the next."""
    names = [f"n{index}_{axis}" for axis in range(rank)]
    lines = [f"{', '.join(names)}, = x{index}.shape"]
    lines += [f"w{index}[{axis + 1}] = {name}" for axis, name in enumerate(names)]
    for axis in range(rank):
        steps = " * ".join(names[axis + 1 :]) or "1"
        lines.append(f"w{index}[{rank + axis + 1}] = {steps}")
    return lines


_ENTERING = (
    "    enter, function, settle = entering.enter, entering.function, entering.settle",
)


def _text(forms: tuple[Form, ...], results: int, allocates: bool) -> str:
    """The function that makes the function of one signature."""
    given = [f"x{index}" for index in range(len(forms))]
    arrays = [index for index, form in enumerate(forms) if isinstance(form, tuple)]
    cells: list[str] = []
    written: list[str] = []
    for index, form in enumerate(forms):
        if not isinstance(form, tuple):
            cells.append(f"c{index}")
            written.append(f"c{index}.value = x{index}")
            continue
        cells += [f"c{index}", f"d{index}"]
        written.append(f"c{index}.value = d{index}.value = a{index}")
        if None in form:
            cells.append(f"w{index}")
            written += _sizes(index, len(form))
    found = [f"r{index}" for index in range(results)]
    values = [f"{name}.value" for name in found]
    answer = (
        values[0]
        if len(values) == 1
        else f"({', '.join(values)})" if values else "None"
    )
    place, called = ["address"], ["call(address)"]
    if allocates:
        place += ["workspace", "work", "owned_at", "owned"]
        written += [f"owned[{at}] = a{index}" for at, index in enumerate(arrays)]
        passed = f"work, function, address, owned_at, {len(arrays)}"
        called = [f"left = enter({passed})"]
    lines = [f"if len(arguments) != {len(forms)}:", "    return MISS"]
    if given:
        lines += [f"{', '.join(given)}, = arguments"]
        misfits = " or ".join(_misfit(form, index) for index, form in enumerate(forms))
        lines += [f"if {misfits}:", "    return MISS"]
    if arrays:
        lines += [
            "try:",
            *(f"    a{i} = addressof(bytes_of(x{i}))" for i in arrays),
            "except (TypeError, ValueError, BufferError):  # read-only, strided, empty",
            "    return MISS",
            f"if {' or '.join(f'a{i} % sizes{i}' for i in arrays)}:",
            "    return MISS",
        ]
    lines += [
        "try:",
        "    frame = frames.pop()",
        "except IndexError:",
        "    frame = make_frame()",
        f"{', '.join((*place, *cells, *found))}, = frame",
        *written,
        *called,
        f"answer = {answer}",
        *(["if left:", "    settle(left, workspace)"] if allocates else []),
        "frames.append(frame)",
        "return answer",
    ]
    kept = [f"dtypes{i}, sizes{i} = dtypes[{i}], dtypes[{i}].itemsize" for i in arrays]
    return "\n".join(
        [
            "def make(call, entering, make_frame, dtypes):",
            "    frames = []",
            *(_ENTERING if allocates else ()),
            *(f"    {line}" for line in kept),
            "    def quick(arguments):",
            *(f"        {line}" for line in lines),
            "    return quick",
        ]
    )


@lru_cache(maxsize=256)
def _compiled(
    forms: tuple[Form, ...], results: int, allocates: bool
) -> Callable[..., Callable[[tuple[Any, ...]], Any]]:
    names: dict[str, Any] = {
        "MISS": MISS,
        "addressof": ctypes.addressof,
        "bytes_of": BYTES_OF,
        "ndarray": np.ndarray,
    }
    exec(compile(_text(forms, results, allocates), f"{__file__}:make", "exec"), names)
    found: Callable[..., Any] = names["make"]
    return found
