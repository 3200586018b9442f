"""The MLIR Python bindings that everything is built on, and all in which they differ.

Importing this module decides on the host, for good: see `hosts`, which says how it is chosen.
"""

# pyright: reportInvalidTypeArguments=false, reportMissingTypeStubs=false

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..hosts import HOSTS, decide, host_of

__all__ = [
    "HOST",
    "PACKAGE",
    "BlockArgument",
    "OpResult",
    "Value",
    "attribute_of",
    "bindings",
    "current_context",
    "current_location",
    "foreign_host",
    "foreign_surroundings",
    "ir",
    "new_context",
    "traces_locations",
]

PACKAGE = __name__.partition(".")[0]
"""The package that this runtime was generated into."""

HOST = decide()
"""The import name of the host in use."""


def _imported(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        others = [
            host for host in HOSTS if host != HOST and f"{host}.ir" in sys.modules
        ]
        if not others:
            raise
        # Two hosts whose libraries bear the same name: the second one finds the symbols of the first.
        raise ImportError(
            f"the MLIR bindings {HOST!r} cannot be loaded in a process that has loaded {', '.join(others)}: {error}"
        ) from error


if TYPE_CHECKING:
    from typing import TypeAlias

    from . import _ir as ir

    bindings: Any
    Value: TypeAlias = ir.Value[Any]
    OpResult: TypeAlias = ir.OpResult[ir.Type]
    BlockArgument: TypeAlias = ir.BlockArgument[ir.Type]
else:
    ir = _imported(f"{HOST}.ir")
    bindings = _imported(f"{HOST}._mlir_libs._mlir")
    Value = ir.Value
    OpResult = ir.OpResult
    BlockArgument = ir.BlockArgument


def new_context() -> ir.Context:
    """A context that knows the host's own dialects and takes operations of any other.

    Most hosts register their dialects in every context by themselves; `jaxlib.mlir` leaves that to the program.
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


def _current(cls: Any) -> Any:
    """The current object of a class; hosts say in two ways that there is none."""
    try:
        return cls.current
    except (ValueError, RuntimeError):
        return None


def current_location() -> ir.Location | None:
    """The current location, or None."""
    return _current(ir.Location)  # type: ignore[no-any-return]


def current_context() -> ir.Context | None:
    """The current context, or None."""
    return _current(ir.Context)  # type: ignore[no-any-return]


def traces_locations() -> bool:
    """Whether the host takes tracebacks for locations that are not given: inside `ir.loc_tracebacks()`."""
    is_enabled: Any = getattr(bindings.globals, "loc_tracebacks_enabled", None)
    return bool(is_enabled and is_enabled())


def _leave_out_of_tracebacks(folder: Path) -> None:
    """Keep the files of a folder out of locations made of tracebacks, so that these begin with the caller's line."""
    register: Any = getattr(bindings.globals, "register_traceback_file_exclusion", None)
    if register is not None:
        register(f"{folder}{os.sep}")  # the beginning of a path


_leave_out_of_tracebacks(Path(__file__).parents[1])


if hasattr(ir.OpAttributeMap, "get"):

    def attribute_of(operation: Any, name: str) -> Any:
        """The attribute of an operation that has this name; None where there is none."""
        return operation.attributes.get(name)

else:

    def attribute_of(operation: Any, name: str) -> Any:
        """The attribute of an operation that has this name; None where there is none."""
        attributes = operation.attributes
        return attributes[name] if name in attributes else None  # noqa: SIM401


def foreign_host(given: object) -> str | None:
    """The host whose object this is, if that is not the one in use."""
    host = host_of(given)
    return None if host == HOST else host


def foreign_surroundings() -> str | None:
    """Another host whose context is the current one, e.g. because it was entered by mistake."""
    for host in HOSTS:
        module: Any = sys.modules.get(f"{host}.ir")
        if host != HOST and module is not None and _current(module.Context) is not None:
            return host
    return None
