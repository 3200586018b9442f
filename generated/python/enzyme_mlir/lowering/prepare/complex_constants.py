"""Constants of complex numbers, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..._runtime.host import ir
from .shapes import shape_of

__all__ = ["dense_parts"]

_IR: Any = ir
_NUMBER = re.compile(r"\(\s*([^\s,()]+)\s*,\s*([^\s,()]+)\s*\)")


def dense_parts(operation: Any, kinds: Sequence[Any]) -> Iterator[Any]:
    """The real and the imaginary parts of a constant tensor, whose attribute hosts cannot show but as text."""
    text = operation.get_asm(print_generic_op_form=True)
    start = text.index("dense<") + len("dense<")
    literal = text[start : text.index("> : tensor<", start)]
    for part, kind in enumerate(kinds):
        tensor = _IR.RankedTensorType.get(shape_of(kind), kind.element_type)
        if literal.startswith('"0x'):
            shown = _bytes_of_part(literal, part, kind.element_type.width // 8)
        else:
            shown = _NUMBER.sub(rf"\{part + 1}", literal)
        yield _IR.Attribute.parse(f"dense<{shown}> : {tensor}")


def _bytes_of_part(literal: str, part: int, size: int) -> str:
    digits = literal[3:-1]
    step = 2 * size
    numbers = [digits[at : at + step] for at in range(0, len(digits), step)]
    return f'"0x{"".join(numbers[part::2])}"'
