"""Groups of operands and results whose sizes an attribute holds."""

from __future__ import annotations

from opspec.probe.drafts import Draft, sizes_text

__all__ = ["SEGMENTS", "grouping", "places_in", "sizes_of"]

SEGMENTS = {"operands": "operandSegmentSizes", "results": "resultSegmentSizes"}
"""The attributes that hold the sizes of groups of operands and results."""


def places_in(draft: Draft) -> list[tuple[str, int]]:
    """The places of all values: `operands` or `results`, and the index there."""
    return [(part, index) for part in SEGMENTS for index in range(len(draft.types_of(part)))]


def sizes_of(draft: Draft, part: str) -> list[int] | None:
    """The sizes of the groups of operands or results; None where no attribute says them."""
    text = draft.attribute(SEGMENTS[part])
    if text is None:
        return None
    _, _, numbers = text.strip("<>").partition(": ")
    return [int(number) for number in numbers.split(",")] if numbers else []


def grouping(draft: Draft, part: str, index: int, size: int) -> Draft:
    """The draft with another number of values in one group; new ones are like its last."""
    sizes = sizes_of(draft, part) or []
    types = list(draft.types_of(part))
    start, end = sum(sizes[:index]), sum(sizes[: index + 1])
    filler = types[end - 1] if sizes[index] else "f64"
    types[start:end] = [*types[start:end], *[filler] * size][:size]
    return draft.typed(part, types).setting(SEGMENTS[part], sizes_text([*sizes[:index], size, *sizes[index + 1 :]]))
