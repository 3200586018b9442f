"""What can be said about attribute and type definitions from their facts."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.model.constraints import ListOf, OpaqueConstraint
from opspec.model.dialect import Definition, Dialect
from opspec.notation.assembly import is_expressible
from opspec.notation.formats import CUSTOM

__all__ = ["is_opaque", "layout_of", "opaque_definitions"]


def is_opaque(definition: Definition) -> bool:
    """Whether only C++ can write and read it: its format is `custom`, missing, or has a `custom` directive."""
    if definition.format is None:
        return bool(definition.parameters)
    return definition.format == CUSTOM or not is_expressible(definition.format)


def layout_of(definition: Definition) -> str | None:
    """The assembly format, empty where the mnemonic is all; None where only C++ knows."""
    return None if is_opaque(definition) else definition.format or ""


def opaque_definitions(dialect: Dialect) -> Iterator[tuple[str, str]]:
    """What only C++ can write: a definition (`#enzyme.x`), or one parameter of it (`#enzyme.x.y`), and why."""
    for sigil, definitions in (("#", dialect.attributes), ("!", dialect.types)):
        for definition in definitions:
            place = f"{sigil}{definition.dialect or dialect.name}.{definition.mnemonic}"
            if is_opaque(definition):
                yield place, definition.format or "no assembly format"
                continue
            for named in definition.parameters:
                inner = named.parameter.constraint
                while isinstance(inner, ListOf):
                    inner = inner.element
                if isinstance(inner, OpaqueConstraint):
                    yield f"{place}.{named.name}", f"C++ type {inner.name}"
