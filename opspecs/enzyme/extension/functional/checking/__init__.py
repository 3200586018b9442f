"""Derivatives held against finite differences of the function itself: what `testing.check_gradient` is made of."""

from __future__ import annotations

from .checks import check
from .reports import GradientMismatch, GradientReport, Row

__all__ = ["GradientMismatch", "GradientReport", "Row", "check"]
