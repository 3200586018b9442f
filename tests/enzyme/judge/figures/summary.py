"""Verdicts of the judge on many programs, in short: no program, no numbers, only what came of each and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..verdicts import KINDS, plain_reason

__all__ = ["FOLDER", "Figures", "load", "save", "summarise"]

FOLDER = Path(__file__).parent
UNDECIDED = ("undecided", "invalid")


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of the programs of some seeds."""

    name: str
    """The file, `after-0.0.16`."""
    release: str
    """The release of Enzyme."""
    code: str
    """The commit of the code that was judged."""
    seeds: tuple[str, ...]
    """The seeds, as many programs of each."""
    outcomes: tuple[str, ...]
    """The verdicts that were given, with their reasons: `right`, `refused: EnzymeRefusal: ...`."""
    programs: tuple[int, ...]
    """For each program, in the order of seeds and numbers, which of the outcomes it had."""
    features: tuple[tuple[str, tuple[int, ...]], ...]
    """For each feature how many programs with it had each verdict, in the order of `KINDS`."""

    def count(self, kind: str) -> int:
        """How many programs had a verdict."""
        return sum(self.verdict(each) == kind for each in self.programs)

    def verdict(self, outcome: int) -> str:
        """The verdict of an outcome, without its reason."""
        return self.outcomes[outcome].partition(": ")[0]

    def reasons(self, kind: str) -> list[tuple[str, int]]:
        """The reasons of a verdict, most frequent first."""
        found = Counter(self.outcomes[each] for each in self.programs if self.verdict(each) == kind)
        return [(outcome.partition(": ")[2], count) for outcome, count in found.most_common()]


def summarise(name: str, release: str, code: str, runs: Sequence[Sequence[Mapping[str, Any]]]) -> Figures:
    """The figures of runs of the judge, one for each seed, from what it writes with `--json`."""
    verdicts = [verdict for run in runs for verdict in run]
    told = [_outcome(verdict) for verdict in verdicts]
    outcomes = sorted(set(told))
    features: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        for feature in verdict["features"]:
            features.setdefault(feature, Counter())[verdict["verdict"]] += 1
    return Figures(
        name=name,
        release=release,
        code=code,
        seeds=tuple(str(run[0]["case"]).partition("/")[0] for run in runs),
        outcomes=tuple(outcomes),
        programs=tuple(outcomes.index(each) for each in told),
        features=tuple((each, tuple(features[each][kind] for kind in KINDS)) for each in sorted(features)),
    )


def _outcome(verdict: Mapping[str, Any]) -> str:
    reason = plain_reason(verdict["why"])
    return f"{verdict['verdict']}: {reason}" if reason and verdict["verdict"] != "right" else verdict["verdict"]


def save(figures: Figures, folder: Path = FOLDER) -> None:
    """Write the file, a line for each outcome, seed and feature."""
    per_seed = len(figures.programs) // len(figures.seeds)
    programs = [figures.programs[start : start + per_seed] for start in range(0, len(figures.programs), per_seed)]
    lines = [
        "{",
        f'"release": {json.dumps(figures.release)},',
        f'"code": {json.dumps(figures.code)},',
        f'"seeds": {json.dumps(figures.seeds)},',
        _listed("outcomes", figures.outcomes) + ",",
        _listed("programs", [list(each) for each in programs]) + ",",
        _listed("features", [[feature, list(counts)] for feature, counts in figures.features]),
        "}",
    ]
    (folder / f"{figures.name}.json").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _listed(name: str, rows: Iterable[Any]) -> str:
    body = ",\n".join(json.dumps(each, separators=(",", ":")) for each in rows)
    return f'"{name}": [\n{body}\n]'


def load(name: str, folder: Path = FOLDER) -> Figures | None:
    """The figures of a name; None where there are none."""
    path = folder / f"{name}.json"
    if not path.exists():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    return Figures(
        name=name,
        release=data["release"],
        code=data["code"],
        seeds=tuple(data["seeds"]),
        outcomes=tuple(data["outcomes"]),
        programs=tuple(each for run in data["programs"] for each in run),
        features=tuple((feature, tuple(counts)) for feature, counts in data["features"]),
    )
