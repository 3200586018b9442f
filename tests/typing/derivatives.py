"""A program of derivatives in strict types: clean under `mypy --strict` and pyright in strict mode, and it runs."""

from __future__ import annotations

from typing import Any

import enzyme_mlir
from enzyme_mlir import grad, hvp, ir, jacobian, jvp, new_context, value_and_grad, vjp, vmap
from enzyme_mlir.functional import Derived, Gradient, Jvp, PullBack, PushForward, Vjp
from enzyme_mlir.testing import GradientMismatch, GradientReport, check_gradient

SQUARE = "func.func @square(%x: f64, %y: f64) -> f64 { %0 = arith.mulf %x, %y : f64 return %0 : f64 }"


def of_a_module() -> list[str]:
    """Modules and operations, as well as text."""
    with new_context():
        module: ir.Module = ir.Module.parse(SQUARE)
        gradient: Gradient = grad(module, "square", wrt=[0, 1])
        of_operation: Gradient = grad(module.body.operations[0], wrt="arg0", unsound="warn")
        derived: list[Derived] = [gradient, of_operation, vmap(gradient, in_axes={"arg0": 0}), jacobian(gradient)]
        return [f"{each.name} {each!r}" for each in derived]


def products() -> tuple[Any, Any, Any]:
    """Records of what comes back."""
    push: PushForward = jvp(SQUARE, wrt=("x",))
    pushed: Jvp = push((1.0, 2.0), 1.0)
    pull: PullBack = vjp(SQUARE)
    pulled: Vjp = pull({"x": 1.0, "y": 2.0}, (1.0,))
    value, tangent = pushed
    assert value == pulled.results
    return tangent, pulled.derivatives, hvp(SQUARE, wrt=None, strong_zero=True)((1.0, 2.0), (1.0, 0.0))


def values() -> tuple[float, str]:
    """A value beside its gradient, and the IR."""
    both = value_and_grad(SQUARE, "square")
    found: tuple[Any, Any] = both(1.0, y=2.0)
    text: str = both.ir("lowered")
    value: float = found[0]
    return value, text


def checked() -> str:
    """A report, or a mismatch that carries one."""
    try:
        report: GradientReport = check_gradient(SQUARE, at=(1.0, 2.0), modes="reverse", rtol=1e-7)
    except GradientMismatch as mismatch:
        report = mismatch.report
    return str(report)


def main() -> None:
    """Run all of it."""
    assert enzyme_mlir.grad is grad
    print(of_a_module(), products(), values(), checked(), sep="\n")


if __name__ == "__main__":
    main()
