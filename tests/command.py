"""The command line as a user runs it: in a process of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from opspec.cli import main
from tests.forks import in_fork


def opspec(
    *arguments: str, cwd: Path, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `opspec` in the folder `cwd`, with `stdin` as its input, and these additions to the environment."""
    if environment:
        return subprocess.run(
            [sys.executable, "-m", "opspec", *arguments],
            cwd=cwd,
            env={**os.environ, **environment},
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    return in_fork(_run, cwd, arguments, stdin)


def _run(folder: Path, arguments: tuple[str, ...], stdin: str | None) -> None:
    if stdin is not None:
        sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    os.chdir(folder)
    main(list(arguments), prog_name="opspec")
