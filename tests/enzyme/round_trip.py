"""The round trip of attributes and types: our text, through Enzyme's parser and printer, back to our classes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from enzyme_mlir import ir, lowering
from tests.enzyme.definitions import Case, cases

TABLE = Path(__file__).with_name("drift.txt")
"""What the release of Enzyme does not know, or writes in another way than we do, by class."""

_CHUNK = 60


@dataclass(frozen=True)
class Trip:
    """What became of one case; `message` is Enzyme's complaint where it refused the text."""

    case: Case
    made: Any
    again: Any
    message: str = ""

    @property
    def drift(self) -> str:
        """What the release does differently, in general words; empty where it does nothing differently."""
        if self.message:
            return f"refused: {self.message}"
        ours, theirs = str(self.made), str(self.again)
        if theirs == f"{ours} : !{theirs.partition(' : !')[2]}":
            return f"typed: the release writes the type behind it, {theirs.partition(' : ')[2]}"
        if re.search(r"#map\d*\b", theirs):
            return "alias: an affine map is written as #map, which stands for it elsewhere in the module"
        if ours != theirs and len(theirs) < len(ours):
            return "defaults: ours states a default, without which Enzyme's parser could not read what it prints itself"
        return "" if ours == theirs else f"text: {ours} is written {theirs}"


def refused_by_us() -> list[tuple[Case, str]]:
    """The cases for which the constructor says that Enzyme could not read any text, with what it says."""
    refused = []
    for case in cases():
        try:
            case.cls.get(**case.parameters)
        except ValueError as error:
            refused.append((case, str(error)))
    return refused


def module_with(texts: Sequence[object]) -> str:
    """A module that carries attributes."""
    given = ", ".join(f"test.a{index} = {text}" for index, text in enumerate(texts))
    return f"module attributes {{{given}}} {{}}"


def _carried(text: str, count: int) -> list[Any]:
    attributes = ir.Module.parse(text).operation.attributes
    found = [attributes[f"test.a{index}"] for index in range(count)]
    return [item.value if isinstance(item, ir.TypeAttr) else item for item in found]


def _complaint(error: str) -> str:
    """The first line of Enzyme's complaint, without where in the module it is about."""
    return re.sub(r"^loc\([^)]*\): ", "", error.strip().splitlines()[0])


def _alone(made: Sequence[tuple[Case, Any]]) -> list[Trip]:
    trips = []
    verdicts = lowering.verdicts([module_with([item]) for _, item in made], "parse")
    for (case, item), verdict in zip(made, verdicts, strict=True):
        if verdict.text is None:
            trips.append(Trip(case, item, None, _complaint(verdict.message)))
        else:
            trips.append(Trip(case, item, _carried(verdict.text, 1)[0]))
    return trips


def travel(made: Sequence[tuple[Case, Any]]) -> list[Trip]:
    """Send each attribute or type to Enzyme and back: many in one module, and alone where that is refused."""
    chunks = []
    for _, group in groupby(made, key=lambda pair: pair[0].cls):
        members = list(group)
        chunks += [members[start : start + _CHUNK] for start in range(0, len(members), _CHUNK)]
    modules = [module_with([item for _, item in chunk]) for chunk in chunks]
    trips: list[Trip] = []
    for chunk, verdict in zip(chunks, lowering.verdicts(modules, "parse"), strict=True):
        if verdict.text is None:
            trips += _alone(chunk)
        else:
            back = _carried(verdict.text, len(chunk))
            trips += [Trip(case, item, again) for (case, item), again in zip(chunk, back, strict=True)]
    return trips


def all_trips() -> list[Trip]:
    """Every case that our constructors take."""
    refused = {id(case.cls): set() for case in cases()}
    for case, _ in refused_by_us():
        refused[id(case.cls)].add(repr(case))
    return travel([(c, c.cls.get(**c.parameters)) for c in cases() if repr(c) not in refused[id(c.cls)]])


def drift_table(trips: Sequence[Trip]) -> str:
    """The drift by class: in how many cases, what, and one of them."""
    lines = []
    for name, group in groupby(trips, key=lambda trip: trip.case.cls.__name__):
        members = list(group)
        kinds = dict.fromkeys(trip.drift for trip in members if trip.drift)
        for kind in kinds:
            found = [trip for trip in members if trip.drift == kind]
            lines.append(f"{name}: {len(found)} of {len(members)}: {kind}\n    e.g. {found[0].made}")
    return "\n".join(lines) + "\n"
