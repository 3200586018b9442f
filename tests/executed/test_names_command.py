"""Names of a project from the command line: its own conventions, a dialect's choice, what lint and names say."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.command import opspec

GOLDEN = Path(__file__).parents[1] / "golden" / "specs"
BINDINGS = """\
schema: opspec/bindings/1
package: toy_bindings
{version}naming: {naming}
output: out
dialects: [toy, renamed]
conventions:
  camel:
    functions: {{case: camel}}
    parameters: {{case: camel}}
    enum_cases: {{case: pascal}}
  terse:
    like: camel
    functions: {{from: definition, strip_suffixes: [diff, Diff], prefix: do_}}
    words: [zap]
    splits: {{fwddiff: forward_diff}}
    escape: 'x_{{}}'
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two dialects with two conventions of its own."""
    for name in ("toy", "renamed"):
        shutil.copytree(GOLDEN / name, tmp_path / name)
    write(tmp_path)
    return tmp_path


def write(folder: Path, naming: str = "camel", version: str = "") -> None:
    text = BINDINGS.format(naming=naming, version=f"version: '{version}'\n" if version else "")
    (folder / "bindings.yaml").write_text(text, encoding="utf-8")


def functions(project: Path, *arguments: str, code: int = 0) -> dict[str, str]:
    """The functions that the command lists, by operation."""
    done = opspec("names", "--config", "bindings.yaml", *arguments, cwd=project)
    assert (done.returncode, done.stderr) == (code, "")
    rows = [line.split(": ") for line in done.stdout.splitlines()]
    return {f"{row[0]}.{row[1]}": row[2].split()[1].rstrip(",") for row in rows if " function " in f" {row[-1]}"}


def test_a_convention_of_ones_own(project: Path) -> None:
    found = functions(project)
    assert found["toy.openBox"] == "openBox"
    assert found["toy.yield"] == "yield_"
    found = functions(project, "--naming", "terse")
    assert found["toy.openBox"] == "do_openBox"
    assert found["renamed.fwddiff"] == "do_forward"


def test_a_dialect_may_have_another_convention_than_its_project(project: Path) -> None:
    overlay = project / "renamed" / "overlay.yaml"
    text = overlay.read_text(encoding="utf-8")
    overlay.write_text(text.replace("python:\n", "python:\n  naming: snake\n  module: history\n", 1), encoding="utf-8")
    found = functions(project)
    assert (found["renamed.fwddiff"], found["toy.openBox"]) == ("fwd_diff", "openBox")
    assert functions(project, "--naming", "definition")["renamed.fwddiff"] == "forward_diff"
    assert opspec("generate", "--config", "bindings.yaml", cwd=project).returncode == 0
    assert (project / "out" / "python" / "toy_bindings" / "dialects" / "history.py").is_file()


def test_a_change_of_convention_is_classified(project: Path) -> None:
    done = opspec("names", "--config", "bindings.yaml", "--naming", "mnemonic", "--against", "snake", cwd=project)
    assert done.stdout.splitlines()[0].endswith(
        "notice: renamed: the function of fwddiff was called fwd_diff and is called fwddiff: "
        "the old name still works [name-compatible]"
    )
    assert done.returncode == 0
    arguments = ("--naming", "snake", "--against", "camel", "--format", "json")
    done = opspec("names", "--config", "bindings.yaml", *arguments, cwd=project)
    assert done.returncode == 100
    report = json.loads(done.stdout)
    levels = {finding["code"] for finding in report["findings"]}
    assert levels == {"name-breaking"}
    assert all(finding["path"].endswith("dialect.yaml") and finding["line"] > 1 for finding in report["findings"])


def test_lint_says_which_old_names_are_due(project: Path) -> None:
    day = {"SOURCE_DATE_EPOCH": "1764000000"}
    arguments = ("lint", "--config", "bindings.yaml")
    assert opspec(*arguments, cwd=project, **day).returncode == 0
    write(project, version="0.4")
    done = opspec(*arguments, cwd=project, **day)
    assert done.returncode == 100
    assert (
        "error: the old name 'looking' of the case 'reading' of 'Rights' was to go in 0.4 [rename-due]" in done.stdout
    )
    assert "  hint: take it out of `renamed_from`, or give it more time" in done.stdout
    done = opspec(*arguments, cwd=project, SOURCE_DATE_EPOCH="1900000000")
    assert done.stdout.count("[rename-due]") == 2
    assert done.stdout.splitlines()[-1] == "old names that are due to go: 2"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "naming: camel",
            "naming: camle",
            "bindings.yaml:3:9: error: there is no convention 'camle' [unknown-name]\n"
            "  3 | naming: camle\n"
            "    |         ^\n"
            "  hint: did you mean 'camel'?\n",
        ),
        (
            "like: camel",
            "like: terse",
            "bindings.yaml:12:11: error: there is no convention 'terse' that 'terse' could be like [unknown-name]\n"
            "  12 |     like: terse\n"
            "     |           ^\n"
            "  hint: known here: camel, definition, mnemonic, rust, snake\n",
        ),
        (
            "  camel:\n    functions",
            "  snake:\n    functions",
            "bindings.yaml:7:3: error: the convention 'snake' exists already [wrong-value]\n"
            "  7 |   snake:\n"
            "    |   ^\n"
            "  hint: call it something else, like: snake\n",
        ),
        (
            "escape: 'x_{}'",
            "escape: '{}'",
            "bindings.yaml:16:13: error: conventions.terse.escape is '{}', expected a name with '{}' in it, such as "
            "'{}_' [wrong-value]\n"
            "  16 |     escape: '{}'\n"
            "     |             ^\n",
        ),
        (
            "case: pascal",
            "case: kebab",
            "bindings.yaml:10:24: error: conventions.camel.enum_cases.case is 'kebab', expected 'snake' or 'upper' or "
            "'camel' or 'pascal' or 'flat' or 'kept' [wrong-value]\n"
            "  10 |     enum_cases: {case: kebab}\n"
            "     |                        ^\n"
            "  hint: known here: camel, flat, kept, pascal, snake, upper\n",
        ),
    ],
)
def test_a_wrong_convention_is_rejected_with_the_whole_text(project: Path, old: str, new: str, message: str) -> None:
    path = project / "bindings.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = opspec("lint", "--config", "bindings.yaml", cwd=project)
    assert done.returncode == 100
    assert message in done.stderr


def test_two_modules_of_one_name_are_rejected(project: Path) -> None:
    overlay = project / "renamed" / "overlay.yaml"
    text = overlay.read_text(encoding="utf-8")
    overlay.write_text(text.replace("python:\n", "python:\n  module: toy\n", 1), encoding="utf-8")
    done = opspec("lint", "--config", "bindings.yaml", cwd=project)
    assert done.returncode == 100
    assert done.stderr == (
        "renamed/overlay.yaml:5:11: error: the module of dialect 'renamed' and the module of dialect 'toy' would both "
        "be 'toy' in Python [name-collision]\n"
        "  5 |   module: toy\n"
        "    |           ^\n"
        "toy/dialect.yaml:1:1: note: the module of dialect 'toy' stands here\n"
        "  hint: write another name in overlay.yaml: `python: {module: toy_}`\n"
        "\n"
        "1 error\n"
    )


def test_an_unknown_convention_on_the_command_line_is_a_wrong_use(project: Path) -> None:
    for arguments in (("--naming", "camle"), ("--against", "camle")):
        done = opspec("names", "--config", "bindings.yaml", *arguments, cwd=project)
        assert done.returncode == 2
        assert "there is no convention 'camle'; did you mean 'camel'?" in done.stderr


def test_a_function_does_not_take_the_name_of_a_hand_written_one(project: Path) -> None:
    folder = project / "toy" / "extension" / "dialects"
    folder.mkdir(parents=True)
    (folder / "_toy_more.py").write_text('__all__ = ["same"]\n\n\ndef same(): ...\n', encoding="utf-8")
    done = opspec("lint", "--config", "bindings.yaml", cwd=project)
    assert done.returncode == 100
    text = done.stderr
    assert "error: the function of 'same' and the hand-written 'same' would both be 'same' in Python" in text
    assert "toy/extension/dialects/_toy_more.py:1:1: note: the hand-written 'same' stands here\n" in text
    assert "  hint: write another name in overlay.yaml: `operations: {same: {python: {name: same_}}}`\n" in text
