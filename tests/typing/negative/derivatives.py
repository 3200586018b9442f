"""Derivatives asked for with values of wrong types."""

from __future__ import annotations

import enzyme_mlir
from enzyme_mlir import grad, jacobian, jvp, vjp, vmap
from enzyme_mlir.testing import check_gradient

TEXT = ""


def wrong() -> None:
    grad(TEXT, 3)  # E: Argument 2 to "grad" has incompatible type "int"
    grad(TEXT, "f", "x")  # E: Too many positional arguments for "grad"
    grad(TEXT, wrt=1.5)  # E: Argument "wrt" to "grad" has incompatible type "float"
    grad(TEXT, strong_zero="yes")  # E: Argument "strong_zero" to "grad" has incompatible type "str"
    jvp(TEXT)(1.0)  # E: Missing positional argument "tangents" in call
    print(vjp(TEXT)((1.0,), 1.0).tangents)  # E: "Vjp" has no attribute "tangents"
    jacobian(TEXT, mode=1)  # E: Argument "mode" to "jacobian" has incompatible type "Literal[1]"
    vmap(TEXT, in_axes="x")  # E: Argument "in_axes" to "vmap" has incompatible type "str"
    check_gradient(TEXT)  # E: Missing named argument "at" for "check_gradient"
    enzyme_mlir.gradient(TEXT)  # E: Module has no attribute "gradient"
