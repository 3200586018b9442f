"""The page that says which release has what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from opspec.dataclass import dataclass
from opspec.emitters.markdown import FILTERS, code
from opspec.emitters.output import GeneratedFile
from opspec.emitters.templating import environment
from opspec.model.constraints import EnumReference
from opspec.model.dialect import AttributeDefinition, Definition, Dialect
from opspec.model.released import is_partial, releases_of
from opspec.model.releases import DialectReleases

__all__ = ["render_releases"]

_TEMPLATES = environment("opspec.emitters.docs", **FILTERS)


@dataclass(frozen=True, slots=True)
class _Row:
    """One thing, and for each release what is known of it: `yes`, `no`, or how it is written."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    operations: tuple[_Row, ...]
    attributes: tuple[_Row, ...]
    definitions: tuple[_Row, ...]
    cases: tuple[_Row, ...]


def render_releases(dialects: Sequence[Dialect], package: str, header: str) -> tuple[GeneratedFile, ...]:
    """The page, or nothing where no dialect says anything of releases."""
    known = [(dialect, dialect.releases) for dialect in dialects if dialect.releases is not None]
    if not known:
        return ()
    text = _TEMPLATES.get_template("releases.md.jinja").render(
        header=header,
        package=package,
        distribution=known[0][1].distribution,
        releases=known[0][1].releases,
        sections=[_section(dialect, releases) for dialect, releases in known],
    )
    return (GeneratedFile("docs/releases.md", text),)


def _section(dialect: Dialect, releases: DialectReleases) -> _Section:
    return _Section(
        dialect.name,
        tuple(
            _Row(f"{dialect.name}.{o.mnemonic}", _marks(releases, releases.of_operation(o.mnemonic)))
            for o in dialect.operations
        ),
        tuple(_attributes(dialect, releases)),
        tuple(_Row(_name(dialect, d), _spellings(dialect, d, releases)) for d in dialect.definitions),
        tuple(_cases(dialect, releases)),
    )


def _marks(releases: DialectReleases, offered: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("yes" if release in offered else "no" for release in releases.releases)


def _attributes(dialect: Dialect, releases: DialectReleases) -> Iterator[_Row]:
    """The attributes that an operation does not have in every release that has the operation."""
    for operation in dialect.operations:
        for attribute in operation.attributes:
            if is_partial(dialect, operation, attribute):
                offered = releases_of(dialect, operation, attribute)
                name = f"{dialect.name}.{operation.mnemonic} {attribute.name}"
                yield _Row(name, _marks(releases, offered))


def _name(dialect: Dialect, definition: Definition) -> str:
    sigil = "#" if isinstance(definition, AttributeDefinition) else "!"
    return f"{sigil}{definition.dialect or dialect.name}.{definition.mnemonic}"


def _spellings(dialect: Dialect, definition: Definition, releases: DialectReleases) -> tuple[str, ...]:
    """How each release writes the definition; just `yes` where all write it alike."""
    name = _name(dialect, definition)
    offered = releases.of_definition(name)
    formats = {release: releases.format_of(name, release, definition.format) for release in offered}
    if len(set(formats.values())) < 2:
        return _marks(releases, offered)
    texts = {release: _form(name, text or "") for release, text in formats.items()}
    return tuple(code(texts[release]) if release in texts else "no" for release in releases.releases)


def _form(name: str, text: str) -> str:
    """A format as the IR looks, e.g. `#enzyme.activity<value>`."""
    body = " ".join(part.strip("`$") for part in text.split())
    if body.startswith("< ") and body.endswith(" >"):
        return f"{name}<{body[2:-2]}>"
    dialect, _, mnemonic = name.partition(".")
    return f"{dialect}<{mnemonic} {body}>"


def _cases(dialect: Dialect, releases: DialectReleases) -> Iterator[_Row]:
    having = _having(dialect, releases)
    for enum in dialect.enums:
        cells: dict[tuple[str, ...], list[str]] = {}
        for case in enum.cases:
            held = having.get(enum.name, set())
            offered = tuple(release for release in releases.of_case(enum.name, case.text) if release in held)
            cells.setdefault(_marks(releases, offered), []).append(case.text)
        for marks, texts in cells.items():
            yield _Row(f"{enum.name}: {', '.join(texts)}", marks)


def _having(dialect: Dialect, releases: DialectReleases) -> dict[str, set[str]]:
    """For each enum the releases that have a definition, or an attribute of an operation, of it."""
    found: dict[str, set[str]] = {}

    def add(constraint: object, offered: Iterable[str]) -> None:
        if isinstance(constraint, EnumReference):
            found.setdefault(constraint.name, set()).update(offered)

    for definition in dialect.definitions:
        for parameter in definition.parameters:
            add(parameter.parameter.constraint, releases.of_definition(_name(dialect, definition)))
    for operation in dialect.operations:
        for attribute in operation.attributes:
            add(attribute.attribute.constraint, releases_of(dialect, operation, attribute))
    return found
