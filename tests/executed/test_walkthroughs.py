"""Pages that start from an empty folder: each step is taken as it is written, and prints what stands below it.

A fence with a title is a file; lines of `sh` are commands, which end with 0 or with what the page says (`# ends with
100`); Python runs by itself. `python -m tests.executed.test_walkthroughs PAGE` writes what is printed into the page.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import yaml

from tests.enzyme.pages import matches

ROOT = Path(__file__).parents[2]
PAGES = (
    "docs/own-dialect-by-hand.md",
    "docs/extending-by-hand.md",
    "docs/reviewing-an-upgrade.md",
    "docs/continuous-integration.md",
)
BLOCK = re.compile(
    r'^```(?P<kind>\w+)(?: title="(?P<file>[^"]+)")?\n(?P<code>.*?)^```\n(?:\n```text\n(?P<text>.*?)^```)?',
    re.MULTILINE | re.DOTALL,
)
ENDS = re.compile(r"\s+# ends with (?P<code>\d+).*")


def run(command: list[str], folder: Path, code: int) -> str:
    """What a command prints; it has to end with `code`."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder / "generated/python"), *sys.path])}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == code, f"{shlex.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def shell(text: str, folder: Path) -> str:
    """What the lines of a shell print; only `opspec` and `git` are programs here."""
    printed = ""
    for line in text.splitlines():
        ends = ENDS.search(line)
        program, *arguments = shlex.split(ENDS.sub("", line))
        assert program in ("opspec", "git"), line
        command = [sys.executable, "-m", "opspec"] if program == "opspec" else ["git"]
        printed += run([*command, *arguments], folder, int(ends["code"]) if ends else 0)
    return printed


def take(page: str, folder: Path) -> str:
    """Take the steps of a page, and give the page as it should be."""
    new = page
    for block in BLOCK.finditer(page):
        if block["file"]:
            path = folder / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["code"], encoding="utf-8")
            continue
        if block["kind"] == "sh":
            printed = shell(block["code"], folder)
        elif block["kind"] == "python":
            printed = run([sys.executable, "-c", block["code"]], folder, 0)
        else:
            continue
        if block["text"] is not None and not matches(block["text"], printed):
            start, end = block.span("text")
            new = new.replace(page[block.start() : end], page[block.start() : start] + printed)
    return new


@pytest.mark.parametrize("name", PAGES)
def test_every_step_works_and_prints_what_it_says(name: str, tmp_path: Path) -> None:
    page = (ROOT / name).read_text(encoding="utf-8")
    assert take(page, tmp_path) == page


def test_the_workflow_of_the_page_is_the_recipe() -> None:
    page = (ROOT / "docs/continuous-integration.md").read_text(encoding="utf-8")
    (workflow,) = re.findall(r"^```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert workflow == (ROOT / "recipes/check.yaml").read_text(encoding="utf-8")
    steps = yaml.safe_load(workflow)["jobs"]["check"]["steps"]
    commands = [step["run"].split()[:2] for step in steps if "run" in step]
    assert [command for program, command in commands if program == "opspec"] == ["lint", "check", "diff", "diff"]


if __name__ == "__main__":
    for given in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as place:
            path = Path(given)
            path.write_text(take(path.read_text(encoding="utf-8"), Path(place)), encoding="utf-8")
