"""Functions of `math` and `arith`, expanded, differentiated by the real Enzyme, and run on arrays of points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from enzyme_mlir import ir, jit, lowering, new_context
from enzyme_mlir._runtime.respelling import respell
from enzyme_mlir.lowering.prepare.mathematics import expand_mathematics, settle_mathematics
from enzyme_mlir.lowering.prepare.mathematics_flags import calm_arithmetic

Array = npt.NDArray[Any]

NAMES = "xyz"


@dataclass(frozen=True, slots=True)
class Function:
    """A function of one to three floats."""

    name: str
    """What it is about: an operation."""
    body: str
    """What computes `%r` from `%x`, `%y`, `%z`; `T` stands for the type."""
    arity: int
    kind: str = "f64"
    """The type of the floats."""
    symbol: str = "f"
    """What it is called."""

    @property
    def text(self) -> str:
        """The function in MLIR."""
        takes = ", ".join(f"%{name}: {self.kind}" for name in NAMES[: self.arity])
        body = self.body.replace("T", self.kind)
        return f"func.func @{self.symbol}({takes}) -> {self.kind} {{\n{body}\nreturn %r : {self.kind}\n}}\n"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is computed at each point of a function."""

    function: Function
    lines: str
    """The computation, from `%x0`, `%x1`, `%x2`, and the numbers `%zero` and `%one`."""
    found: tuple[str, ...]
    """The values that it gives."""


def expanded(text: str, mode: str | None = None, release: str | None = None) -> str:
    """A module whose functions are expanded, as text."""
    with new_context():
        module = ir.Module.parse(text)
        for function in module.body.operations:
            expand_mathematics(function.operation, mode=mode, release=release)
        assert module.operation.verify()
        return "\n".join(str(each) for each in module.body.operations) + "\n"


def settled(text: str, is_calm: bool = True) -> str:
    """What Enzyme has made, without what was added for it, and without liberties that the compiler must not take."""
    with new_context():
        module = lowering.parse(text)
        settle_mathematics(module.operation)
        if is_calm:
            calm_arithmetic(module.operation)
        assert module.operation.verify()
        return "\n".join(str(each) for each in module.body.operations) + "\n"


def activities(word: str, count: int) -> str:
    """An array of the same activity several times."""
    return f"[{', '.join([f'#enzyme.activity<enzyme_{word}>'] * count)}]"


def over_arrays(parts: Sequence[Asked]) -> str:
    """A function `@main` over arrays: for each part the points by operand, then where each of the values goes."""
    takes: list[str] = []
    loops: list[str] = []
    for number, part in enumerate(parts):
        kind = part.function.kind
        inputs = [f"in{number}_{index}" for index in range(part.function.arity)]
        outputs = [f"out{number}_{index}" for index in range(len(part.found))]
        takes += [f"%{name}: memref<?x{kind}>" for name in (*inputs, *outputs)]
        loads = [f"%x{index} = memref.load %{name}[%i] : memref<?x{kind}>" for index, name in enumerate(inputs)]
        stores = [
            f"memref.store {value}, %{name}[%i] : memref<?x{kind}>"
            for value, name in zip(part.found, outputs, strict=True)
        ]
        lines = "\n".join([*loads, part.lines, *stores])
        loops.append(f"""%n{number} = memref.dim %{inputs[0]}, %c0 : memref<?x{kind}>
scf.for %i = %c0 to %n{number} step %c1 {{
%one = arith.constant 1.0 : {kind}
%zero = arith.constant 0.0 : {kind}
{lines}
}}
""")
    return f"""func.func @main({", ".join(takes)}) {{
%c0 = arith.constant 0 : index
%c1 = arith.constant 1 : index
{"".join(loops)}return
}}
"""


def asks_value(function: Function) -> Asked:
    """The function itself."""
    operands = ", ".join(f"%x{index}" for index in range(function.arity))
    types = ", ".join([function.kind] * function.arity)
    return Asked(function, f"%r = func.call @{function.symbol}({operands}) : ({types}) -> {function.kind}", ("%r",))


def asks_derivative(function: Function, mode: str) -> Asked:
    """The value of the function and its derivative by each operand."""
    count, kind = function.arity, function.kind
    types = ", ".join([kind] * count)
    if mode == "reverse":
        operands = ", ".join(f"%x{index}" for index in range(count))
        activity = activities("active", count)
        asks = (
            f'%d:{count + 1} = "enzyme.autodiff"({operands}, %one) {{fn = @{function.symbol}, activity = {activity}, '
            f"ret_activity = {activities('active', 1)}}} : ({types}, {kind}) -> ({kind}, {types})"
        )
        return Asked(function, asks, tuple(f"%d#{index}" for index in range(count + 1)))
    lines: list[str] = []
    for axis in range(count):
        pairs = ", ".join(f"%x{index}, %one" if index == axis else f"%x{index}" for index in range(count))
        words = ["dup" if index == axis else "const" for index in range(count)]
        activity = ", ".join(f"#enzyme.activity<enzyme_{word}>" for word in words)
        lines.append(
            f'%d{axis}:2 = "enzyme.fwddiff"({pairs}) {{fn = @{function.symbol}, activity = [{activity}], '
            f"ret_activity = {activities('dup', 1)}}} : ({types}, {kind}) -> ({kind}, {kind})"
        )
    return Asked(function, "\n".join(lines), ("%d0#0", *(f"%d{axis}#1" for axis in range(count))))


def derivative_of(function: Function, mode: str) -> str:
    """A function `@main` over arrays that stores the value and the derivative by each operand."""
    return over_arrays([asks_derivative(function, mode)])


def differentiated(texts: Sequence[str], release: str | None = None, folder: Path | None = None) -> list[str]:
    """What Enzyme makes of modules, settled."""
    given = [text if release is None else respell(text, release) for text in texts]
    made = lowering.verdicts(given, "differentiate", enzyme=folder)
    for text, verdict in zip(texts, made, strict=True):
        assert verdict.text is not None, f"{verdict.message}\n{text}"
    return [settled(verdict.text) for verdict in made if verdict.text is not None]


def run(compiled: jit.Function, points: Sequence[Array]) -> list[Array]:
    """What a function over arrays stores for one function, at points given by operand."""
    outs = [np.full_like(points[0], np.nan) for _ in range(len(compiled.parameters) - len(points))]
    compiled(*points, *outs)
    return outs


def run_each(text: str, parts: Sequence[Asked], points: Sequence[Sequence[Array]]) -> list[list[Array]]:
    """What `over_arrays` stores for each part, at its points."""
    outs = [[np.full_like(at[0], np.nan) for _ in part.found] for part, at in zip(parts, points, strict=True)]
    passed = [array for at, out in zip(points, outs, strict=True) for array in (*at, *out)]
    jit.compile(text)(*passed)
    return outs
