"""Environments as users have them: the generated package, one MLIR host, and no settings of one's own.

Such an environment is a virtual environment whose `site-packages` has symlinks to what is installed here. Checkers
treat what they find there as installed: whether a package has types is asked of it, and faults in it are nobody's.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

__all__ = ["Faults", "basedpyright", "make_environment", "mypy"]

PACKAGE = Path(__file__).parents[2] / "generated" / "python" / "enzyme_mlir"
BESIDE = ("numpy", "numpy.libs", "typing_extensions.py")
"""What hosts need besides."""
FOUND = re.compile(r"^(?P<path>[^:\n]+):(?P<line>\d+): error: (?P<message>.*)$", re.MULTILINE)

Faults = dict[tuple[str, int], list[str]]
"""Messages by the file's name and the line."""


def _installed(host: str) -> Path | None:
    """Where the top-level package of a host is installed."""
    spec = importlib.util.find_spec(host.partition(".")[0])
    return Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else None


def make_environment(folder: Path, host: str) -> Path:
    """A virtual environment that has the package and one host; its folder."""
    found = _installed(host)
    if found is None:
        pytest.skip(f"the host {host} is not installed")
    made = folder / "env"
    venv.create(made, symlinks=True)
    (packages,) = made.glob("lib/python*/site-packages")
    for path in (PACKAGE, found, *(found.parent / name for name in BESIDE)):
        if path.exists():
            (packages / path.name).symlink_to(path)
    return made


def mypy(environment: Path, folder: Path) -> Faults:
    """What `mypy --strict` finds in a folder."""
    flags = ["--strict", "--no-error-summary", "--hide-error-codes", "--no-pretty", "--config-file="]
    python = environment / "bin" / "python"
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", *flags, f"--python-executable={python}", f"--cache-dir={folder / '.mypy'}", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (ran.returncode in (0, 1), ran.stderr) == (True, ""), ran.stdout
    found: Faults = {}
    for match in FOUND.finditer(ran.stdout):
        found.setdefault((Path(match["path"]).name, int(match["line"])), []).append(match["message"])
    return found


def basedpyright(environment: Path, folder: Path) -> Faults:
    """What basedpyright finds in a folder in strict mode, each message behind the name of its rule."""
    settings = {"typeCheckingMode": "strict", "venvPath": str(environment.parent), "venv": environment.name}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "basedpyright", "--outputjson", "--level", "error"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode in (0, 1), ran.stderr
    found: Faults = {}
    for each in json.loads(ran.stdout)["generalDiagnostics"]:
        place = Path(each["file"]).name, each["range"]["start"]["line"] + 1
        found.setdefault(place, []).append(f"{each.get('rule', 'error')}: {each['message'].splitlines()[0]}")
    return found
