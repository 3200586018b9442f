"""What `grad`, `value_and_grad`, `jvp`, `vjp`, `jacobian`, `hvp` and `vmap` are made of.

A derived function is a function of the IR that asks for a derivative (`steps`, `batching`), what its caller sees of it
(`signature`), the way of Python values into it and out again (`values`, `forms`), and the program that Enzyme and the
host make of it (`programs`). The functions themselves are at the top of the package.
"""

from __future__ import annotations

from .batches import Axes, Batched
from .choosing import Wrt
from .derived import (
    Derived,
    Gradient,
    HessianProduct,
    PullBack,
    PushForward,
    ValueAndGradient,
)
from .jacobians import Jacobian
from .signature import Jvp, Vjp

__all__ = [
    "Axes",
    "Batched",
    "Derived",
    "Gradient",
    "HessianProduct",
    "Jacobian",
    "Jvp",
    "PullBack",
    "PushForward",
    "ValueAndGradient",
    "Vjp",
    "Wrt",
]
