"""A product of a Jacobian and a vector in StableHLO, compiled by JAX.

`enzyme.jacobian` stands for the matrix of all partial derivatives. Enzyme never builds it: its product with a vector
becomes a derivative in one direction. The module is one of `jaxlib.mlir`; JAX runs it, and `jax.jvp` and `jax.jacfwd`
of the same function have to agree. Run it with `python examples/stablehlo_jacobian.py`.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

from showing import check, run

FUNCTION = """
func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
  %0 = stablehlo.sine %x : tensor<4xf64>
  %1 = stablehlo.multiply %0, %x : tensor<4xf64>
  %2 = stablehlo.reverse %x, dims = [0] : tensor<4xf64>
  %3 = stablehlo.multiply %1, %2 : tensor<4xf64>
  return %3 : tensor<4xf64>
}
"""


def build() -> Any:
    """The function, and the product of its Jacobian and a vector."""
    from enzyme_mlir import ir, new_context
    from enzyme_mlir.dialects import enzyme
    from enzyme_mlir.dialects.enzyme import Activity

    stablehlo: Any = importlib.import_module("jaxlib.mlir.dialects.stablehlo")
    function: Any = importlib.import_module("jaxlib.mlir.dialects.func").FuncOp.from_py_func
    with new_context() as context, ir.Location.unknown():
        stablehlo.register_dialect(context)
        vector, matrix = ir.Type.parse("tensor<4xf64>"), ir.Type.parse("tensor<4x4xf64>")
        module = ir.Module.parse(FUNCTION)
        with ir.InsertionPoint(module.body):

            @function(vector, vector)
            def main(x: Any, v: Any) -> Any:
                jacobian = enzyme.jacobian(
                    "f", [x], activity=[Activity.ACTIVE], ret_activity=[Activity.ACTIVENONEED], results=matrix
                )
                columns = stablehlo.DotDimensionNumbers.get([], [], [1], [0])
                return stablehlo.dot_general(vector, jacobian, v, columns)

        return module


def main() -> bool:
    """Compare with JAX's own derivatives."""
    os.environ["ENZYME_MLIR_HOST"] = "jaxlib.mlir"
    import jax
    import numpy as np

    from enzyme_mlir import jit, lowering

    product = jit.compile(lowering.run(build(), "jacobian"))
    x, v = np.array([0.5, 1.5, -0.7, 2.0]), np.array([1.0, -2.0, 0.25, 3.0])
    found = product(x, v)
    with jax.enable_x64(True):
        function = lambda y: jax.numpy.sin(y) * y * y[::-1]  # noqa: E731
        right = np.asarray(jax.jvp(function, (x,), (v,))[1])
        matrix = np.asarray(jax.jacfwd(function)(x))
    print("A Jacobian times a vector: Enzyme's StableHLO, run by JAX, beside jax.jvp:")
    good = check([(f"component {i}", float(found[i]), float(right[i])) for i in range(4)], 1e-12, ("Enzyme", "JAX"))
    return good and bool(np.allclose(found, matrix @ v, rtol=1e-12))


if __name__ == "__main__":
    sys.exit(run(["jaxlib", "jax", "enzyme_ad"], main))
