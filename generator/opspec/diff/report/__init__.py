"""What a comparison found, in the formats that people and tools read."""

from __future__ import annotations

from opspec.diff.report.github import render_github
from opspec.diff.report.html import render_html
from opspec.diff.report.json import render_json
from opspec.diff.report.markdown import render_markdown
from opspec.diff.report.model import Report
from opspec.diff.report.text import render_text

__all__ = ["Report", "render"]

_FORMATS = {
    "text": render_text,
    "json": render_json,
    "markdown": render_markdown,
    "html": render_html,
    "github": render_github,
}


def render(report: Report, style: str) -> str:
    """The report in one of `opspec.reports.FORMATS`."""
    return _FORMATS[style](report)
