"""Reading operations that were parsed, beside classes as mlir-tblgen writes them; verifying a module."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import enzyme_mlir
from benchmarks.peers import peer
from benchmarks.rows import Row, print_rows, row
from benchmarks.timing import in_turns, ratios
from enzyme_mlir import HOST, ir, new_context

GROUP = "reading"
AUTODIFF = """"enzyme.autodiff"(%x, %s) {fn = @square, activity = [#enzyme.activity<enzyme_active>],
  ret_activity = [#enzyme.activity<enzyme_activenoneed>]} : (f64, f64) -> f64"""
MODULE = """
func.func @square(%x: f64) -> f64 {{ return %x : f64 }}
func.func @caller(%x: f64, %s: f64) {{
{}
return }}
"""
SMALL, LARGE = 2_500, 10_000


def module_of(count: int) -> Any:
    """A module of so many operations in one block."""
    lines = [f"%r{number} = {AUTODIFF}" for number in range(count)]
    return ir.Module.parse(MODULE.format("\n".join(lines)))


def accessors() -> Iterator[Row]:
    """Three typed accessors."""
    module = module_of(1)
    op = next(iter(list(module.body.operations)[1].regions[0].blocks[0].operations))
    theirs, _ = peer("enzyme.autodiff", [("inputs", "variadic")], ["fn", "activity", "ret_activity"], None)
    other = theirs.__new__(theirs)
    ir.OpView.__init__(other, op.operation)

    def three(view: Any) -> Callable[[], object]:
        return lambda: (view.inputs, view.fn, view.activity)

    assert [str(each) for each in three(op)()[1:]] == [str(each) for each in three(other)()[1:]]  # type: ignore[index]
    taken = in_turns({"ours": three(op), "theirs": three(other)})
    values = ratios(taken["ours"], taken["theirs"])
    yield row(GROUP, "three accessors of enzyme.autodiff", values, unit="of mlir-tblgen's", host=HOST, aim=1.0)


def verifying() -> Iterator[Row]:
    """`verify` of a module with many operations, and how that grows."""
    modules = {count: module_of(count) for count in (SMALL, LARGE)}
    taken: dict[int, list[float]] = {count: [] for count in modules}
    for _ in range(5):
        for count, module in modules.items():
            started = time.process_time()
            assert not enzyme_mlir.verify(module)
            taken[count].append((time.process_time() - started) / count)
    name = f"verify(module), an operation of {LARGE:,}"
    yield row(GROUP, name, [1e6 * each for each in taken[LARGE]], unit="us", host=HOST, aim=12.0)
    growth = [1 + math.log(ratio, LARGE / SMALL) for ratio in ratios(taken[LARGE], taken[SMALL])]
    yield row(GROUP, "verify(module), growth", growth, unit="exponent", host=HOST, aim=1.1)


def rows() -> Iterator[Row]:
    """All rows of this host."""
    with new_context(), ir.Location.unknown():
        yield from accessors()
        yield from verifying()


if __name__ == "__main__":
    print_rows(list(rows()))
