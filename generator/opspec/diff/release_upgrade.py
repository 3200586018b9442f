"""An upgrade to an installed release: what it has is learnt, and set against what the release before it has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from opspec.diagnostics import Diagnostics
from opspec.diff.accept import divide
from opspec.diff.compare import compare
from opspec.diff.griffe_check import check_with_griffe
from opspec.diff.report.markdown import render_markdown
from opspec.diff.report.model import Report
from opspec.diff.sources import LoadedSide, load_side
from opspec.diff.upgrade import CHANGES, Upgrade, accepted_beside
from opspec.disk.files import write_file
from opspec.emitters.output import refuse_changes, write_tree
from opspec.extraction import SCHEMA_PATH
from opspec.learn.binaries import enzyme_binary
from opspec.learn.parts import learn_parts
from opspec.learn.project import learn_more
from opspec.model.released import as_of
from opspec.naming.policy import CONVENTIONS
from opspec.pipeline import Project, generate, load_project, missing_imports, read_bindings
from opspec.probe.installation import in_order_of_numbers, installed
from opspec.probe.merging import with_release
from opspec.probe.record import record_releases
from opspec.probe.run import probe_installations
from opspec.spec.bindings import Bindings
from opspec.spec.releases import print_releases

__all__ = ["upgrade_to_release"]

INSTALLED = Path("build/enzyme")
"""Where releases are installed that are given by their numbers."""


def upgrade_to_release(config: Path, source: str, *, force: bool = False) -> Upgrade:
    """Do it all for the project of `config`: `source` is a folder with an installed Enzyme, or a release that pip gets.

    What the specs lack is learnt and stands in `learned.yaml` beside them; what the release has otherwise than they say
    is asked, and stands in `releases.yaml`. The comparison is between the newest release that was known so far and this
    one. Raises `SpecError` and `ToolError`.
    """
    bindings, diagnostics = read_bindings(config)
    diagnostics.raise_if_any()
    if not force:
        refuse_changes(bindings.output)
    found = installed(source, INSTALLED)
    binary = enzyme_binary(found)
    fresh: dict[str, tuple[str, ...]] = {}
    lines: list[str] = []
    for more in learn_more(bindings, Diagnostics(), binary, SCHEMA_PATH):
        write_file(more.path, more.text)
        fresh[more.dialect] = more.fresh
        lines.append(f"{more.dialect}: learnt {', '.join(more.fresh)}")
    known = _record(bindings, found.folder, fresh)
    before = _before(known, found.release)
    side = load_side(config.parent.as_posix(), orphans=[])
    side = side.named(side.project.naming or CONVENTIONS[0])
    old, new = _side(side, before or found.release), _side(side, found.release)
    changes = compare(old.project, new.project)
    report = Report(
        old, new, divide(changes, accepted_beside(config)), check_with_griffe(old.project, new.project, changes)
    )
    project = load_project(bindings, Diagnostics(), [])
    written = write_tree(bindings.output, generate(project), force=force)
    path = bindings.output / CHANGES
    title = f"Changes from release {before} to {found.release}" if before else f"Release {found.release}"
    write_file(path, render_markdown(report, title) + "\n")
    lines += [] if fresh else [f"the specs have all that release {found.release} has"]
    lines += _untold(project, found.release)
    return Upgrade(tuple(lines), report, (), len(written.touched), path, None, missing_imports(project))


def _record(bindings: Bindings, folder: Path, fresh: dict[str, tuple[str, ...]]) -> set[str]:
    """Ask the release what it has, and write `releases.yaml` beside each spec; gives all releases that are known."""
    project = load_project(bindings, Diagnostics(), [])
    dialects = [dialect for dialect, _ in project.dialects]
    probed = probe_installations(dialects, [folder])
    learnt = learn_parts(bindings, dialects, [folder], probed)
    releases: set[str] = set()
    for path, dialect in zip(bindings.specs, dialects, strict=True):
        found = record_releases(dialect, probed, learnt)
        merged = with_release(dialect.releases, found, fresh.get(dialect.name, ()))
        releases.update(merged.releases)
        write_file(path.with_name("releases.yaml"), print_releases(merged))
    return releases


def _untold(project: Project, release: str) -> list[str]:
    """A line for each operation of which the release wants other parts than the specs say, and which is not told."""
    return [
        f"{dialect.name}.{each.name}: which parts release {release} has is not told, builders refuse it there"
        for dialect, _ in project.dialects
        for each in (dialect.releases.counts if dialect.releases is not None else ())
        if release in dict(each.counts)
    ]


def _before(releases: set[str], release: str) -> str:
    """The release before this one, of those that are known; else the one behind it; empty where there is no other."""
    ordered = in_order_of_numbers(releases)
    place = ordered.index(release)
    if place:
        return ordered[place - 1]
    return ordered[1] if len(ordered) > 1 else ""


def _side(side: LoadedSide, release: str) -> LoadedSide:
    """A side as one release has it."""
    dialects = tuple(as_of(dialect, release) for dialect in side.project.dialects)
    return replace(side, label=release, project=replace(side.project, dialects=dialects))
