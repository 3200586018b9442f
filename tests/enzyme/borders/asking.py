"""What the binaries say about modules: `accepted`, or the first line of the error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from enzyme_mlir import lowering

from .expand import ACCEPTED, Border

__all__ = ["ask"]

_PLACE = re.compile(r"^loc\((?:[^()]|\([^()]*\))*\): (?:error: )?")


def _words(verdict: lowering.Verdict) -> str:
    if verdict.text is not None:
        return ACCEPTED
    first = next(iter(verdict.message.strip().splitlines()), "ended without a word")
    return _PLACE.sub("", first).strip()


def ask(members: Sequence[Border], release: str, folder: Path) -> dict[Border, str]:
    """The verdicts of a release, in the folder, on those members whose operation it has."""
    asked = [member for member in members if release in member.releases]
    verdicts = lowering.verdicts([member.module for member in asked], "", enzyme=folder, share=100)
    return {member: _words(verdict) for member, verdict in zip(asked, verdicts, strict=True)}
