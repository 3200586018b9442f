"""Why an expression has no value here."""

from __future__ import annotations

__all__ = ["NotConstant"]


class NotConstant(Exception):
    """An expression whose value only a C++ compiler or a running program knows; its text says why."""
