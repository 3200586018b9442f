"""The table of releases in the Python package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from opspec.model.definitions import layout_of
from opspec.model.dialect import Definition, Dialect
from opspec.model.released import is_partial, releases_of, required_in
from opspec.model.releases import DialectReleases
from opspec.pyview.text import WIDTH, py_literal

__all__ = ["ReleaseTable", "view_releases"]


@dataclass(frozen=True, slots=True)
class ReleaseTable:
    """What the template places: `operations`, `attributes` and `formats` are Python expressions."""

    releases: tuple[str, ...]
    distribution: str
    operations: str
    attributes: str
    required: str
    definitions: str
    formats: str


def view_releases(dialects: Iterable[Dialect]) -> ReleaseTable:
    """The table of all dialects that say something of releases."""
    known = [(dialect, dialect.releases) for dialect in dialects if dialect.releases is not None]
    operations: dict[str, tuple[str, ...]] = {}
    attributes: dict[str, dict[str, tuple[str, ...]]] = {}
    required: dict[str, dict[str, tuple[str, ...]]] = {}
    definitions: dict[str, tuple[str, ...]] = {}
    formats: dict[str, dict[str, str]] = {}
    for dialect, releases in known:
        for operation in dialect.operations:
            name = f"{dialect.name}.{operation.mnemonic}"
            offered = releases.of_operation(operation.mnemonic)
            if offered != releases.releases:
                operations[name] = offered
            for attribute in operation.attributes:
                if is_partial(dialect, operation, attribute):
                    having = releases_of(dialect, operation, attribute)
                    attributes.setdefault(name, {})[attribute.name] = having
                    by_spec = ("",) * attribute.attribute.required
                    demanding = (*by_spec, *required_in(dialect, operation, attribute))
                    if demanding:
                        required.setdefault(name, {})[attribute.name] = demanding
        for definition in dialect.definitions:
            found = releases.of_definition(definition_name(dialect, definition))
            if found != releases.releases:
                definitions[definition_name(dialect, definition)] = found
            formats.update(_formats(dialect, definition, releases))
    all_releases = known[0][1].releases if known else ()
    return ReleaseTable(
        all_releases,
        known[0][1].distribution if known else "",
        _mapping({name: py_literal(offered) for name, offered in sorted(operations.items())}),
        _mapping({name: _mapping(_literals(having), 4) for name, having in sorted(attributes.items())}),
        _mapping({name: _mapping(_literals(having), 4) for name, having in sorted(required.items())}),
        _mapping({name: py_literal(having) for name, having in sorted(definitions.items())}),
        _mapping({name: _mapping(_literals(texts), 4) for name, texts in sorted(formats.items())}),
    )


def _formats(dialect: Dialect, definition: Definition, releases: DialectReleases) -> Mapping[str, dict[str, str]]:
    name = definition_name(dialect, definition)
    own = layout_of(definition)
    found = {
        release: layout_of(replace(definition, format=releases.format_of(name, release, definition.format)))
        for release in releases.of_definition(name)
    }
    known = {release: text for release, text in found.items() if text is not None}
    return {name: known} if set(known.values()) - {own} else {}


def definition_name(dialect: Dialect, definition: Definition) -> str:
    """A definition as it is written, without what stands behind, e.g. `#enzyme.activity`."""
    sigil = "#" if definition in dialect.attributes else "!"
    return f"{sigil}{definition.dialect or dialect.name}.{definition.mnemonic}"


def _literals(values: Mapping[str, Sequence[str] | str]) -> dict[str, str]:
    return {key: py_literal(value) for key, value in values.items()}


def _mapping(items: Mapping[str, str], indent: int = 0) -> str:
    """A dictionary of expressions, one entry a line."""
    if not items:
        return "{}"
    margin = " " * (indent + 4)
    lines = ["{"]
    for key, value in items.items():
        line = f"{margin}{py_literal(key)}: {value},"
        if len(line) > WIDTH and value.startswith("("):
            parts = [f"{margin}    {part.strip()}," for part in value.strip("()").split(",") if part.strip()]
            lines += [f"{margin}{py_literal(key)}: (", *parts, f"{margin}),"]
        else:
            lines.append(line)
    return "\n".join([*lines, " " * indent + "}"])
