"""What keeps a module from being compiled or run."""

from __future__ import annotations

__all__ = ["JitError"]


class JitError(RuntimeError):
    """The module cannot be compiled, or its compiled code did not survive; the message says what and why.

    Wrong arguments of a call are a `TypeError` or a `ValueError` instead.
    """
