"""What preparing functions for Enzyme costs: when they are expanded, and when the derivative runs.

Run time is a ratio in one run: the derivative of the prepared function beside that of the same function as Enzyme makes
it alone, in turns, where both are right. Expanding is `lowering.run` for functions of 10 and of 2,000 operations.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec

import numpy as np

from benchmarks.rows import Row, print_rows, row
from benchmarks.timing import in_turns, ratios
from enzyme_mlir import HOST, ir, jit, lowering, new_context

GROUP = "derivatives"
INDICES = "".join(f"  %c{each} = arith.constant {each} : index\n" for each in (0, 1, 64, 4096))
VECTOR = "memref<4096xf64>"
MATRIX = "memref<64x64xf64>"
SHORT = "memref<64xf64>"

PROGRAMS = {
    "a sum of squares": (
        f"""func.func @f(%m: {VECTOR}) -> f64 {{
{INDICES}  %z = arith.constant 0.0 : f64
  %r = scf.for %i = %c0 to %c4096 step %c1 iter_args(%a = %z) -> f64 {{
    %v = memref.load %m[%i] : {VECTOR}
    %p = arith.mulf %v, %v : f64
    %s = arith.addf %a, %p : f64
    scf.yield %s : f64
  }}
  return %r : f64
}}""",
        (VECTOR,),
    ),
    "a recurrence of sines": (
        f"""func.func @f(%m: {VECTOR}) -> f64 {{
{INDICES}  %x = memref.load %m[%c1] : {VECTOR}
  %r = scf.for %i = %c0 to %c4096 step %c1 iter_args(%a = %x) -> f64 {{
    %v = memref.load %m[%i] : {VECTOR}
    %p = arith.addf %a, %v : f64
    %s = math.sin %p : f64
    scf.yield %s : f64
  }}
  return %r : f64
}}""",
        (VECTOR,),
    ),
    "a matrix times a vector": (
        f"""func.func @f(%a: {MATRIX}, %x: {SHORT}, %y: {SHORT}) -> f64 {{
{INDICES}  scf.for %i = %c0 to %c64 step %c1 {{
    scf.for %j = %c0 to %c64 step %c1 {{
      %v = memref.load %a[%i, %j] : {MATRIX}
      %w = memref.load %x[%j] : {SHORT}
      %o = memref.load %y[%i] : {SHORT}
      %p = arith.mulf %v, %w : f64
      %s = arith.addf %o, %p : f64
      memref.store %s, %y[%i] : {SHORT}
    }}
  }}
  %r = memref.load %y[%c1] : {SHORT}
  return %r : f64
}}""",
        (MATRIX, SHORT, SHORT),
    ),
    "a pointwise update": (
        f"""func.func @f(%m: {VECTOR}, %n: {VECTOR}) -> f64 {{
{INDICES}  scf.for %i = %c0 to %c4096 step %c1 {{
    %v = memref.load %m[%i] : {VECTOR}
    %e = math.exp %v : f64
    %p = arith.mulf %e, %v : f64
    memref.store %p, %n[%i] : {VECTOR}
  }}
  %r = memref.load %n[%c1] : {VECTOR}
  return %r : f64
}}""",
        (VECTOR, VECTOR),
    ),
}


def gradient_of(function: str, types: tuple[str, ...]) -> str:
    """The module with `@main`, the gradient by all memory."""
    pairs = [f"%{part}{each}: {kind}" for each, kind in enumerate(types) for part in "ms"]
    operands = ", ".join(f"%m{each}, %s{each}" for each in range(len(types)))
    kinds = ", ".join(f"{kind}, {kind}" for kind in types)
    words = ", ".join(["#enzyme.activity<enzyme_dup>"] * len(types))
    return f"""{function}
func.func @main({", ".join(pairs)}, %seed: f64) {{
  "enzyme.autodiff"({operands}, %seed) {{fn = @f, activity = [{words}],
    ret_activity = [#enzyme.activity<enzyme_activenoneed>]}} : ({kinds}, f64) -> ()
  return
}}
"""


def tangent_of(function: str, types: tuple[str, ...]) -> str:
    """The module with `@main`, the derivative along the shadows."""
    text = gradient_of(function, types).replace("enzyme.autodiff", "enzyme.fwddiff").replace(", %seed)", ")")
    text = text.replace("enzyme_activenoneed", "enzyme_dupnoneed").replace(", f64) -> ()", ") -> f64")
    text = text.replace(", %seed: f64) {", ") -> f64 {").replace('  "enzyme.fwddiff"', '  %t = "enzyme.fwddiff"')
    return text.replace("  return\n}", "  return %t : f64\n}")


def arguments_of(types: tuple[str, ...], is_reverse: bool) -> list[object]:
    """Arrays for the memory and for its shadows, and the seed."""
    generator = np.random.default_rng(1)
    arrays: list[object] = []
    for kind in types:
        shape = tuple(int(size) for size in kind.removeprefix("memref<").removesuffix("xf64>").split("x"))
        arrays += [generator.uniform(0.1, 0.9, shape), np.zeros(shape)]
    return [*arrays, 1.0] if is_reverse else arrays


def chain(count: int) -> str:
    """A function of `count` operations, with its gradient."""
    lines = [f"  %v{each + 1} = math.sin %v{each} : f64" for each in range(count)]
    return "\n".join(
        [
            "func.func @f(%v0: f64) -> f64 {",
            *lines,
            f"  return %v{count} : f64",
            "}",
            "func.func @main(%x: f64, %s: f64) -> f64 {",
            '  %d = "enzyme.autodiff"(%x, %s) {fn = @f, activity = [#enzyme.activity<enzyme_active>],',
            "    ret_activity = [#enzyme.activity<enzyme_activenoneed>]} : (f64, f64) -> f64",
            "  return %d : f64",
            "}",
        ]
    )


def run_times() -> Iterator[Row]:
    """The derivative of a prepared function beside that of the same function as Enzyme makes it alone."""
    for name, (function, types) in PROGRAMS.items():
        for mode, build in (("reverse", gradient_of), ("forward", tangent_of)):
            text = build(function, types)
            given = arguments_of(types, mode == "reverse")
            calls = {}
            for word, prepare in (("prepared", True), ("alone", False)):
                compiled = jit.compile(lowering.run(text, prepare=prepare, unsound="allow"), "main")
                calls[word] = partial(compiled, *given)
            taken = in_turns(calls, rounds=11, seconds=0.02)
            values = ratios(taken["prepared"], taken["alone"])
            yield row(GROUP, f"{name}, {mode} mode, prepared", values, unit="of what Enzyme makes alone")


def preparing() -> Iterator[Row]:
    """What `lowering.run` takes in all, with and without preparing."""
    for count in (10, 2_000):
        with new_context(), ir.Location.unknown():
            module = ir.Module.parse(chain(count))
            for word, prepare in (("prepared", True), ("as it is", False)):
                taken = []
                for _ in range(4):
                    started = time.perf_counter()
                    lowering.run(module, prepare=prepare, unsound="allow")
                    taken.append(1e3 * (time.perf_counter() - started))
                yield row(GROUP, f"lowering.run of {count:,} operations, {word}", taken[1:], unit="ms on the clock")


def rows() -> Iterator[Row]:
    """All rows; there are none where there is no Enzyme or the host compiles nothing in this process."""
    if HOST == "mlir" and find_spec("enzyme_ad") is not None:
        yield from run_times()
        yield from preparing()


if __name__ == "__main__":
    print_rows(list(rows()))
