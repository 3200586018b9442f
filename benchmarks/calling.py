"""Calling what was compiled, beside the packed function with prepared arguments and beside `jax.jit`."""

from __future__ import annotations

import ctypes
import importlib.util
from collections.abc import Callable, Iterator

import numpy as np

from benchmarks.rows import Row, print_rows, row
from benchmarks.timing import in_turns
from enzyme_mlir import HOST, ir, jit, new_context

GROUP = "calling"
SCALAR = "func.func @main(%x: f64) -> f64 { %0 = arith.mulf %x, %x : f64 return %0 : f64 }"
MEMORY = """func.func @main(%x: f64, %m: memref<4xf64>) -> f64 {
  %c = arith.constant 0 : index
  %v = memref.load %m[%c] : memref<4xf64>
  %0 = arith.mulf %x, %v : f64
  return %0 : f64
}"""
PACKED = """llvm.func @_mlir_ciface_main(%x: f64) -> f64 {
  %0 = llvm.fmul %x, %x : f64
  llvm.return %0 : f64
}"""
Way = Callable[[], object]


def packed() -> Way:
    """The function as the engine packs it, called with arguments that are prepared."""
    from mlir.execution_engine import ExecutionEngine

    with ir.Context(), ir.Location.unknown():
        engine = ExecutionEngine(ir.Module.parse(PACKED))
    number, result = ctypes.c_double(2.0), ctypes.c_double()
    pointers = (ctypes.c_void_p * 2)(ctypes.addressof(number), ctypes.addressof(result))
    function = engine.lookup("main")  # type: ignore[no-untyped-call]
    kept = engine, number, result
    return lambda: (function(pointers), kept)[0]


def of_jax() -> Way:
    """The same function, by `jax.jit`."""
    import jax

    compiled = jax.jit(lambda x: x * x)
    return lambda: compiled(2.0)


def rows() -> Iterator[Row]:
    """All rows; there are none where the host compiles nothing in this process."""
    if HOST != "mlir":
        return
    array = np.ones(4)
    scalar, memory = jit.compile(SCALAR), jit.compile(MEMORY)
    calls: dict[str, tuple[Way, float | None]] = {
        "a scalar function": (lambda: scalar(2.0), 2.0),
        "a function with a memref": (lambda: memory(2.0, array), 3.0),
        "the packed function, arguments prepared": (packed(), None),
    }
    if importlib.util.find_spec("jax") is not None:
        calls["jax.jit of the scalar function"] = of_jax(), None
    taken = in_turns({name: call for name, (call, _) in calls.items()})
    for name, (_, aim) in calls.items():
        yield row(GROUP, name, [1e6 * each for each in taken[name]], unit="us", host=HOST, aim=aim)
    with new_context():
        module = ir.Module.parse(SCALAR)
        again = in_turns({"module": lambda: jit.compile(module)})["module"]
    name = "jit.compile of a module that was compiled before"
    yield row(GROUP, name, [1e6 * each for each in again], unit="us", host=HOST, aim=100.0)


if __name__ == "__main__":
    print_rows(list(rows()))
