"""Accessors that have no setter, that take other values, or that may be None."""

from __future__ import annotations

from enzyme_mlir import Value, ir
from enzyme_mlir.dialects import enzyme


def wrong(x: Value, f64: ir.Type) -> None:
    pop = enzyme.PopOp(x)
    pop.output = 3  # E: Incompatible types in assignment
    pop.cache = 3  # E: Incompatible types in assignment
    region = enzyme.AutoDiffRegionOp([x], ["active"], ["active"], results=f64)
    region.body = region.body  # E: Incompatible types in assignment
    region.inputs = 3  # E: Incompatible types in assignment
    print(region.fn.value)  # E: Item "None" of "StringAttr | None" has no attribute "value"
    print(region.outptus)  # E: "AutoDiffRegionOp" has no attribute "outptus"
    number: int = region.width  # E: Incompatible types in assignment
    with region.build_body("f64") as (argument,):  # E: Argument 1 to "__call__" of "RegionBuilder"
        enzyme.yield_([argument, number])  # mypy alone on mlir  # E: List item 1 has incompatible type "int"
    pushed: enzyme.PopOp = enzyme.push(x, x)  # E: Incompatible types in assignment
    block = pushed.operation.block
    enzyme.CacheType.get(block)  # E: Argument 1 to "get" of "CacheType" has incompatible type "Block"
