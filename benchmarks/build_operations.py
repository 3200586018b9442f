"""Time of building operations, as a ratio beside mlir-tblgen's own builders in the same run.

Run it with `make bench`. It generates `arith` with the convention `upstream`, and interleaves both builders so that
a busy machine slows them alike.
"""

from __future__ import annotations

import importlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from opspec.tablegen.run import mlir_includes

ROUNDS, CALLS = 15, 2000


def generated(folder: Path) -> Any:
    """Our module for `arith`, in a package of its own."""
    (includes,) = mlir_includes()
    definition = includes / "mlir" / "Dialect" / "Arith" / "IR" / "ArithOps.td"
    run = [sys.executable, "-m", "opspec"]
    subprocess.run([*run, "extract", definition, "--dialect", "arith", "-o", folder / "arith/dialect.yaml"], check=True)
    options = ["--spec", folder / "arith/dialect.yaml", "--package", "bench_bindings", "--naming", "upstream"]
    subprocess.run([*run, "generate", *options, "--only", "python", "-o", folder / "out"], check=True)
    sys.path.insert(0, str(folder / "out" / "python"))
    return importlib.import_module("bench_bindings.dialects.arith")


def seconds(build: Callable[[], Any]) -> float:
    """Time of `CALLS` calls."""
    start = time.perf_counter()
    for _ in range(CALLS):
        build()
    return time.perf_counter() - start


def main() -> None:
    """Print the ratio for each operation: ours by theirs, median of the rounds."""
    from mlir import ir
    from mlir.dialects import arith as theirs

    with tempfile.TemporaryDirectory() as folder:
        ours = generated(Path(folder))
        with ir.Context(), ir.Location.unknown():
            module = ir.Module.parse("func.func @f(%x: f64, %y: i64) { return }")
            block = module.body.operations[0].regions[0].blocks[0]
            x, y = block.arguments
            pairs = {
                "arith.addf": (lambda: ours.addf(x, x), lambda: theirs.addf(x, x)),
                "arith.cmpi": (lambda: ours.cmpi(0, y, y), lambda: theirs.cmpi(0, y, y)),
            }
            with ir.InsertionPoint.at_block_begin(block):
                for name, (our, their) in pairs.items():
                    ratios = [seconds(our) / seconds(their) for _ in range(ROUNDS)]
                    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
                    print(f"{name:12} {statistics.median(ratios):.2f} of mlir-tblgen's time ({spread})")


if __name__ == "__main__":
    main()
