"""Type checkers know further and old names: mypy and basedpyright report every use of an old one, and nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.golden.trees import generate

pytest.importorskip("mypy")
pytest.importorskip("mlir")

USES = Path(__file__).with_name("old_names") / "uses.py"
WANTED = re.compile(r"# (?P<kind>[DE]): (?P<message>.*)$")
MYPY = """\
[mypy]
strict = True
enable_error_code = deprecated
[mypy-mlir.*]
follow_untyped_imports = True
"""
Faults = dict[int, list[tuple[str, str]]]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("renamed")
    generate("renamed", root)
    return root / "python"


def wanted() -> dict[int, tuple[str, str]]:
    lines = enumerate(USES.read_text(encoding="utf-8").splitlines(), start=1)
    return {number: (match["kind"], match["message"]) for number, line in lines if (match := WANTED.search(line))}


def compared(found: Faults, kinds: Iterable[str]) -> tuple[list[str], list[str]]:
    """The wanted faults that are missing, and the found ones that nobody wants."""
    asked = {line: want for line, want in wanted().items() if want[0] in kinds}
    missed: list[str] = []
    other: list[str] = []
    for line, (kind, message) in asked.items():
        if not any(k == kind and message in text for k, text in found.get(line, [])):
            missed.append(f"{line}: {kind}: {message}")
    for line, faults in found.items():
        other += [f"{line}: {kind}: {text}" for kind, text in faults if line not in asked or asked[line][0] != kind]
    return missed, other


def test_mypy_reports_each_old_name(package: Path, tmp_path: Path) -> None:
    (tmp_path / "mypy.ini").write_text(MYPY, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary", "--no-pretty", "-p", "toy_bindings", "-m", "uses"],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": os.pathsep.join((str(package), str(USES.parent)))},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.stderr == ""
    found: Faults = {}
    for line in done.stdout.splitlines():
        match = re.match(r"(?P<path>[^:\n]+):(?P<line>\d+): (error|note): (?P<message>.*)", line)
        assert match is not None, line
        assert match["path"].endswith("uses.py"), line
        if ": note: " in line and "[deprecated]" not in line:
            continue  # the alternatives of a call that fits none
        kind = "D" if "[deprecated]" in line else "E"
        found.setdefault(int(match["line"]), []).append((kind, match["message"]))
    assert compared(found, "DE") == ([], [])


def test_basedpyright_reports_each_old_name(package: Path, tmp_path: Path) -> None:
    pytest.importorskip("basedpyright")
    root = Path(__file__).parents[2]
    settings = {
        "include": [str(USES), str(package / "toy_bindings" / "dialects")],
        "extraPaths": [str(package)],
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "venvPath": str(root),
        "venv": ".venv",
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "basedpyright", "-p", str(tmp_path), "--outputjson"],
        capture_output=True,
        text=True,
        timeout=300,
    )
    found: Faults = {}
    for fault in json.loads(done.stdout)["generalDiagnostics"]:
        if fault["severity"] in ("warning", "information"):
            continue
        assert fault["file"].endswith("uses.py"), fault
        kind = "D" if fault.get("rule") == "reportDeprecated" else "E"
        found.setdefault(fault["range"]["start"]["line"] + 1, []).append((kind, fault["message"]))
    missed, other = compared(found, "D")
    assert missed == []
    asked = wanted()
    assert [text for text in other if asked.get(int(text.partition(":")[0]), ("",))[0] != "E"] == []
    assert {line for line, (kind, _) in asked.items() if kind == "E"} <= set(found)
