"""Runs programs on generated packages: one child that loads MLIR once and forks for every program."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from opspec.diff.sides import ProjectSide
from opspec.emitters.output import write_tree
from opspec.emitters.python.render import render_module, render_package
from opspec.pyview.build import build_module
from opspec.spec.distribution import Distribution

PACKAGE = "bindings"

_RUNNER = """\
import contextlib, io, json, os, sys

shared, programs = json.load(sys.stdin)
sys.path.insert(0, shared)
import bindings.dialects
import bindings.testing


def outcome(program, folder):
    bindings.dialects.__path__ = [folder]
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output):
            exec(compile(program, "<witness>", "exec"), {})
    except Exception as error:
        return ["wrong", f"{type(error).__name__}: {error}"]
    return ["right", output.getvalue()]


outcomes = []
for program, folder in programs:
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        with os.fdopen(writer, "w") as stream:
            json.dump(outcome(program, folder), stream)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        text = stream.read()
    os.waitpid(child, 0)
    outcomes.append(json.loads(text) if text else ["wrong", "the process ended"])
json.dump(outcomes, sys.stdout)
"""


@dataclass(frozen=True)
class Packages:
    """Generated packages below a folder. What does not depend on the spec is there once, and loaded once."""

    root: Path

    def write(self, side: ProjectSide) -> Path:
        """The dialects' modules of a side; returns their folder."""
        self.root.mkdir(exist_ok=True)
        folder = self.root / str(len(list(self.root.iterdir())))
        modules = [build_module(dialect, side.policy(dialect)) for dialect in side.dialects]
        write_tree(folder, [render_module(module, PACKAGE, "") for module in modules])
        return folder / "python" / PACKAGE / "dialects"

    def outcomes(self, programs: Sequence[tuple[str, Path]]) -> list[tuple[str, str]]:
        """How each program ends on the modules of a folder: `right` with what it printed, or `wrong` with its error."""
        shared = self.root / "shared"
        write_tree(shared, render_package(PACKAGE, [], (), "", extending=(), distribution=Distribution()))
        done = subprocess.run(
            [sys.executable, "-c", _RUNNER],
            input=json.dumps([str(shared / "python"), [(program, str(folder)) for program, folder in programs]]),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [(kind, text) for kind, text in json.loads(done.stdout)]
