"""`lowering` and `testing` called in wrong ways."""

from __future__ import annotations

from enzyme_mlir import lowering
from enzyme_mlir.testing import sample


def wrong() -> None:
    lowering.run(3)  # E: Argument 1 to "run" has incompatible type "int"
    lowering.run("module {}", "parse", None)  # E: Too many positional arguments for "run"
    lowering.run_all(["module {}"], timeout="3")  # E: Argument "timeout" to "run_all" has incompatible type "str"
    lowering.run_all([3])  # E: List item 0 has incompatible type "int"
    lowering.run("module {}", "diferentiate")  # E: Argument 2 to "run" has incompatible type "Literal['diferentiate']"
    lowering.run_all(["module {}"], pipeline="bach")  # E: Argument "pipeline" to "run_all" has incompatible type
    lowering.PIPELINES["mine"] = "cse"  # E: Unsupported target for indexed assignment
    text: str = lowering.run("module {}")  # E: Incompatible types in assignment
    with sample(text, setup=None):  # E: Argument "setup" to "sample" has incompatible type "None"
        pass
