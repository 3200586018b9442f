"""What the tests of this folder build with: a function to refer to, and calls that are right but for one thing."""

from __future__ import annotations

import importlib
from typing import Any

from enzyme_mlir import HOST
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.dialects.enzyme import Activity

SQUARE = """\
func.func @square(%arg0: f64) -> f64 {
  %0 = arith.mulf %arg0, %arg0 : f64
  return %0 : f64
}
"""


def autodiff(x: Any, seed: Any, **changes: Any) -> Any:
    """A right `enzyme.autodiff` of `@square`, but for the changes."""
    arguments: dict[str, Any] = {
        "fn": "square",
        "inputs": [x, seed],
        "activity": [Activity.ACTIVE],
        "ret_activity": [Activity.ACTIVENONEED],
        "results": x.type,
    }
    return enzyme.autodiff(**(arguments | changes))


def atomic_rmw(value: Any, memref: Any, index: Any, **changes: Any) -> Any:
    """A right `enzyme.atomic_rmw`, but for the changes."""
    arguments: dict[str, Any] = {
        "kind": "addf",
        "ordering": "monotonic",
        "value": value,
        "memref": memref,
        "indices": [index],
    }
    return enzyme.atomic_rmw(**(arguments | changes))


def sample_body(module: Any) -> Any:
    """The block of the function `sample`, which is the module's last."""
    return list(module.body.operations)[-1].operation.regions[0].blocks[0]


def operations(module: Any) -> list[Any]:
    """The operations in the function `sample`, without its terminator, as they are read back."""
    return list(sample_body(module).operations)[:-1]


def names(module: Any) -> list[str]:
    """The names of the operations in the function `sample`, without its terminator."""
    return [operation.operation.name for operation in operations(module)]


def dialect_module(name: str) -> Any:
    """A dialect of the host in use, e.g. `func`."""
    return importlib.import_module(f"{HOST}.dialects.{name}")
