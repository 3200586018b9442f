"""Registration of generated classes, so that parsed IR comes back as them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from .host import PACKAGE, bindings, ir

__all__ = ["class_built_by", "class_of", "register_dialect", "register_operation"]

_C = TypeVar("_C", bound=type)
_dialects: dict[str, Any] = {}
_classes: dict[str, Any] = {}

# The host imports `<prefix>.<dialect>` when it first meets an operation of a dialect.
bindings.globals.append_dialect_search_prefix(f"{PACKAGE}.dialects")


def register_dialect(namespace: str) -> str:
    """Make a dialect known to the host, once; returns `namespace`."""
    if namespace not in _dialects:
        dialect = type("_Dialect", (ir.Dialect,), {"DIALECT_NAMESPACE": namespace})
        # The host's own module for the dialect comes first: it registers without asking.
        bindings.globals._check_dialect_module_loaded(namespace)
        # Another package may speak for this dialect already; its operations can still be ours.
        with suppress(RuntimeError):
            bindings.register_dialect(dialect)
        _dialects[namespace] = dialect
    return namespace


def register_operation(namespace: str) -> Callable[[_C], _C]:
    """A class decorator: operations of the class's `OPERATION_NAME` come back as this class."""

    def register(cls: _C) -> _C:
        registered: _C = bindings.register_operation(
            _dialects[namespace], replace=True
        )(cls)
        _classes[getattr(cls, "OPERATION_NAME")] = registered  # noqa: B009
        return registered

    return register


def class_of(operation: str) -> Any:
    """The generated class of an operation, by its full name; its dialect's module is loaded."""
    return _classes[operation]


def class_built_by(builder: Any) -> Any:
    """The generated class of the operation that a function builds, or the class itself; None for anything else."""
    meant = inspect.unwrap(builder)
    for cls in _classes.values():
        if meant is cls or meant is inspect.unwrap(getattr(cls, "_build", cls)):
            return cls
    return None
