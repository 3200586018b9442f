"""Something in a caller's function that nothing can be made of."""

from __future__ import annotations

from typing import Any

__all__ = ["Unsupported"]


class Unsupported(Exception):
    """What cannot be done, in a sentence, and the operation that it is about."""

    def __init__(self, sentence: str, operation: Any) -> None:
        """Say what cannot be done; `operation` is the operation, or a diagnostic about one."""
        super().__init__(sentence)
        self.sentence = sentence
        """What cannot be done, and what to write instead."""
        self.location = str(operation.location)
        """The operation's location, by which `Origins` knows it."""
