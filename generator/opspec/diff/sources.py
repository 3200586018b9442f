"""What a comparison compares: spec files, folders of specs, git revisions of either, record dumps of TableGen."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostics, Location, SpecError, ToolError
from opspec.diff.locate import Sheet, Sheets
from opspec.diff.sides import ProjectSide
from opspec.disk.repository import Repository, write_blobs
from opspec.model.dialect import Dialect
from opspec.naming.policy import CONVENTIONS
from opspec.progress import progress
from opspec.spec.bindings import load_bindings
from opspec.spec.load import load_dialect
from opspec.spec.nodes import MapNode
from opspec.spec.reading import read_yaml
from opspec.spec.references import Missing

__all__ = ["LoadedSide", "is_dump", "load_dump", "load_side", "load_sides", "origin_of", "path_from_top"]

_REVISION = re.compile(r"(?P<revision>[^:]+):(?P<path>.*)")


@dataclass(frozen=True, slots=True)
class LoadedSide:
    """One side of a comparison, loaded and checked.

    `label` is what the user called it, `with_overlay` says whether words and choices of overlays are in it, `is_one`
    that it is one spec and not a project or a folder of several.
    """

    label: str
    project: ProjectSide
    sheets: Sheets
    with_overlay: bool
    is_one: bool = False

    def named(self, naming: str) -> LoadedSide:
        """The same side; where it has no naming convention of its own, with this one."""
        return replace(self, project=replace(self.project, naming=self.project.naming or naming))

    @property
    def provenance(self) -> str:
        """Where the facts come from, e.g. `EnzymeAD/Enzyme ae27aa0e`, as far as all dialects agree."""
        texts = {origin_of(dialect) for dialect in self.project.dialects}
        return texts.pop() if len(texts) == 1 else ""


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a side on this disk, and how reports show their paths: `prefix` and the path below `base`."""

    label: str
    path: Path
    base: Path | None = None
    prefix: str = ""

    def shown(self, path: Path) -> str:
        if self.base is None or not path.is_relative_to(self.base):
            return path.as_posix()
        return self.prefix + path.relative_to(self.base).as_posix()


def origin_of(dialect: Dialect) -> str:
    """Where the facts of a dialect come from, e.g. `EnzymeAD/Enzyme ae27aa0e`; empty where its spec does not say it."""
    known = dict(dialect.provenance)
    return " ".join(known[key] for key in ("repository", "commit", "date") if known.get(key))


def is_dump(label: str) -> bool:
    """Whether a side is the JSON of llvm-tblgen."""
    return Path(label).suffix == ".json"


def path_from_top(repository: Repository, label: str, path: str) -> str:
    """A path of a revision as seen from the top, from where git sees it too unless it begins with `./` or `../`."""
    top = Path(os.path.realpath(repository.top()))
    if path.startswith(("./", "../")) or path == ".":
        inside = Path(os.path.realpath(path))
        if not inside.is_relative_to(top):
            raise ToolError(f"'{path}' of '{label}' is not in the repository")
        path = inside.relative_to(top).as_posix()
    return path.rstrip("/") or "."


def _archived(label: str, revision: str, path: str, target: Path) -> _Files:
    """The files of a revision, below `target`."""
    repository = Repository(Path())
    path = path_from_top(repository, label, path)
    try:
        commit = repository.commit(revision)
    except ToolError as error:
        raise ToolError(f"there is no revision {revision!r} in this repository") from error
    folder = "." if path == "." else str(Path(path).parent if Path(path).suffix else Path(path))
    blobs = repository.blobs(commit, folder)
    if path != "." and not any(found == path or found.startswith(f"{path}/") for found in blobs):
        raise ToolError(f"there is no '{path}' in revision '{revision}' of this repository")
    write_blobs(repository, blobs, target)
    return _Files(label, target / path, target, f"{revision}:")


@contextmanager
def _opened(label: str) -> Iterator[_Files]:
    """The files of a side."""
    found = _REVISION.fullmatch(label)
    if Path(label).exists() or found is None or re.fullmatch(r"[A-Za-z]", found["revision"]):
        if not Path(label).exists():
            raise ToolError(f"cannot read {label}: there is no such file or folder (a revision is REV:PATH)")
        yield _Files(label, Path(label))
        return
    with tempfile.TemporaryDirectory(prefix="opspec-") as temporary:
        yield _archived(label, found["revision"], found["path"], Path(temporary).resolve())


def _specs(folder: Path) -> list[Path]:
    """The facts below a folder that is no project, in the order of paths."""
    if (folder / "dialect.yaml").is_file():
        return [folder / "dialect.yaml"]
    return sorted(folder.glob("*/dialect.yaml"))


class _Loader:
    def __init__(self, files: _Files, with_overlay: bool, orphans: list[Missing] | None) -> None:
        self._orphans = orphans
        self._files = files
        self._with_overlay = with_overlay
        self._diagnostics = Diagnostics()
        self._sheets: list[Sheet] = []

    def load(self) -> LoadedSide:
        path = self._files.path
        project: ProjectSide
        if path.is_dir() and (path / "bindings.yaml").is_file():
            project = self._project(path / "bindings.yaml")
        elif path.name == "bindings.yaml":
            project = self._project(path)
        else:
            facts = _specs(path) if path.is_dir() else [path]
            if not facts:
                raise ToolError(f"{self._files.label} holds no bindings.yaml, no dialect.yaml and no */dialect.yaml")
            project = ProjectSide(self._dialects(facts), "")
        self._raise_if_any()
        names = [dialect.name for dialect in project.dialects]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ToolError(f"{self._files.label} has two specs of the dialect '{twice[0]}'")
        shown = self._files.shown(path)
        sheets = Sheets(shown, tuple(self._sheets))
        is_one = path.is_file() or (path / "dialect.yaml").is_file()
        return LoadedSide(self._files.label, project, sheets, self._with_overlay, not project.naming and is_one)

    def _project(self, config: Path) -> ProjectSide:
        bindings = load_bindings(config, self._diagnostics, with_texts=False)
        self._raise_if_any()
        assert bindings is not None, "a description that is not there is reported"
        root = read_yaml(config, Diagnostics())
        if root is not None:
            self._sheets.append(Sheet("bindings", root, self._files.shown(config)))
        return ProjectSide(
            self._dialects(bindings.specs),
            bindings.naming,
            bindings.package,
            bindings.conventions,
            bindings.is_naming_forced,
            "rust" in bindings.targets,
        )

    def _dialects(self, facts: Sequence[Path]) -> tuple[Dialect, ...]:
        found = []
        with progress("reading specs", len(facts)) as done:
            for count, path in enumerate(facts, 1):
                sheets: list[tuple[Path, MapNode]] = []
                dialect = load_dialect(
                    path, self._diagnostics, with_overlay=self._with_overlay, orphans=self._orphans, sheets=sheets
                )
                if dialect is not None:
                    found.append(dialect)
                    self._sheets += [Sheet(dialect.name, root, self._files.shown(sheet)) for sheet, root in sheets]
                done(count)
        return tuple(found)

    def _raise_if_any(self) -> None:
        """Raise what is wrong, with the paths that the user knows."""

        def shown(location: Location) -> Location:
            return replace(location, path=self._files.shown(Path(location.path)))

        try:
            self._diagnostics.raise_if_any()
        except SpecError as error:
            diagnostics = [
                replace(
                    found,
                    location=shown(found.location),
                    notes=tuple(replace(note, location=shown(note.location)) for note in found.notes),
                )
                for found in error.diagnostics
            ]
            raise SpecError(diagnostics) from None


def load_side(label: str, *, with_overlay: bool = True, orphans: list[Missing] | None = None) -> LoadedSide:
    """One side that is no record dump. `orphans` takes what overlays say about things that are gone, if it is given."""
    with _opened(label) as files:
        return _Loader(files, with_overlay, orphans).load()


def load_dump(label: str, dialects: Sequence[str]) -> LoadedSide:
    """The dialects of a record dump: those asked for, or each that it defines operations of."""
    from opspec.diff.dumps import dumped_dialects  # reading TableGen is loaded where there is some

    return LoadedSide(label, ProjectSide(dumped_dialects(label, dialects), ""), Sheets(label), False)


def load_sides(
    old: str, new: str, dialects: Sequence[str] = (), *, facts_only: bool = False
) -> tuple[LoadedSide, LoadedSide]:
    """Both sides of a comparison.

    Where one is a record dump, which has facts only, overlays do not count on the other side either, and of the dump
    those dialects are read that the other side has. Beside one spec, only its dialect counts of the other side.
    `dialects` restricts both. A side without a naming convention takes the other's.

    Raises `SpecError` and `ToolError`: a side that cannot be loaded is never an empty one.
    """
    labels, dumps = (old, new), (is_dump(old), is_dump(new))
    with_overlay = not facts_only and not any(dumps)
    for label, dump in zip(labels, dumps, strict=True):
        if dump and not Path(label).is_file():
            raise ToolError(f"cannot read {label}: there is no such file")
    read = {
        label: load_side(label, with_overlay=with_overlay)
        for label, dump in zip(labels, dumps, strict=True)
        if not dump
    }
    wanted = tuple(dialects)
    if not wanted and any(dumps):
        from opspec.diff.dumps import with_operations

        defined = {name for label in labels if is_dump(label) for name in with_operations(label)}
        wanted = tuple(name for side in read.values() for name in side.project.names()) or tuple(sorted(defined))
    if not wanted:
        wanted = tuple(name for side in read.values() if side.is_one for name in side.project.names())
    first, second = (read[label] if label in read else load_dump(label, wanted) for label in labels)
    if dialects or (wanted and not all(dumps)):
        first, second = _restricted(first, wanted), _restricted(second, wanted)
    naming = first.project.naming or second.project.naming or CONVENTIONS[0]
    return first.named(naming), second.named(naming)


def _restricted(side: LoadedSide, dialects: Sequence[str]) -> LoadedSide:
    found = tuple(dialect for dialect in side.project.dialects if dialect.name in dialects)
    if not found:
        has = ", ".join(side.project.names())
        raise ToolError(f"{side.label} has no dialect {', '.join(dialects)} (it has: {has})")
    return replace(side, project=replace(side.project, dialects=found))
