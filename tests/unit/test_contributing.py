"""What contributors find: hooks, a workflow, templates, the list of dependencies; each names things that are there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

if sys.version_info >= (3, 11):
    import tomllib
else:
    pytest.skip("Python 3.10 cannot read TOML", allow_module_level=True)

ROOT = Path(__file__).parents[2]
PROJECTS = ("pyproject.toml", "generated/python/pyproject.toml")


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def needed() -> set[str]:
    """Every package that an installation or an extra asks for."""
    found: set[str] = set()
    for path in PROJECTS:
        project = tomllib.loads((ROOT / path).read_text(encoding="utf-8"))["project"]
        for listed in (project["dependencies"], *project["optional-dependencies"].values()):
            found |= {match[0] for each in listed if (match := re.match(r"[\w-]+", each)) is not None}
    return found - {"opspec"}


def test_the_page_of_dependencies_has_them_all_and_no_other() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    used, looked_at = page.split("## Looked at")
    listed = set(re.findall(r"`([\w-]+)`", used))
    assert needed() <= listed
    assert listed - needed() == {"llvm-tblgen", "mlir-tblgen", "tablegen", "docs", "fuzz", "dev"}
    rows = [line for line in looked_at.splitlines() if line.startswith("| ")][2:]
    assert all(re.search(r"\| (taken\b|left|kept)", row) for row in rows)


def test_hooks_run_what_is_set_up() -> None:
    programs = {"ruff", "opspec"}
    for repository in read(".pre-commit-config.yaml")["repos"]:
        for hook in repository["hooks"]:
            folder, _, program = hook["entry"].split()[0].rpartition("/")
            assert (folder, hook["language"]) == (".venv/bin", "system")
            assert program in programs


def test_the_workflow_runs_what_is_there() -> None:
    workflow = read(".github/workflows/ci.yml")
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
    assert ".ci/run" in commands
    assert {command.split()[1] for command in commands if command.startswith("make ")} <= targets
    assert all(job["timeout-minutes"] <= 45 for job in workflow["jobs"].values())


@pytest.mark.parametrize("name", ["wrong", "missing"])
def test_a_form_asks_for_what_is_needed(name: str) -> None:
    form = read(f".github/ISSUE_TEMPLATE/{name}.yml")
    assert form["name"] and form["description"]
    fields = form["body"]
    assert len({field["id"] for field in fields}) == len(fields) >= 4
    assert sum(field.get("validations", {}).get("required", False) for field in fields) >= 2


def test_the_source_distribution_has_all_that_is_in_the_repository() -> None:
    """What setuptools takes by itself is the package, its description, the license and this list."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("this is no repository")
    top = {line.split("/")[0] for line in listed.stdout.splitlines()}
    said = {word for line in (ROOT / "MANIFEST.in").read_text(encoding="utf-8").splitlines() for word in line.split()}
    assert top - said == {"LICENSE", "MANIFEST.in", "README.md", "generator", "pyproject.toml"}
