"""Pipelines of Enzyme's passes, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["PIPELINES"]

PIPELINES: Mapping[str, str] = MappingProxyType(
    {
        "differentiate": "enzyme,canonicalize,remove-unnecessary-enzyme-ops,enzyme-simplify-math,canonicalize,cse",
        "batch": "enzyme-batch,canonicalize",
        "parse": "",
    }
)
"""Named pipelines: expand differentiation (reverse and forward), expand batches, only parse and verify."""
