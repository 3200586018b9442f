"""The liberties that Enzyme 0.0.16 gives the compiler in what it adds, and which of them make derivatives wrong.

It marks all arithmetic of a derivative `fastmath<fast>`. The compiler may then take every number for finite, so that a
derivative that is infinite, or no number, may come out as anything; and it may divide by way of an estimate, which in
f32 gives no number at all for divisors above 2^126 or below 2^-126. The order of sums may stay free.
"""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .building import walk

__all__ = ["calm_arithmetic"]

_IR: Any = ir
_FLAGS = "fastmath"
_HARMLESS = ("reassoc", "nsz", "contract")


def calm_arithmetic(operation: Any) -> None:
    """Let arithmetic respect infinities, what is no number, and division; the order of sums and products stays free.

    Args:
        operation: A function that Enzyme has made, or another operation with regions; it is changed.
    """
    calmed: dict[str, Any] = {}
    for inner in walk(operation):
        if _FLAGS not in inner.attributes:
            continue
        text = str(inner.attributes[_FLAGS])
        if text not in calmed:
            calmed[text] = _calm(text, operation.context)
        if calmed[text] is not None:
            inner.attributes[_FLAGS] = calmed[text]


def _calm(text: str, context: Any) -> Any | None:
    """The flags without the harmful ones; None where there are none of those."""
    words = set(text.partition("<")[2].rstrip(">").replace(" ", "").split(","))
    if words <= {*_HARMLESS, "none"}:
        return None
    kept = [word for word in _HARMLESS if word in words or "fast" in words]
    return _IR.Attribute.parse(f"#arith.fastmath<{','.join(kept) or 'none'}>", context)
