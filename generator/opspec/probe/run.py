"""Probes of installed Enzymes, and the files that hold what they found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from opspec.model.dialect import Dialect, Operation
from opspec.model.released import facts_alone
from opspec.probe.batch import Batch
from opspec.probe.installation import find_installation, in_order
from opspec.probe.probe import Findings, probe_family
from opspec.probe.record import record_releases
from opspec.probe.report import probe_page
from opspec.spec.releases import print_releases

__all__ = ["probe_files", "probe_installations"]


def probe_installations(dialects: Sequence[Dialect], folders: Sequence[Path]) -> list[tuple[str, Findings]]:
    """What each Enzyme has, by release, the oldest first; the installed one where no folder is given.

    Raises `ToolError` where a folder holds no Enzyme, or one that cannot be loaded.
    """
    places: Sequence[Path | None] = folders or (None,)
    installations = in_order([find_installation(folder) for folder in places])
    probed: list[tuple[str, Findings]] = []
    specs = [facts_alone(dialect) for dialect in dialects]
    for found in installations:
        with Batch(found.library) as batch:
            probed.append((found.release, probe_family(specs, found.library, batch.ask)))
    return probed


def probe_files(
    specs: Sequence[Path],
    dialects: Sequence[Dialect],
    probed: Sequence[tuple[str, Findings]],
    *,
    learnt: Mapping[str, Mapping[str, Operation]] | None,
    pages: Path | None,
) -> Iterable[tuple[Path, str]]:
    """The files to write: `releases.yaml` beside each of the specs, a page for each release in the folder `pages`.

    `learnt` are the operations that have other parts in releases, see `record_releases`; nothing is recorded without.
    """
    if learnt is not None:
        for spec, dialect in zip(specs, dialects, strict=True):
            yield spec.with_name("releases.yaml"), print_releases(record_releases(dialect, probed, learnt))
    if pages is not None:
        for release, findings in probed:
            yield pages / f"{release}.md", probe_page(release, dialects, findings)
