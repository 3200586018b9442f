"""What each release of the real Enzyme says about the example of every operation of every dialect."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from enzyme_mlir import lowering
from tests.enzyme.installed import RELEASES, folder_of

__all__ = ["SNAPSHOTS", "Asked", "asked"]

FOLDER = Path(__file__).parents[3] / "generated" / "snapshots"
SNAPSHOTS = {
    f"{path.parent.name}.{path.stem}": path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*/*.mlir"))
}
"""The text of each example, by the full name of its operation."""

NEWEST_FIRST = tuple(reversed(RELEASES))


@dataclass(frozen=True)
class Asked:
    """The words of each release that was asked about an example, newest first; empty words accept it."""

    operation: str
    words: tuple[tuple[str, str], ...]

    @property
    def accepted(self) -> str:
        """The newest release that accepts the example; empty for none."""
        return next((release for release, words in self.words if not words), "")

    @property
    def refusals(self) -> tuple[tuple[str, str], ...]:
        """The releases that do not, each with its words, as far as they were asked."""
        return tuple((release, words) for release, words in self.words if words)


def _words(verdict: lowering.Verdict) -> str:
    """The first line of a complaint, without the place; empty where there is none."""
    if verdict.text is not None:
        return ""
    first = next(iter(verdict.message.strip().splitlines()), "") or "ended without a word"
    return re.sub(r"^loc\([^)]*\): (error: )?", "", first).strip()


@cache
def asked() -> tuple[Asked, ...]:
    """The newest release is asked about every example, an older one about those that no newer one accepts."""
    words: dict[str, list[tuple[str, str]]] = {name: [] for name in SNAPSHOTS}
    left = list(SNAPSHOTS)
    for release in NEWEST_FIRST:
        verdicts = lowering.verdicts([SNAPSHOTS[name] for name in left], "", enzyme=folder_of(release), share=20)
        for name, verdict in zip(left, verdicts, strict=True):
            words[name].append((release, _words(verdict)))
        left = [name for name in left if words[name][-1][1]]
    return tuple(Asked(name, tuple(found)) for name, found in words.items())
