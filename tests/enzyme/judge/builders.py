"""Callers that the builders make: `enzyme.gradient`, `value_and_gradient`, `vjp`, `jvp`."""

from __future__ import annotations

from typing import Any

from mlir.dialects import func

from enzyme_mlir import ir
from enzyme_mlir.dialects import enzyme

from .modes import MAIN, Builder, Reverse, signature
from .printing import type_text
from .programs import Case

__all__ = ["build_caller"]


def build_caller(module: Any, case: Case) -> None:
    """Append the function that asks for the derivative; call it where a location is entered."""
    assert isinstance(case.mode, Builder)
    shape = signature(case.mode, case.program)
    takes = [ir.Type.parse(type_text(port.type)) for port in shape.arguments]
    gives = [ir.Type.parse(type_text(port.type)) for port in shape.results]
    with ir.InsertionPoint(module.body):
        function = func.FuncOp(MAIN, (takes, gives))
        block = function.add_entry_block()
        with ir.InsertionPoint(block):
            func.ReturnOp(_ask(case.mode, case, list(block.arguments)))


def _ask(mode: Builder, case: Case, values: list[Any]) -> list[Any]:
    shape = signature(mode, case.program)
    below = signature(mode.builds.of, case.program)
    ports = {(port.role, port.of): value for port, value in zip(shape.arguments, values, strict=True)}
    inputs = [ports["primal", index] for index in range(len(below.arguments))]
    fn = case.program.entry.name
    with_results = not any(word.endswith("noneed") for word in mode.builds.returns)
    if not isinstance(mode.builds, Reverse):
        tangents = [ports.get(("tangent", index)) for index in range(len(inputs))]
        forward = enzyme.jvp(fn, inputs, tangents, results=with_results)
        return [*forward.results, *forward.tangents]
    shadows = {index: value for (role, index), value in ports.items() if role == "shadow"}
    if mode.name == "vjp":
        seeds = [ports.get(("seed", index)) for index in range(len(below.results))]
        reverse = enzyme.vjp(fn, inputs, seeds, wrt=mode.order, shadows=shadows, results=with_results)
        return [*reverse.results, *reverse.derivatives]
    if len(mode.order) == 1:
        by = mode.order[0]
        if mode.name == "gradient":
            return [enzyme.gradient(fn, inputs, wrt=by, shadows=shadows)]
        return [*enzyme.value_and_gradient(fn, inputs, wrt=by, shadows=shadows)]
    if mode.name == "gradient":
        return [*enzyme.gradient(fn, inputs, wrt=mode.order, shadows=shadows)]
    value, derivatives = enzyme.value_and_gradient(fn, inputs, wrt=mode.order, shadows=shadows)
    return [value, *derivatives]
