"""Logistic regression on the Wisconsin breast cancer data, fitted along gradients that Enzyme makes.

569 tumours, 30 measurements of each, benign or malignant (scikit-learn ships the data). `@loss` is the mean of
log(1 + exp(-t z)) plus a quadratic penalty; the gradient with respect to the weights is added to memory
(`enzyme.autodiff`, activity `enzyme_dup`). SciPy minimises along it, and scikit-learn's own solver has to come to the
same weights. Run it with `python examples/logistic_regression.py`.
"""

from __future__ import annotations

import sys
from typing import Any

from showing import check, run

ROWS, COLUMNS = 569, 30
WEIGHTS = f"memref<{COLUMNS + 1}xf64>"
DATA = f"memref<{ROWS}x{COLUMNS}xf64>"
TARGETS = f"memref<{ROWS}xf64>"
PENALTY = 0.5 / ROWS
"""For scikit-learn's C = 1, per row; the last weight, which is the intercept, goes free."""

FUNCTION = f"""
func.func @loss(%weights: {WEIGHTS}, %data: {DATA}, %targets: {TARGETS}) -> f64 {{
  %zero = arith.constant 0.0 : f64
  %rows = arith.constant {ROWS}.0 : f64
  %penalty = arith.constant {PENALTY!r} : f64
  %intercept = affine.load %weights[{COLUMNS}] : {WEIGHTS}
  %sum = affine.for %i = 0 to {ROWS} iter_args(%before = %zero) -> (f64) {{
    %z = affine.for %j = 0 to {COLUMNS} iter_args(%part = %intercept) -> (f64) {{
      %w = affine.load %weights[%j] : {WEIGHTS}
      %x = affine.load %data[%i, %j] : {DATA}
      %wx = arith.mulf %w, %x : f64
      %more = arith.addf %part, %wx : f64
      affine.yield %more : f64
    }}
    %t = affine.load %targets[%i] : {TARGETS}
    %tz = arith.mulf %t, %z : f64
    %margin = arith.negf %tz : f64
    %e = math.exp %margin : f64
    %term = math.log1p %e : f64
    %after = arith.addf %before, %term : f64
    affine.yield %after : f64
  }}
  %mean = arith.divf %sum, %rows : f64
  %squares = affine.for %j = 0 to {COLUMNS} iter_args(%before = %zero) -> (f64) {{
    %w = affine.load %weights[%j] : {WEIGHTS}
    %w2 = arith.mulf %w, %w : f64
    %after = arith.addf %before, %w2 : f64
    affine.yield %after : f64
  }}
  %extra = arith.mulf %penalty, %squares : f64
  %r = arith.addf %mean, %extra : f64
  return %r : f64
}}
"""


def build() -> Any:
    """The loss, and a function that returns it and adds its gradient to memory."""
    from mlir.dialects import arith, func

    from enzyme_mlir import ir, new_context
    from enzyme_mlir.dialects import enzyme
    from enzyme_mlir.dialects.enzyme import Activity

    function: Any = func.FuncOp.from_py_func
    constant: Any = arith.constant
    with new_context(), ir.Location.unknown():
        weights, data, targets = map(ir.Type.parse, (WEIGHTS, DATA, TARGETS))
        f64 = ir.F64Type.get()
        module = ir.Module.parse(FUNCTION)
        with ir.InsertionPoint(module.body):

            @function(weights, weights, data, targets)
            def main(w: Any, dw: Any, x: Any, t: Any) -> Any:
                one = constant(f64, 1.0)
                return enzyme.autodiff(
                    "loss",
                    [w, dw, x, t, one],
                    activity=[Activity.DUP, Activity.CONST, Activity.CONST],
                    ret_activity=[Activity.ACTIVE],
                    results=f64,
                )

        return module


def main() -> bool:
    """Compare the gradient with the analytic one, fit, and compare the weights with scikit-learn's."""
    import numpy as np
    from scipy.optimize import minimize
    from sklearn.datasets import load_breast_cancer
    from sklearn.linear_model import LogisticRegression

    from enzyme_mlir import jit, lowering

    loss = jit.compile(lowering.run(build()))
    data, malignant = load_breast_cancer(return_X_y=True)
    x = np.ascontiguousarray((data - data.mean(axis=0)) / data.std(axis=0))
    t = np.where(malignant == 1, 1.0, -1.0)

    def value_and_gradient(weights: Any) -> tuple[float, Any]:
        gradient = np.zeros(COLUMNS + 1)
        return loss(np.array(weights), gradient, x, t), gradient

    weights = np.linspace(-0.5, 0.5, COLUMNS + 1)
    value, gradient = value_and_gradient(weights)
    margin = t * (x @ weights[:-1] + weights[-1])
    pull = -t / (1 + np.exp(margin)) / ROWS
    right = np.append(x.T @ pull + 2 * PENALTY * weights[:-1], pull.sum())
    rows = [("loss", value, float(np.mean(np.log1p(np.exp(-margin))) + PENALTY * weights[:-1] @ weights[:-1]))]
    rows += [(f"by weight {index}", float(gradient[index]), float(right[index])) for index in (0, 10, 20, 29, 30)]
    print(f"The loss and its gradient over {ROWS} tumours, at some weights:")
    good = check(rows, 1e-12, ("Enzyme", "analytic"))
    off = float(np.max(np.abs(gradient - right) / np.abs(right)))
    print(f"over all {COLUMNS + 1} weights the worst relative error is {off:.1e}\n")

    fitted = minimize(
        value_and_gradient, np.zeros(COLUMNS + 1), jac=True, method="BFGS", options={"gtol": 1e-9, "maxiter": 1000}
    )
    theirs = LogisticRegression(C=1.0, tol=1e-12, solver="newton-cholesky", max_iter=1000).fit(x, t)
    rows = [(f"weight {index}", float(fitted.x[index]), float(theirs.coef_[0, index])) for index in (0, 10, 20, 29)]
    rows.append(("intercept", float(fitted.x[-1]), float(theirs.intercept_[0])))
    print(f"The fit, after {fitted.nit} steps of BFGS, beside scikit-learn's:")
    good = check(rows, 1e-5, ("Enzyme and BFGS", "scikit-learn")) and good and off <= 1e-11
    correct = np.mean(np.sign(x @ fitted.x[:-1] + fitted.x[-1]) == t)
    print(f"{correct:.1%} of the tumours are told right")
    return bool(good and correct > 0.98)


if __name__ == "__main__":
    sys.exit(run(["mlir", "enzyme_ad", "sklearn", "scipy"], main))
