"""Runs programs on the generated packages of both sides, each program in a child of its own interpreter state."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from opspec.diff.scopes import ProjectSide
from opspec.emitters.output import write_tree
from opspec.emitters.python.render import render_module, render_package
from opspec.naming.policy import policy_of
from opspec.surface.build import build_module

PACKAGE = "bindings"

_RUNNER = """\
import contextlib, io, json, sys
outcomes = []
for program in json.load(sys.stdin):
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output):
            exec(compile(program, "<witness>", "exec"), {})
        outcomes.append(["right", output.getvalue()])
    except Exception as error:
        outcomes.append(["wrong", f"{type(error).__name__}: {error}"])
json.dump(outcomes, sys.stdout)
"""


@cache
def _shared() -> tuple[object, ...]:
    return render_package(PACKAGE, [], (), "")


def write_package(side: ProjectSide, root: Path) -> Path:
    """Generate the package of a side; returns the folder to import it from."""
    files = list(_shared())
    for dialect in side.dialects:
        module = build_module(dialect, policy_of(side.naming).of_dialect(dialect))
        files.append(render_module(module, PACKAGE, ""))
    write_tree(root, files)  # type: ignore[arg-type]
    return root / "python"


def outcomes(programs: Sequence[str], path: Path) -> list[tuple[str, str]]:
    """How each program ends on a package: `right` with what it printed, or `wrong` with its error."""
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER],
        input=json.dumps(list(programs)),
        env={**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [(kind, text) for kind, text in json.loads(done.stdout)]
