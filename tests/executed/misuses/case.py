"""What a case of misuse is, and how it ends."""

from __future__ import annotations

import doctest
from pathlib import Path
from typing import NamedTuple

from enzyme_mlir import HOST
from enzyme_mlir.testing import sample
from tests.executed import building

from .surroundings import TYPES, names_for

BLIND = {"mlir": "erased_values.txt"}
"""Hosts that read a freed result, and crash in one process of about eight, before they say that it is gone.

They do so when asked for its owner, which is the only question about a result that hosts check at all.
"""

FILES = [path for path in sorted(Path(__file__).parent.glob("*.txt")) if path.name != BLIND.get(HOST)]
"""The files of cases for the host in use."""


class Case(NamedTuple):
    """A wrong use: where it stands, what is done, and how that ends."""

    place: str
    does: str
    ends: str


def read(path: Path) -> list[Case]:
    """The cases of a file."""
    examples = doctest.DocTestParser().get_examples(path.read_text(encoding="utf-8"))
    return [Case(f"{path.name}:{each.lineno + 1}", each.source, each.want) for each in examples]


CASES = [case for path in FILES for case in read(path)]
"""The cases for the host in use."""


def end_of(case: Case) -> str:
    """How a case ends in this process."""
    program = compile(case.does, case.place, "exec")
    with sample(*TYPES, setup=building.SQUARE) as given:
        names = names_for(given)
        lines: list[str] = []
        try:
            exec(program, names)
        except Exception as error:  # what else it is, is for the test to say
            lines.append(f"{type(error).__name__}: {error}")
        names.clear()  # what a case has made goes before what it is made of
        if built := building.names(given[0]):
            lines.append(f"built: {', '.join(built)}")
    return "".join(f"{line}\n" for line in lines)
