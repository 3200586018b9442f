"""Write the table of MLIR's own operations by their C++ classes, from the .td files that are installed with MLIR.

`python tools/mlir_operations.py` rewrites `generator/opspec/tablegen/mlir_operations.txt`: one operation a line, its
class with all namespaces and its full name. Run it after MLIR was upgraded, and read the difference.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from opspec.diagnostics import SpecError, ToolError
from opspec.tablegen.operations import MLIR_OPERATIONS, class_of_operation, name_of_operation
from opspec.tablegen.run import mlir_includes, run_tblgen


def _operations(definition: Path) -> dict[str, str]:
    """The operations that a .td file defines or includes; none for a file that stands only inside others."""
    try:
        records = run_tblgen(definition, (), None, None)
    except (SpecError, ToolError):
        return {}
    found = records.of_class("Op")
    return {class_of_operation(record): name for record in found if (name := name_of_operation(record))}


def main() -> None:
    """Read every .td file of every dialect."""
    found: dict[str, str] = {}
    for folder in mlir_includes():
        files = [path for path in sorted((folder / "mlir").rglob("*.td")) if "Op" in path.read_text(encoding="utf-8")]
        with ThreadPoolExecutor(2) as pool:
            for operations in pool.map(_operations, files):
                found.update(operations)
    lines = (f"{name} {operation}\n" for name, operation in sorted(found.items()))
    MLIR_OPERATIONS.write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
