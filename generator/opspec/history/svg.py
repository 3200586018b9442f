"""A history as a timeline: versions across, a row for each thing. No script, and no font but the reader's."""

from __future__ import annotations

from opspec.emitters.templating import environment
from opspec.history.drawing import draw
from opspec.history.facts import History

__all__ = ["render_svg"]

_TEMPLATES = environment("opspec.history")


def render_svg(history: History) -> str:
    """The timeline as an image of its own, or to stand in a page."""
    return _TEMPLATES.get_template("timeline.svg.jinja").render(drawing=draw(history)).rstrip("\n")
