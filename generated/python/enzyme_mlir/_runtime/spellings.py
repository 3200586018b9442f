"""How definitions are written in the release in use, and read in any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._release_table import FORMATS
from ..releases import release_in_use

if TYPE_CHECKING:
    from .layouts import Layout

__all__ = ["layout_in_use", "layout_of_body", "layouts"]


def layout_in_use(cls: Any) -> Layout:
    """How the release in use writes instances of a class with a format."""
    formats = FORMATS.get(cls.PREFIX)
    text = cls.FORMAT if formats is None else formats.get(release_in_use(), cls.FORMAT)
    return _layout(cls, text)


def layouts(cls: Any) -> list[Layout]:
    """All ways in which releases write instances of a class with a format; that of the release in use comes first."""
    others = [
        _layout(cls, text)
        for text in (cls.FORMAT, *FORMATS.get(cls.PREFIX, {}).values())
    ]
    return list(dict.fromkeys([layout_in_use(cls), *others]))


def layout_of_body(cls: Any, body: str) -> Layout:
    """The way in which a body is written, right or wrong; that of the release in use where it is none of them."""
    from .layouts import Layout

    found = layouts(cls)
    for fits in (Layout.reads, Layout.has_form):
        for layout in found:
            if fits(layout, body):
                return layout
    return found[0]


def _layout(cls: Any, text: str | None) -> Layout:
    assert text is not None, "only a class with a format has parameters"
    known: dict[str, Layout] = cls.__dict__.get("_layouts") or {}
    if text not in known:
        from .layouts import Layout  # loaded with the first text

        known[text] = Layout(cls.PREFIX, text, cls.PARAMETERS)
        cls._layouts = known
    return known[text]
