"""The page that says which release has what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from opspec.dataclass import dataclass
from opspec.emitters.markdown import FILTERS, code
from opspec.emitters.output import GeneratedFile
from opspec.emitters.templating import environment
from opspec.model.constraints import EnumReference
from opspec.model.dialect import AttributeDefinition, Definition, Dialect, Enum, Operation
from opspec.model.parts import varying_parts
from opspec.model.released import is_partial, releases_of
from opspec.model.releases import DialectReleases

__all__ = ["ReleaseRow", "release_rows", "render_releases", "written_name"]

_TEMPLATES = environment("opspec.emitters.docs", **FILTERS)


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One thing, and for each release what is known of it: `yes`, `no`, or how it is written."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    operations: tuple[ReleaseRow, ...]
    parts: tuple[ReleaseRow, ...]
    definitions: tuple[ReleaseRow, ...]
    cases: tuple[ReleaseRow, ...]


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
    having = _having(dialect, releases)
    return _Section(
        dialect.name,
        tuple(_operation(dialect, o, releases) for o in dialect.operations),
        tuple(row for o in dialect.operations for row in _parts(dialect, o, releases)),
        tuple(_definition(dialect, d, releases) for d in dialect.definitions),
        tuple(row for enum in dialect.enums for row in _cases(enum, releases, having.get(enum.name, set()))),
    )


def release_rows(dialect: Dialect, thing: Operation | Enum | Definition) -> tuple[ReleaseRow, ...]:
    """What the page says of one thing of a dialect; nothing where the dialect says nothing of releases."""
    releases = dialect.releases
    if releases is None:
        return ()
    match thing:
        case Operation():
            return _operation(dialect, thing, releases), *_parts(dialect, thing, releases)
        case Enum():
            return tuple(_cases(thing, releases, _having(dialect, releases).get(thing.name, set())))
        case _:
            return (_definition(dialect, thing, releases),)


def _operation(dialect: Dialect, operation: Operation, releases: DialectReleases) -> ReleaseRow:
    return ReleaseRow(
        f"{dialect.name}.{operation.mnemonic}", _marks(releases, releases.of_operation(operation.mnemonic))
    )


def _definition(dialect: Dialect, definition: Definition, releases: DialectReleases) -> ReleaseRow:
    return ReleaseRow(written_name(dialect, definition), _spellings(dialect, definition, releases))


def _marks(releases: DialectReleases, offered: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("yes" if release in offered else "no" for release in releases.releases)


def _parts(dialect: Dialect, operation: Operation, releases: DialectReleases) -> Iterator[ReleaseRow]:
    """The parts that an operation does not have in every release that has the operation."""
    name = f"{dialect.name}.{operation.mnemonic}"
    for attribute in operation.attributes:
        if is_partial(dialect, operation, attribute):
            offered = releases_of(dialect, operation, attribute)
            yield ReleaseRow(f"{name} {attribute.name}", _marks(releases, offered))
    for _, part, there in varying_parts(dialect, operation):
        yield ReleaseRow(f"{name} {part}", _marks(releases, there))


def written_name(dialect: Dialect, definition: Definition) -> str:
    """How a definition is written in the IR, e.g. `#enzyme.activity`."""
    sigil = "#" if isinstance(definition, AttributeDefinition) else "!"
    return f"{sigil}{definition.dialect or dialect.name}.{definition.mnemonic}"


def _spellings(dialect: Dialect, definition: Definition, releases: DialectReleases) -> tuple[str, ...]:
    """How each release writes the definition; just `yes` where all write it alike."""
    name = written_name(dialect, definition)
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


def _cases(enum: Enum, releases: DialectReleases, held: set[str]) -> Iterator[ReleaseRow]:
    """The cases of an enum that `held` releases have a use of, those with the same releases together."""
    cells: dict[tuple[str, ...], list[str]] = {}
    for case in enum.cases:
        offered = tuple(release for release in releases.of_case(enum.name, case.text) if release in held)
        cells.setdefault(_marks(releases, offered), []).append(case.text)
    for marks, texts in cells.items():
        yield ReleaseRow(f"{enum.name}: {', '.join(texts)}", marks)


def _having(dialect: Dialect, releases: DialectReleases) -> dict[str, set[str]]:
    """For each enum the releases that have a definition, or an attribute of an operation, of it."""
    found: dict[str, set[str]] = {}

    def add(constraint: object, offered: Iterable[str]) -> None:
        if isinstance(constraint, EnumReference):
            found.setdefault(constraint.name, set()).update(offered)

    for definition in dialect.definitions:
        for parameter in definition.parameters:
            add(parameter.parameter.constraint, releases.of_definition(written_name(dialect, definition)))
    for operation in dialect.operations:
        for attribute in operation.attributes:
            add(attribute.attribute.constraint, releases_of(dialect, operation, attribute))
    return found
