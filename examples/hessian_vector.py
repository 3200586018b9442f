"""A Hessian-vector product without the Hessian: reverse mode over forward mode.

The energy sum(sin(x[i]) x[i+1]^2) of a chain is differentiated along a vector in forward mode (`enzyme.fwddiff`). The
gradient of that number, by reverse mode (`enzyme.autodiff`), is the Hessian times the vector. Enzyme runs twice, as it
does not differentiate in reverse mode a call of a function that touches memory: the first derivative is inlined
before the second is asked for. Run it with `python examples/hessian_vector.py`.
"""

from __future__ import annotations

import sys
from typing import Any

from showing import check, run

FUNCTION = """
func.func @energy(%x: memref<?xf64>) -> f64 {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %size = memref.dim %x, %c0 : memref<?xf64>
  %last = arith.subi %size, %c1 : index
  %sum = scf.for %i = %c0 to %last step %c1 iter_args(%before = %zero) -> (f64) {
    %j = arith.addi %i, %c1 : index
    %a = memref.load %x[%i] : memref<?xf64>
    %b = memref.load %x[%j] : memref<?xf64>
    %s = math.sin %a : f64
    %b2 = arith.mulf %b, %b : f64
    %term = arith.mulf %s, %b2 : f64
    %after = arith.addf %before, %term : f64
    scf.yield %after : f64
  }
  return %sum : f64
}
"""


def directional() -> Any:
    """The energy, and its derivative along a vector, expanded and inlined."""
    from mlir.dialects import func

    from enzyme_mlir import ir, lowering, new_context
    from enzyme_mlir.dialects import enzyme
    from enzyme_mlir.dialects.enzyme import Activity

    function: Any = func.FuncOp.from_py_func
    with new_context(), ir.Location.unknown():
        vector = ir.Type.parse("memref<?xf64>")
        module = ir.Module.parse(FUNCTION)
        with ir.InsertionPoint(module.body):

            @function(vector, vector)
            def slope(x: Any, v: Any) -> Any:
                return enzyme.fwddiff(
                    "energy",
                    [x, v],
                    activity=[Activity.DUP],
                    ret_activity=[Activity.DUPNONEED],
                    results=ir.F64Type.get(),
                )

        return lowering.run(module, [*lowering.PIPELINES["differentiate"].passes, "inline"])


def product_of(module: Any) -> Any:
    """The gradient of that derivative, which is the Hessian times the vector."""
    from mlir.dialects import arith, func

    from enzyme_mlir import ir, lowering
    from enzyme_mlir.dialects import enzyme
    from enzyme_mlir.dialects.enzyme import Activity

    function: Any = func.FuncOp.from_py_func
    constant: Any = arith.constant
    with module.context, ir.Location.unknown():
        vector = ir.Type.parse("memref<?xf64>")
        with ir.InsertionPoint(module.body):

            @function(vector, vector, vector)
            def main(x: Any, v: Any, product: Any) -> None:
                one = constant(ir.F64Type.get(), 1.0)
                enzyme.autodiff(
                    "slope",
                    [x, product, v, one],
                    activity=[Activity.DUP, Activity.CONST],
                    ret_activity=[Activity.ACTIVENONEED],
                    results=[],
                )

        return lowering.run(module)


def main() -> bool:
    """Compare with the Hessian, written out."""
    import numpy as np

    from enzyme_mlir import jit

    product = jit.compile(product_of(directional()))
    x = np.linspace(0.3, 1.7, 6)
    v = np.array([1.0, -2.0, 0.5, 3.0, -1.0, 0.25])
    found = np.zeros(6)
    product(x, v, found)

    hessian = np.zeros((6, 6))
    for i in range(5):
        hessian[i, i] -= np.sin(x[i]) * x[i + 1] ** 2
        hessian[i + 1, i + 1] += 2 * np.sin(x[i])
        hessian[i, i + 1] += 2 * np.cos(x[i]) * x[i + 1]
        hessian[i + 1, i] += 2 * np.cos(x[i]) * x[i + 1]
    right = hessian @ v
    print("The Hessian of sum(sin(x[i]) x[i+1]^2) times a vector:")
    return check([(f"component {i}", float(found[i]), float(right[i])) for i in range(6)], 1e-12)


if __name__ == "__main__":
    sys.exit(run(["mlir", "enzyme_ad"], main))
