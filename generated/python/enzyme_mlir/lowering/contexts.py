"""Contexts that know all dialects that the host can read."""

from __future__ import annotations

import importlib
from typing import Any

from .._runtime.host import HOST, ir, new_context

__all__ = ["full_context"]


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
