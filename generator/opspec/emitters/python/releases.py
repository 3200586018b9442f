"""The table of releases in the Python package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from opspec.model.definitions import layout_of
from opspec.model.dialect import Definition, Dialect, Operation
from opspec.model.released import is_partial, releases_of, required_in
from opspec.model.releases import DialectReleases
from opspec.pyview.printer import block
from opspec.pyview.python import Assign, Expression, Index, Literal, dict_of, literal, own
from opspec.pyview.text import py_docstring

__all__ = ["release_table"]

_TITLE = "What differs between the releases of the tool that takes the IR; `releases` reads it."

_Releases = tuple[str, ...]


@dataclass(slots=True)
class _Tables:
    """What is collected of all dialects; the keys are names of operations and of definitions."""

    operations: dict[str, _Releases] = field(default_factory=dict)
    attributes: dict[str, dict[str, _Releases]] = field(default_factory=dict)
    required: dict[str, dict[str, _Releases]] = field(default_factory=dict)
    definitions: dict[str, _Releases] = field(default_factory=dict)
    formats: dict[str, dict[str, str]] = field(default_factory=dict)

    def add_operation(self, dialect: Dialect, operation: Operation, releases: DialectReleases) -> None:
        """What differs of an operation."""
        name = f"{dialect.name}.{operation.mnemonic}"
        offered = releases.of_operation(operation.mnemonic)
        if offered != releases.releases:
            self.operations[name] = offered
        for attribute in operation.attributes:
            if is_partial(dialect, operation, attribute):
                having = releases_of(dialect, operation, attribute)
                self.attributes.setdefault(name, {})[attribute.name] = having
                by_spec = ("",) if attribute.attribute.required else ()
                demanding = (*by_spec, *required_in(dialect, operation, attribute))
                if demanding:
                    self.required.setdefault(name, {})[attribute.name] = demanding

    def add_definition(self, dialect: Dialect, definition: Definition, releases: DialectReleases) -> None:
        """What differs of an attribute or type."""
        name = _definition_name(dialect, definition)
        offered = releases.of_definition(name)
        if offered != releases.releases:
            self.definitions[name] = offered
        own_layout = layout_of(definition)
        found = {
            release: layout_of(replace(definition, format=releases.format_of(name, release, definition.format)))
            for release in offered
        }
        known = {release: text for release, text in found.items() if text is not None}
        if set(known.values()) - {own_layout}:
            self.formats[name] = known


def _definition_name(dialect: Dialect, definition: Definition) -> str:
    """A definition as it is written, without what stands behind, e.g. `#enzyme.activity`."""
    sigil = "#" if definition in dialect.attributes else "!"
    return f"{sigil}{definition.dialect or dialect.name}.{definition.mnemonic}"


_STR = own("str")
_HELD: Expression = Index(own("tuple"), (_STR, own("...")))


def _by_name(value: Expression) -> Expression:
    return Index(own("dict"), (_STR, value))


def _flat(table: Mapping[str, _Releases]) -> Expression:
    return dict_of((name, literal(value)) for name, value in sorted(table.items()))


def _nested(table: Mapping[str, Mapping[str, object]]) -> Expression:
    """Entries of entries; those inside keep their order."""
    return dict_of(
        (name, dict_of((key, literal(value)) for key, value in inner.items())) for name, inner in sorted(table.items())
    )


def release_table(dialects: Iterable[Dialect], header: str) -> str:
    """The text of the table of all dialects that say something of releases."""
    known = [(dialect, dialect.releases) for dialect in dialects if dialect.releases is not None]
    tables = _Tables()
    for dialect, releases in known:
        for operation in dialect.operations:
            tables.add_operation(dialect, operation, releases)
        for definition in dialect.definitions:
            tables.add_definition(dialect, definition, releases)
    all_releases, distribution = (known[0][1].releases, known[0][1].distribution) if known else ((), "")
    constants = (
        ("RELEASES", _HELD, literal(all_releases), "The releases that were looked at, the oldest first."),
        (
            "DISTRIBUTION",
            None,
            Literal(distribution),
            "The distribution that they are releases of; empty where there is none.",
        ),
        (
            "OPERATIONS",
            _by_name(_HELD),
            _flat(tables.operations),
            "Operations that not every release has, and the releases that have them.",
        ),
        (
            "ATTRIBUTES",
            _by_name(_by_name(_HELD)),
            _nested(tables.attributes),
            "Attributes of operations that not every release has, and the releases that have them.",
        ),
        (
            "REQUIRED",
            _by_name(_by_name(_HELD)),
            _nested(tables.required),
            "Of these attributes those that releases require, and the releases that do; "
            "the empty text stands for the spec.",
        ),
        (
            "DEFINITIONS",
            _by_name(_HELD),
            _flat(tables.definitions),
            "Attribute and type definitions that not every release has, and the releases that have them.",
        ),
        (
            "FORMATS",
            _by_name(_by_name(_STR)),
            _nested(tables.formats),
            "Assembly formats by release, of the definitions of which not every release has the format of the class.",
        ),
    )
    lines = [header, py_docstring([_TITLE], 0), "", "from __future__ import annotations"]
    for name, annotation, value, doc in constants:
        lines += ["", *block([Assign(name, value, annotation, (doc,))])]
    return "\n".join(lines) + "\n"
