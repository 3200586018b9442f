"""Other ways of writing what the programs do: each form in both modes, beside finite differences.

The forms are in `forms/*.mlir`, one function `@f` each. Above it stand what it is, values for its arguments (`at`), and
the arguments that it is differentiated by (`wrt`), all of floats by default. Arrays without values are drawn.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import enzyme_mlir
from enzyme_mlir.testing import check_gradient

FORMS = Path(__file__).parent / "forms"


@dataclass(frozen=True, slots=True)
class Form:
    """A function, and where to differentiate it."""

    name: str
    text: str
    at: str
    wrt: tuple[str, ...] | None

    def point(self) -> dict[str, Any]:
        """A value for each argument."""
        given, rng = json.loads(self.at), np.random.default_rng(3)
        found: dict[str, Any] = {}
        for one in enzyme_mlir.jvp(self.text, "f", wrt=self.wrt).signature.inputs:
            if one.name.startswith("tangent of "):
                continue
            value = given.get(one.name)
            if hasattr(one.kind, "element"):
                sizes = tuple(5 if size is None else size for size in one.kind.shape)
                value = rng.uniform(-1.5, 1.5, sizes) if value is None else value
                value = np.array(value, one.kind.element.dtype)
            found[one.name] = value
        return found


def read_forms() -> list[Form]:
    """All forms."""
    found: list[Form] = []
    for path in sorted(FORMS.glob("*.mlir")):
        for part in path.read_text().split("// -----\n"):
            lines = part.strip().splitlines()
            notes = dict(line[3:].split(": ", 1) for line in lines if line.startswith(("// at: ", "// wrt: ")))
            wrt = tuple(json.loads(notes["wrt"])) if "wrt" in notes else None
            found.append(Form(f"{path.stem}: {lines[0][3:]}", part, notes.get("at", "{}"), wrt))
    return found


ALL = read_forms()


@pytest.mark.parametrize("form", ALL, ids=[form.name for form in ALL])
def test_both_modes_are_as_finite_differences(form: Form) -> None:
    report = check_gradient(form.text, "f", at=form.point(), wrt=form.wrt, elements=6)
    assert {row.mode for row in report.rows} == {"forward", "reverse"}
    assert report.worst < 1e-7, str(report)
