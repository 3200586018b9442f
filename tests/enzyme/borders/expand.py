"""Modules on both sides of the borders of rules that Enzyme checks in C++, and what each release says about them.

A file `<dialect>.yaml` beside this one lists families of modules, written by hand:

- `operation`: the operation, or several; `$operation` in the module stands for it.
- `rule`: the rule in words. A family may show as well that nothing is checked.
- `module`: MLIR text, of any host; `$name` stands for a value.
- `try`: groups of values. In a group, a list is tried value by value, in all combinations. `3 of T` is `T, T, T`.
- `with`: values that all members have.
- `releases`: the releases that have the operation; by default all.

`verdicts/<dialect>.yaml` is written by `python -m tests.enzyme.borders.record`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

import yaml

from enzyme_mlir.releases import RELEASES

__all__ = ["ACCEPTED", "DIALECTS", "FOLDER", "Border", "borders", "load", "recorded", "said"]

FOLDER = Path(__file__).parent
DIALECTS = sorted(path.stem for path in FOLDER.glob("*.yaml"))
ACCEPTED = "accepted"
_TIMES = re.compile(r"(\d+) of (.*)", re.DOTALL)


@dataclass(frozen=True)
class Border:
    """One module beside a border. `values` tells it from the others of its family."""

    operation: str
    rule: str
    values: str
    module: str
    releases: tuple[str, ...]

    @property
    def family(self) -> str:
        """What its verdicts are listed under."""
        return f"{self.operation}: {self.rule}"


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def _spelled(value: object) -> str:
    text = "" if value is None else str(value)
    times = _TIMES.fullmatch(text)
    return text if times is None else ", ".join([times[2]] * int(times[1]))


def _combinations(group: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The values of a group in all combinations."""
    tried = [value if isinstance(value, list) else [value] for value in group.values()]
    for values in itertools.product(*tried):
        yield dict(zip(group, map(str, values), strict=True))


def _members(family: dict[str, Any]) -> Iterator[Border]:
    operations = family["operation"] if isinstance(family["operation"], list) else [family["operation"]]
    releases = tuple(str(release) for release in family.get("releases", RELEASES))
    for operation in operations:
        for group in family["try"]:
            for values in _combinations(group):
                spelled = {name: _spelled(value) for name, value in {**family.get("with", {}), **values}.items()}
                text = Template(family["module"]).substitute(spelled, operation=operation)
                words = ", ".join(f"{name}={value}" for name, value in values.items())
                yield Border(operation, family["rule"], words, Template(text).safe_substitute(spelled), releases)


def borders(dialect: str) -> tuple[Border, ...]:
    """The modules of a dialect; one that several groups give is there once."""
    families = load(FOLDER / f"{dialect}.yaml")
    members = [member for family in families for member in _members(family)]
    return tuple({(member.family, member.values): member for member in members}.values())


def recorded(dialect: str) -> dict[str, dict[str, Any]]:
    """What was written down: by family and values, one verdict, or one for each release that says another thing."""
    found: dict[str, dict[str, Any]] = load(FOLDER / "verdicts" / f"{dialect}.yaml")
    return found


def said(border: Border, release: str, verdicts: dict[str, dict[str, Any]]) -> str:
    """The verdict of a release that was written down: `accepted`, or the first line of the error."""
    found = verdicts[border.family][border.values]
    return str(found if isinstance(found, str) else found[release])
