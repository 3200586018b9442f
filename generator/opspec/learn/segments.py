"""Groups of operands and results whose sizes an attribute holds."""

from __future__ import annotations

from dataclasses import replace

from opspec.probe.drafts import Draft, sizes_text

__all__ = ["SEGMENTS", "grouping", "parts_of", "sizes_of"]

SEGMENTS = {"operands": "operandSegmentSizes", "results": "resultSegmentSizes"}
"""The attributes that hold the sizes of groups of operands and results."""


def parts_of(draft: Draft) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The types of the operands and those of the results, each with the name of the part."""
    return ("operands", draft.operands), ("results", draft.results)


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
    types = list(dict(parts_of(draft))[part])
    start, end = sum(sizes[:index]), sum(sizes[: index + 1])
    filler = types[end - 1] if sizes[index] else "f64"
    types[start:end] = [*types[start:end], *[filler] * size][:size]
    changed = replace(draft, operands=tuple(types)) if part == "operands" else replace(draft, results=tuple(types))
    return changed.setting(SEGMENTS[part], sizes_text([*sizes[:index], size, *sizes[index + 1 :]]))
