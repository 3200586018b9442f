"""The cost of verification: `enzyme.autodiff` with two operands, verified and not, in turn in the same run.

Run it with `make bench`. Beside them stands the host's own `Operation.create` with everything prepared, which checks
nothing at all: the least that a builder can take.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from enzyme_mlir import ir, new_context
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.dialects.enzyme import Activity

ROUNDS, CALLS = 60, 400
MODULE = """
func.func @square(%x: f64) -> f64 { %0 = arith.mulf %x, %x : f64 return %0 : f64 }
func.func @caller(%x: f64, %seed: f64) { return }
"""


def seconds(build: Callable[[], Any]) -> float:
    """Processor time of `CALLS` calls: other programs on the machine do not count."""
    start = time.thread_time()
    for _ in range(CALLS):
        build()
    return time.thread_time() - start


def main() -> None:
    """Print the ratios, median of the rounds, each beside the spread."""
    with new_context(), ir.Location.unknown():
        module = ir.Module.parse(MODULE)
        block = module.body.operations[1].regions[0].blocks[0]
        operands = list(block.arguments)
        f64 = ir.F64Type.get()
        active, seeded = [Activity.ACTIVE], [Activity.ACTIVENONEED]
        with ir.InsertionPoint.at_block_begin(block):
            op = enzyme.autodiff("square", operands, active, seeded, results=f64).owner
            prepared = {name: op.attributes[name] for name in ("activity", "fn", "ret_activity")}

            def verified() -> Any:
                return enzyme.autodiff("square", operands, active, seeded, results=f64)

            def unverified() -> Any:
                return enzyme.autodiff("square", operands, active, seeded, results=f64, verify=False)

            def inferred() -> Any:
                return enzyme.autodiff("square", operands, active, seeded)

            def raw() -> Any:
                return ir.Operation.create("enzyme.autodiff", [f64], operands, prepared)

            ways = {"verified": verified, "results inferred": inferred, "Operation.create": raw}
            for name, way in ways.items():
                ratios = [seconds(way) / seconds(unverified) for _ in range(ROUNDS)]
                spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
                print(f"enzyme.autodiff, {name:17} {statistics.median(ratios):.2f} of the unverified build ({spread})")


if __name__ == "__main__":
    main()
