"""`opspec names --fix` writes another name for each that is taken, and changes nothing that a person wrote."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.command import opspec

FACTS = """\
schema: opspec/dialect/1
dialect: toy
enums:
  Mode:
    storage: i32
    cases: {{aB: 0, a_b: 1}}
operations:
{operations}
"""
OPERATION = """\
  run.{0}:
    class: RunDot{0}Op
    arguments: {{aB: any, a_b: any, A_b: attr i64, a_B: attr i64}}
  run_{0}:
    class: Run{0}Op
    arguments: {{x: any}}
"""
OVERLAY = """\
schema: opspec/overlay/1  # by hand
dialect: toy
operations:
  run_0:  # said
    summary: It runs.

# the end
"""
COUNT = 30


def spec(folder: Path, overlay: str = "") -> Path:
    operations = "".join(OPERATION.format(number) for number in range(COUNT))
    (folder / "dialect.yaml").write_text(FACTS.format(operations=operations), encoding="utf-8")
    if overlay:
        (folder / "overlay.yaml").write_text(overlay, encoding="utf-8")
    return folder / "overlay.yaml"


def test_a_hundred_names_at_once(tmp_path: Path) -> None:
    path = spec(tmp_path)
    done = opspec("generate", "--spec", "dialect.yaml", "-o", "out", cwd=tmp_path)
    assert done.returncode == 100
    assert done.stderr.endswith(
        f"{4 * COUNT + 1} errors\n`opspec names --fix` writes the names that the hints propose\n"
    )
    done = opspec("names", "--fix", "--spec", "dialect.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"overlay.yaml: {4 * COUNT + 1} names written\n", "")
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert (found["schema"], found["dialect"]) == ("opspec/overlay/1", "toy")
    names = {part: entry["python"]["name"] for part, entry in found["operations"]["run.0"]["arguments"].items()}
    assert names == {"a_b": "a_b_", "A_b": "a_b_2", "a_B": "a_b_3"}
    assert found["enums"]["Mode"]["cases"]["a_b"]["python"]["name"] == "A_B_"
    done = opspec("generate", "--spec", "dialect.yaml", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = opspec("names", "--fix", "--spec", "dialect.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_a_person_wrote_stays(tmp_path: Path) -> None:
    path = spec(tmp_path, OVERLAY)
    assert opspec("names", "--fix", "--spec", "dialect.yaml", cwd=tmp_path).returncode == 0
    text = path.read_text(encoding="utf-8")
    assert [line for line in OVERLAY.splitlines() if line not in text.splitlines()] == []
    assert text.startswith("schema: opspec/overlay/1  # by hand\ndialect: toy\noperations:\n  run_0:  # said\n")
    assert "    summary: It runs.\n    python: {name: run_0_}\n" in text


def test_a_name_that_a_person_wrote_is_not_changed(tmp_path: Path) -> None:
    path = spec(tmp_path, "schema: opspec/overlay/1\ndialect: toy\noperations: {run_0: {python: {name: class}}}\n")
    done = opspec("names", "--fix", "--spec", "dialect.yaml", cwd=tmp_path)
    assert done.returncode == 100
    assert "error: the function of 'run_0' would be 'class', which is a keyword of Python" in done.stderr
    assert "run_0: {python: {name: class}}" in path.read_text(encoding="utf-8")
    assert done.stderr.endswith("\n1 error\n")


def test_where_the_specs_have_other_mistakes_nothing_is_written(tmp_path: Path) -> None:
    path = spec(tmp_path)
    facts = tmp_path / "dialect.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("x: any", "x: anything", 1), encoding="utf-8")
    done = opspec("names", "--fix", "--spec", "dialect.yaml", cwd=tmp_path)
    assert done.returncode == 100
    assert "unknown type constraint 'anything'" in done.stderr
    assert not path.exists()
