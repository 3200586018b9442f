"""`verify` beside the binaries, on the modules at the borders of C++'s rules: where the two differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from enzyme_mlir import ir, new_context, using_release, verify

from .expand import ACCEPTED, DIALECTS, FOLDER, Border, borders, load, recorded, said

__all__ = ["REASONS", "Difference", "differences", "listed"]

REASONS = {
    "contract": "the binary compares nothing here and its passes fail later: the contract of the operation is checked",
    "sizes": "the binary compares sizes that are not known as numbers: here they may be any",
    "lost": "the binary drops an attribute that it does not know without a word",
    "terminator": "the binary takes any terminator: here a region ends with the one that belongs to it",
    "opaque": "only C++ checks it, as the reference says",
    "untyped": "the binary takes no type that is known",
    "table": "the binary looks at the operation around",
}
"""Why `verify` and a binary may say different things."""


@dataclass(frozen=True)
class Difference:
    """A module on which `verify` and a release differ; `findings` is what `verify` says, nothing where it is silent."""

    border: Border
    release: str
    said: str
    findings: tuple[str, ...]


def differences() -> Iterator[Difference]:
    """Where `verify` refuses what a release accepts, or the other way round."""
    with new_context():
        for dialect in DIALECTS:
            verdicts = recorded(dialect)
            for border in borders(dialect):
                module = ir.Module.parse(border.module)
                for release in border.releases:
                    with using_release(release):
                        findings = tuple(map(str, verify(module)))
                    verdict = said(border, release, verdicts)
                    if (verdict == ACCEPTED) is bool(findings):
                        yield Difference(border, release, verdict, findings)


def listed() -> dict[str, tuple[str, int]]:
    """The differences that are known, by family: a word of `REASONS`, and how many there are."""
    found = load(FOLDER / "differences" / "known.yaml")
    return {family: (entry["reason"], entry["verdicts"]) for family, entry in found.items()}


def counted() -> Counter[str]:
    """How many differences each family has."""
    return Counter(difference.border.family for difference in differences())
