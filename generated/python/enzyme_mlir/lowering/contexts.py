"""Contexts that know all dialects that the host can read, and the one that a module belongs in."""

from __future__ import annotations

import importlib
from typing import Any

from .._runtime.host import HOST, current_context, ir, new_context

__all__ = ["context_for", "full_context"]


def full_context() -> ir.Context:
    """A context as of `new_context`, which also reads StableHLO where the host comes with it."""
    context = new_context()
    try:
        stablehlo: Any = importlib.import_module(f"{HOST}.dialects.stablehlo")
    except ImportError:
        return context
    with context:
        stablehlo.register_dialect(context)
    return context


def context_for(module: ir.Module | str, chosen: ir.Context | None) -> ir.Context:
    """The context of what is made of a module: the chosen one, that of the module, the current one or a new one."""
    if chosen is not None:
        return chosen
    if not isinstance(module, str):
        return module.context
    return current_context() or full_context()
