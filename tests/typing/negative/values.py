"""Operands and result types of the wrong kind."""

from __future__ import annotations

from enzyme_mlir import Value, ir
from enzyme_mlir.dialects import enzyme


def wrong(x: Value, f64: ir.Type, block: ir.Block) -> None:
    enzyme.push(x, 3)  # E: Argument 2 to "push" has incompatible type "int"
    enzyme.push("cache", x)  # E: Argument 1 to "push" has incompatible type "str"
    enzyme.push(x, None)  # E: Argument 2 to "push" has incompatible type "None"
    enzyme.concat(f64, block)  # E: Argument 2 to "concat" has incompatible type "Block"
    enzyme.concat(f64, [x, 3])  # mypy alone on mlir  # E: List item 1 has incompatible type "int"
    enzyme.init("!enzyme.Cache<f64>")  # E: Argument 1 to "init" has incompatible type "str"
    enzyme.init(block)  # E: Argument 1 to "init" has incompatible type "Block"
    enzyme.pop(x, results="f64")  # E: Argument "results" to "pop" has incompatible type "str"
    enzyme.pop(x, results=[block])  # E: List item 0 has incompatible type "Block"
    enzyme.pop(x, loc="here")  # E: Argument "loc" to "pop" has incompatible type "str"
    enzyme.pop(x, ip=block)  # E: Argument "ip" to "pop" has incompatible type "Block"
