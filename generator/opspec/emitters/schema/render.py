"""The JSON Schemas of the spec files, for editors."""

from __future__ import annotations

from opspec.emitters.output import GeneratedFile
from opspec.spec.schema import SCHEMAS, schema_text

__all__ = ["render_schemas"]


def render_schemas() -> tuple[GeneratedFile, ...]:
    """A file for each schema."""
    return tuple(GeneratedFile(f"schema/{name}.schema.json", schema_text(name)) for name in SCHEMAS)
