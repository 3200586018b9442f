"""Run with the name of a host: says of each module on standard input what the host's C++ verifier makes of it.

The input is a JSON list of texts. A line of JSON is printed for each: what was refused, or null. A host may end the
process instead; the number of lines says at which module.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

__all__: list[str] = []

_REGISTERED = {"jaxlib.mlir": ("stablehlo", "chlo"), "torch_mlir": ("torch",)}
"""The dialects that a context of a host is given by hand."""


def _context(host: str) -> Any:
    """A context of the host that knows all dialects it has."""
    ir = importlib.import_module(f"{host}.ir")
    context = ir.Context()
    if host == "jaxlib.mlir":
        registry = ir.DialectRegistry()
        importlib.import_module("jaxlib.mlir._mlir_libs._jax_mlir_ext").register_dialects(registry)
        context.append_dialect_registry(registry)
    for name in _REGISTERED.get(host, ()):
        importlib.import_module(f"{host}.dialects.{name}").register_dialect(context)
    return context


def _refusal(ir: Any, context: Any, text: str) -> str | None:
    """What the host says against a module; None where it takes it."""
    try:
        with context:
            ir.Module.parse(text).operation.verify()
    except (ir.MLIRError, ValueError) as error:
        return str(error)
    return None


def _main() -> None:
    host = sys.argv[1]
    context = _context(host)
    ir = importlib.import_module(f"{host}.ir")
    for text in json.load(sys.stdin):
        print(json.dumps(_refusal(ir, context, text)), flush=True)


if __name__ == "__main__":
    _main()
