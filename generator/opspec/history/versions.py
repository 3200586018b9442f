"""The versions of a history: the specs of a folder, those of git revisions, or whatever `opspec diff` takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from opspec.dataclass import dataclass
from opspec.diagnostics import ToolError, near_match
from opspec.diff.sources import LoadedSide, is_dump, load_dump, load_side, path_from_top
from opspec.disk.repository import Repository
from opspec.naming.policy import CONVENTIONS
from opspec.progress import progress

__all__ = ["Line", "Version", "read_lines"]

_SPECS = (".yaml", ".yml", ".json")
_RANGE = re.compile(r"(?P<first>[^:]+?)\.\.(?P<last>[^:]*):(?P<path>.*)")
_REVISION = re.compile(r"(?P<revision>[^:]{2,}):(?P<path>.*)")
_COMMIT = re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{7,40}")
_NUMBERS = re.compile(r"([0-9]+)")


@dataclass(frozen=True, slots=True)
class Version:
    """A version by the name that a history gives it, with the day of its commit where it is one."""

    name: str
    side: LoadedSide
    day: str = ""


Line: TypeAlias = tuple[Version, ...]
"""Versions of the same dialects, oldest first."""


@dataclass(frozen=True, slots=True)
class _Source:
    """What is read for a version: as `opspec diff` would be given it, and the name of the version."""

    label: str
    name: str
    day: str = ""


def read_lines(
    sources: Sequence[str], dialects: Sequence[str] = (), order: Sequence[str] = (), *, facts_only: bool = False
) -> tuple[Line, ...]:
    """The lines of versions of some sources: one of each dialect where all are single specs, else one of projects.

    A folder of versions gives them in the order of their names; those of `order` come last, in that order. Where one is
    a record dump, no overlay counts. Raises `SpecError` and `ToolError`.
    """
    listed, is_sorted = _listed(sources)
    with_overlay = not facts_only and not any(is_dump(source.label) for source in listed)
    versions = []
    with progress("reading versions", len(listed)) as done:
        for number, source in enumerate(listed, 1):
            found = _read(source, dialects, with_overlay)
            versions += [found] if found is not None else []
            done(number)
    _refuse_unknown(dialects, versions, listed)
    versions = _in_one_convention(_restricted(versions, dialects))
    if all(_is_single(version) for version in versions):
        lines = _by_dialect(versions)
    else:
        single = {name for v in versions if _is_single(v) for name in v.side.project.names()}
        lines = [tuple(_restricted(versions, sorted(single)) if single else versions)]
    if is_sorted:
        lines = _ordered(lines, order)
    if all(len(line) == 1 for line in lines):
        raise ToolError(_too_few(sources, lines))
    return tuple(lines)


def _listed(sources: Sequence[str]) -> tuple[list[_Source], bool]:
    """What is to be read, and whether its order is that of a folder and not of the command."""
    folder = Path(sources[0])
    is_sorted = len(sources) == 1 and folder.is_dir() and not _is_version(folder)
    if is_sorted:
        found = [_Source(path.as_posix(), _name(path)) for path in _inside(folder)]
        if not found:
            raise ToolError(f"{sources[0]} holds no versions: no specs, folders of specs or record dumps")
    else:
        found = [each for source in sources for each in _given(source)]
    names = [source.name for source in found]
    return [replace(s, name=s.label) if names.count(s.name) > 1 else s for s in found], is_sorted


def _is_version(folder: Path) -> bool:
    return any((folder / name).is_file() for name in ("bindings.yaml", "dialect.yaml"))


def _inside(folder: Path) -> list[Path]:
    """The versions that a folder holds: folders of specs if there are any, else files."""
    inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    folders = [p for p in inside if p.is_dir() and (_is_version(p) or next(p.glob("*/dialect.yaml"), None) is not None)]
    return folders or [path for path in inside if path.is_file() and path.suffix in _SPECS]


def _name(path: Path) -> str:
    return path.stem if path.is_file() and path.suffix in _SPECS else path.name or path.as_posix()


def _given(source: str) -> Iterator[_Source]:
    """The versions that one argument names."""
    span, revision = _RANGE.fullmatch(source), _REVISION.fullmatch(source)
    if Path(source).exists() or (span is None and revision is None):
        yield _Source(source, _name(Path(source)))
    elif span is not None:
        yield from _commits(source, span["first"], span["last"] or "HEAD", span["path"])
    elif revision is not None:
        yield _Source(source, revision["revision"])


def _commits(source: str, first: str, last: str, path: str) -> Iterator[_Source]:
    """The first revision, and each commit after it up to the last that changes the path."""
    repository = Repository(Path())
    inside = path_from_top(repository, source, path)
    for revision in (first, last):
        try:
            repository.commit(revision)
        except ToolError as error:
            raise ToolError(f"there is no revision {revision!r} in this repository") from error
    yield _Source(f"{first}:{path}", first)
    for commit, day in repository.commits(first, last, inside):
        name = repository.short(commit)
        yield _Source(f"{name}:{path}", name, day)


def _read(source: _Source, dialects: Sequence[str], with_overlay: bool) -> Version | None:
    """One version; None where it is a record dump of other dialects than those asked for."""
    if not is_dump(source.label) or not Path(source.label).is_file():
        side = load_side(source.label, with_overlay=with_overlay)
    else:
        from opspec.diff.dumps import with_operations  # reading TableGen is loaded where there is some

        defined = with_operations(source.label)
        wanted = tuple(name for name in defined if name in dialects or not dialects)
        if defined and not wanted:
            return None
        side = load_dump(source.label, wanted)
    return Version(source.name, side, source.day)


def _is_single(version: Version) -> bool:
    """Whether the version is a file or folder of one spec, or a record dump: others may have the other dialects."""
    return version.side.is_one or is_dump(version.side.label)


def _refuse_unknown(dialects: Sequence[str], versions: Sequence[Version], listed: Sequence[_Source]) -> None:
    """Raise `ToolError` for a dialect that no version has."""
    known = {name for version in versions for name in version.side.project.names()}
    for name in dialects:
        if name not in known:
            others = {each for source in listed if is_dump(source.label) for each in _dumped(source.label)}
            raise ToolError(f"no version has the dialect '{name}'; {near_match(name, sorted(known | others))}")


def _dumped(label: str) -> tuple[str, ...]:
    from opspec.diff.dumps import with_operations

    return with_operations(label)


def _restricted(versions: Sequence[Version], dialects: Sequence[str]) -> list[Version]:
    """The versions with some of their dialects, those without any left out; all of them where none is named."""
    if not dialects:
        return list(versions)
    return [_with(v, [name for name in v.side.project.names() if name in dialects]) for v in versions]


def _with(version: Version, names: Sequence[str]) -> Version:
    project = version.side.project
    kept = tuple(dialect for dialect in project.dialects if dialect.name in names)
    return replace(version, side=replace(version.side, project=replace(project, dialects=kept)))


def _in_one_convention(versions: Sequence[Version]) -> list[Version]:
    """The versions, those without a naming convention with the one that another has."""
    naming = next((v.side.project.naming for v in versions if v.side.project.naming), CONVENTIONS[0])
    return [replace(version, side=version.side.named(naming)) for version in versions]


def _by_dialect(versions: Sequence[Version]) -> list[Line]:
    """A line for each dialect; where all names of its versions begin with the dialect's, they are told without it."""
    names = dict.fromkeys(name for version in versions for name in version.side.project.names())
    lines = []
    for name in names:
        line = [_with(version, [name]) for version in versions if name in version.side.project.names()]
        short = [version.name.removeprefix(f"{name}-") for version in line]
        is_clear = len({*short}) == len(line) and all(short)
        lines.append(tuple(replace(v, name=s) for v, s in zip(line, short, strict=True)) if is_clear else tuple(line))
    return lines


def _ordered(lines: Sequence[Line], order: Sequence[str]) -> list[Line]:
    """Each line by the names of its versions, numbers in them by size, and what has no order as `order` says."""
    known = {version.name for line in lines for version in line}
    for name in order:
        if name not in known:
            raise ToolError(f"--order: no version is called '{name}'; {near_match(name, sorted(known))}")
    for line in lines:
        unclear = [v.name for v in line if _COMMIT.fullmatch(v.name) and v.name not in order]
        if len(unclear) > 1:
            names = ", ".join(unclear)
            raise ToolError(f"the order of {names} does not follow from their names: give --order, oldest first")

    def place(version: Version) -> tuple[int, int, list[tuple[int, str]]]:
        name = version.name
        numbered = [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBERS.split(name) if part]
        return (order.index(name) + 1 if name in order else 0, _COMMIT.fullmatch(name) is not None, numbered)

    return [tuple(sorted(line, key=place)) for line in lines]


def _too_few(sources: Sequence[str], lines: Sequence[Line]) -> str:
    names = ", ".join(sorted(name for line in lines for version in line for name in version.side.project.names()))
    ways = "give a folder of versions, several of them, or FIRST..LAST:PATH"
    return f"there is one version of {names} in {', '.join(sources)}, and a history needs two: {ways}"
