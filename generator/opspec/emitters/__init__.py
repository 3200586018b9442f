"""Targets: each is a folder, pure, and independent of the others."""

__all__ = ["TARGETS"]

TARGETS = ("python", "docs", "snapshots", "schema")
"""What can be generated."""
