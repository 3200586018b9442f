"""The command line as a user runs it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from opspec.cli import main
from tests.forks import in_fork


def opspec(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `opspec` in the folder `cwd`, with these additions to the environment."""
    if environment:
        return subprocess.run(
            [sys.executable, "-m", "opspec", *arguments],
            cwd=cwd,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    return in_fork(_run, cwd, arguments)


def _run(folder: Path, arguments: tuple[str, ...]) -> None:
    os.chdir(folder)
    main(list(arguments), prog_name="opspec")
