"""Lists of activities as attributes, spelled as the release in use reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._runtime.host import ir

__all__ = ["activities_of"]

_IR: Any = ir


def activities_of(words: Sequence[str], like: Any) -> Any:
    """A list of activities.

    Args:
        words: The activities: `dup`, `enzyme_active`...
        like: A derivative whose activities are spelled as these are to be.
    """
    known = f"{like.attributes['activity']}{like.attributes['ret_activity']}"
    spelled = (
        "#enzyme<activity {}>" if "<activity " in known else "#enzyme.activity<{}>"
    )
    full = [word if word.startswith("enzyme_") else f"enzyme_{word}" for word in words]
    return _IR.ArrayAttr.get(
        [_IR.Attribute.parse(spelled.format(word)) for word in full]
    )
