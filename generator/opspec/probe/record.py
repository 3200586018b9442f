"""What several releases were found to have, as the data that `releases.yaml` holds."""

from __future__ import annotations

from collections.abc import Sequence

from opspec.model.dialect import Dialect
from opspec.model.releases import DialectReleases, Offered, Spelling
from opspec.probe.installation import DISTRIBUTION
from opspec.probe.items import Kind, Status
from opspec.probe.probe import Findings

__all__ = ["record_releases"]


def record_releases(dialect: Dialect, probed: Sequence[tuple[str, Findings]]) -> DialectReleases:
    """Sum up the findings on one dialect; `probed` holds each release, the oldest first, and what was found in it."""
    releases = tuple(release for release, _ in probed)

    def offered(kinds: Sequence[Kind], prefix: str, separator: str) -> tuple[Offered, ...]:
        missing: dict[str, set[str]] = {}
        for release, findings in probed:
            for item in findings.items:
                if item.dialect == dialect.name and item.kind in kinds and item.status is Status.MISSING:
                    name = item.name.removeprefix(prefix).replace(" ", separator)
                    missing.setdefault(name, set()).add(release)
        return tuple(
            Offered(name, tuple(release for release in releases if release not in missing[name]))
            for name in sorted(missing)
        )

    own = f"{dialect.name}."
    operations = offered((Kind.OPERATION,), own, " ")
    return DialectReleases(
        dialect.name,
        DISTRIBUTION,
        releases,
        operations,
        _within(operations, offered((Kind.OPERATION_ATTRIBUTE,), own, ".")),
        offered((Kind.ATTRIBUTE, Kind.TYPE), "", " "),
        offered((Kind.CASE,), "", "."),
        _spellings(dialect, probed),
    )


def _within(operations: Sequence[Offered], attributes: Sequence[Offered]) -> tuple[Offered, ...]:
    """The attributes, each only in releases that have its operation."""
    having = {operation.name: operation.releases for operation in operations}
    found: list[Offered] = []
    for attribute in attributes:
        owners = having.get(attribute.name.rpartition(".")[0], attribute.releases)
        found.append(Offered(attribute.name, tuple(release for release in attribute.releases if release in owners)))
    return tuple(found)


def _spellings(dialect: Dialect, probed: Sequence[tuple[str, Findings]]) -> tuple[Spelling, ...]:
    formats: dict[str, dict[str, str]] = {}
    for release, findings in probed:
        for owner, found in findings.definitions:
            if owner == dialect.name and found.format is not None and found.format != found.definition.format:
                formats.setdefault(found.name, {})[release] = found.format
    return tuple(Spelling(name, tuple(formats[name].items())) for name in sorted(formats))
