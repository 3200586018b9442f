"""What a comparison found, in the formats that people and tools read; each is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from opspec.diff.report.model import Report

__all__ = ["Report", "render"]


def render(report: Report, style: str) -> str:
    """The report in one of `opspec.reports.FORMATS`."""
    return cast("str", getattr(import_module(f"opspec.diff.report.{style}"), f"render_{style}")(report))
