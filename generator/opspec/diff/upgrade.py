"""An upgrade in one go: extract, compare with the committed specs, write `CHANGES.md`, regenerate, sum up."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostic, ToolError
from opspec.diff.accept import Acceptance, divide, read_accepted
from opspec.diff.changes import Bump
from opspec.diff.compare import compare
from opspec.diff.griffe_check import check_with_griffe
from opspec.diff.orphans import Orphan, find_orphans
from opspec.diff.prune import patch_of, prune
from opspec.diff.report.markdown import render_markdown
from opspec.diff.report.model import Report
from opspec.diff.sources import LoadedSide, load_side
from opspec.disk.files import write_file
from opspec.disk.repository import Repository
from opspec.emitters.markdown import cell
from opspec.emitters.output import refuse_changes, write_tree
from opspec.extraction import Tools, update_facts
from opspec.naming.policy import CONVENTIONS
from opspec.pipeline import generate, load_project, missing_imports, read_bindings
from opspec.spec.bindings import Bindings
from opspec.spec.references import Missing

__all__ = ["Upgrade", "accepted_beside", "bumped", "upgrade"]

CHANGES = "CHANGES.md"
PATCH = "overlays.patch"
_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade did: a line for each dialect extracted, the comparison, orphans of overlays, files written.

    `patch` is what was taken from the overlays, if that was asked for. `imports` are what hand-written modules import
    and the generated ones no longer have.
    """

    extracted: tuple[str, ...]
    report: Report
    orphans: tuple[Orphan, ...]
    written: int
    changes: Path
    patch: Path | None = None
    imports: tuple[Diagnostic, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether nothing is left that a person has to decide."""
        return not self.imports and (not self.orphans or self.patch is not None)

    def summary(self, version: str) -> Iterator[str]:
        """What a person reads at the end; `version` is the version so far, empty where it is not known."""
        yield from self.extracted
        yield ""
        yield f"{self.report.headline()}, told in {_shown(self.changes)}"
        yield from (f"  {count.words} ({count.level.word})" for count in self.report.counts())
        if self.report.griffe is not None:
            for finding in self.report.griffe.unexplained:
                yield f"griffe sees what no change explains: {finding.path}: {finding.what}"
        if self.orphans:
            yield ""
            if self.patch is not None:
                yield f"These entries have lost what they speak of; they are in {_shown(self.patch)} now:"
            else:
                yield "The overlays are as they were. These entries have lost what they speak of; rename or remove"
                yield "them, or move all of them to a patch with --prune:"
            yield from (f"  {orphan}" for orphan in self.orphans)
        if self.imports:
            yield ""
            yield "These modules written by hand import what the generated ones do not have any more:"
            yield from (f"  {each.location}: {each.message}; {each.hint}" for each in self.imports)
        yield ""
        yield f"{self.written} generated files written"
        bump = self.report.bump
        step = f": {version} -> {bumped(version, bump)}" if version and bump is not Bump.NONE else ""
        yield f"suggested version bump: {bump.word}{step}"


def _shown(path: Path) -> str:
    """A path as seen from here, where it is below."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def bumped(version: str, bump: Bump) -> str:
    """The next version. Before 1.0.0 the second number stands for the first, as is the custom.

    Raises `ToolError` where `version` is not three numbers.
    """
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        raise ToolError(f"the version '{version}' is not three numbers, such as 1.2.3")
    major, minor, patch = map(int, parts)
    step = min(bump, Bump.MINOR) if major == 0 else bump
    match step:
        case Bump.MAJOR:
            return f"{major + 1}.0.0"
        case Bump.MINOR:
            return f"{major}.{minor + 1}.0"
        case Bump.PATCH:
            return f"{major}.{minor}.{patch + 1}"
        case Bump.NONE:
            return version


def _committed(folder: Path) -> str | None:
    """The specs of a folder as they are committed, as a side of a comparison; None where they are not."""
    repository = Repository(folder)
    try:
        inside = Path(os.path.realpath(folder)).relative_to(os.path.realpath(repository.top())).as_posix()
        blobs = repository.blobs(repository.commit("HEAD"), inside)
    except (ToolError, ValueError):
        return None
    return f"HEAD:{inside}" if f"{inside}/bindings.yaml".removeprefix("./") in blobs else None


def _orphans_in_markdown(orphans: Sequence[Orphan]) -> str:
    lines = "\n".join(f"- {cell(str(orphan))}" for orphan in orphans)
    return f"## Overlay entries without a target\n\nRename or remove them by hand:\n\n{lines}"


def _imports_in_markdown(imports: Sequence[Diagnostic]) -> str:
    lines = "\n".join(f"- {cell(f'{each.location}: {each.message}; {each.hint}')}" for each in imports)
    return f"## Imports without a target\n\nChange these modules by hand:\n\n{lines}"


def accepted_beside(config: Path) -> tuple[Acceptance, ...]:
    """The changes that somebody accepted, from the `accepted.yaml` beside a project's description."""
    path = config.with_name("accepted.yaml")
    return read_accepted(path) if path.is_file() else ()


def upgrade(
    config: Path,
    source: str,
    ref: str | None,
    tools: Tools,
    provenance: Sequence[tuple[str, str]],
    against: str | None,
    *,
    force: bool = False,
    pruning: bool = False,
) -> Upgrade:
    """Do it all for the project of `config`.

    The comparison is with `against`, else with the specs as they are committed, else with those on disk before the
    extraction. Nothing is written before everything is extracted, nor where somebody changed a generated file and
    `force` is not given. With `pruning`, what overlays say of things that are gone is moved to a patch. Raises
    `SpecError` and `ToolError`.
    """
    bindings, diagnostics = read_bindings(config)
    diagnostics.raise_if_any()
    if not force:
        refuse_changes(bindings.output)
    folder = config.parent
    base = against or _committed(folder)
    before: list[Missing] = []
    old: LoadedSide = load_side(base or folder.as_posix(), orphans=before)
    extracted = tuple(update_facts(bindings, source, ref, tools, provenance))
    missing: list[Missing] = []
    new = load_side(folder.as_posix(), orphans=missing)
    old, new = old.named(new.project.naming or CONVENTIONS[0]), new.named(old.project.naming or CONVENTIONS[0])
    changes = compare(old.project, new.project)
    entries = accepted_beside(config)
    report = Report(old, new, divide(changes, entries), check_with_griffe(old.project, new.project, changes))
    orphans = find_orphans(missing, old.project, new.project, changes)
    patch = _prune(bindings, folder) if pruning and missing else ""
    bindings, diagnostics = read_bindings(config)
    project = load_project(bindings, diagnostics, [])
    written = write_tree(bindings.output, generate(project), force=force)
    path = bindings.output / CHANGES
    text = render_markdown(report, "Changes of the last upgrade")
    imports = missing_imports(project)
    blocks = [text, *([_orphans_in_markdown(orphans)] if orphans else [])]
    blocks += [_imports_in_markdown(imports)] if imports else []
    write_file(path, "\n\n".join(blocks) + "\n")
    kept = bindings.output / PATCH if patch else None
    if kept is not None:
        write_file(kept, patch)
    return Upgrade(extracted, report, orphans, len(written.touched), path, kept, imports)


def _prune(bindings: Bindings, folder: Path) -> str:
    """Take from the overlays what speaks of things that are gone, until nothing does; returns the patch."""
    overlays = [facts.with_name("overlay.yaml") for facts in bindings.specs]
    before = {path: path.read_text(encoding="utf-8") for path in overlays if path.is_file()}
    for _ in range(_ROUNDS):
        missing: list[Missing] = []
        load_side(folder.as_posix(), orphans=missing)
        if not sum(prune(path, missing) for path in before):
            break
    return "".join(patch_of(text, path.read_text(encoding="utf-8"), _shown(path)) for path, text in before.items())
