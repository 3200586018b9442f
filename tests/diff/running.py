"""Runs programs on generated packages: one child that loads MLIR once and forks for every program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from opspec.diff.scopes import ProjectSide
from opspec.emitters.output import write_tree
from opspec.emitters.python.render import render_module, render_package
from opspec.naming.policy import policy_of
from opspec.surface.build import build_module

PACKAGE = "bindings"

_RUNNER = """\
import contextlib, io, json, os, sys
import mlir.ir


def outcome(program, path):
    sys.path.insert(0, path)
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output):
            exec(compile(program, "<witness>", "exec"), {})
    except Exception as error:
        return ["wrong", f"{type(error).__name__}: {error}"]
    return ["right", output.getvalue()]


outcomes = []
for program, path in json.load(sys.stdin):
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        with os.fdopen(writer, "w") as stream:
            json.dump(outcome(program, path), stream)
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
    """Generated packages below a folder; what does not depend on the spec is there once."""

    root: Path

    def _shared(self) -> Path:
        folder = self.root / "shared"
        if not folder.is_dir():
            write_tree(folder, render_package(PACKAGE, [], (), ""))
        return folder / "python" / PACKAGE

    def write(self, side: ProjectSide) -> Path:
        """The package of a side; returns the folder to import it from."""
        folder = self.root / f"{len(list(self.root.iterdir()))}" if self.root.is_dir() else self.root / "0"
        package = folder / "python" / PACKAGE
        (package / "dialects").mkdir(parents=True)
        for entry in self._shared().iterdir():
            if entry.name != "dialects":
                (package / entry.name).symlink_to(entry)
        (package / "dialects" / "__init__.py").symlink_to(self._shared() / "dialects" / "__init__.py")
        for dialect in side.dialects:
            module = build_module(dialect, policy_of(side.naming).of_dialect(dialect))
            file = render_module(module, PACKAGE, "")
            (folder / file.path).write_text(file.text, encoding="utf-8")
        return folder / "python"


def outcomes(programs: Sequence[tuple[str, Path]]) -> list[tuple[str, str]]:
    """How each program ends on a package: `right` with what it printed, or `wrong` with its error."""
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER],
        input=json.dumps([(program, str(path)) for program, path in programs]),
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [(kind, text) for kind, text in json.loads(done.stdout)]
