# The host's stubs leave some type arguments open, and these files check what users pass.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false
# pyright: reportInvalidTypeArguments=false, reportMissingTypeStubs=false

"""The MLIR Python bindings that everything is built on: `mlir`, or `jaxlib.mlir`.

A host that the program has imported already is taken; else the first one that is installed. The environment
variable `<PACKAGE>_HOST` (for the package `enzyme_mlir`: `ENZYME_MLIR_HOST`) names one outright.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from typing import TYPE_CHECKING, Any

__all__ = [
    "HOST",
    "HOSTS",
    "PACKAGE",
    "BlockArgument",
    "OpResult",
    "Value",
    "bindings",
    "ir",
    "new_context",
]

HOSTS = ("mlir", "jaxlib.mlir")
"""The hosts that are looked for, in this order."""

PACKAGE = __name__.partition(".")[0]
"""The package that this runtime was generated into."""


def _is_installed(host: str) -> bool:
    try:
        return importlib.util.find_spec(f"{host}.ir") is not None
    except ModuleNotFoundError:
        return False


def _find_host() -> str:
    variable = f"{PACKAGE.upper()}_HOST"
    chosen = os.environ.get(variable)
    if chosen is not None:
        if not _is_installed(chosen):
            raise ImportError(
                f"{variable} names the MLIR bindings {chosen!r}, which are not installed"
            )
        return chosen
    for host in HOSTS:
        if f"{host}.ir" in sys.modules:
            return host
    for host in HOSTS:
        if _is_installed(host):
            return host
    raise ImportError(
        f"{PACKAGE} needs MLIR's Python bindings and found none of {', '.join(HOSTS)}; "
        f"install one, for example with: pip install '{PACKAGE.replace('_', '-')}[mlir]'"
    )


HOST = _find_host()
"""The import name of the host in use."""

if TYPE_CHECKING:
    from typing import TypeAlias

    from mlir import ir

    bindings: Any
    Value: TypeAlias = ir.Value[Any]
    OpResult: TypeAlias = ir.OpResult[Any]
    BlockArgument: TypeAlias = ir.BlockArgument[Any]
else:
    ir = importlib.import_module(f"{HOST}.ir")
    bindings = importlib.import_module(f"{HOST}._mlir_libs._mlir")
    Value = ir.Value
    OpResult = ir.OpResult
    BlockArgument = ir.BlockArgument


def new_context() -> ir.Context:
    """A context that knows the host's own dialects and takes operations of any other.

    `mlir` registers its dialects in every context by itself; `jaxlib.mlir` leaves that to the program.
    """
    context = ir.Context()
    if HOST == "jaxlib.mlir":
        extension: Any = importlib.import_module(f"{HOST}._mlir_libs._jax_mlir_ext")
        registry = ir.DialectRegistry()
        extension.register_dialects(registry)
        context.append_dialect_registry(registry)
        context.load_all_available_dialects()
    context.allow_unregistered_dialects = True
    return context
