"""An upgrade in one go: facts, report and generated files are new, overlays are as they were."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from opspec.diagnostics import Location
from opspec.diff.changes import Bump
from opspec.diff.prune import prune
from opspec.diff.upgrade import bumped
from opspec.spec.references import Missing
from tests.command import opspec
from tests.tablegen.sources import needs_tblgen, small, write

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

OVERLAY = """\
schema: opspec/overlay/1
dialect: mine
operations:
  dig:
    summary: Digs
    arguments:
      depth: How deep
      place: Where
    sample:
      arguments: {place: garden}
"""
RENAMED = small(operation="excavate").replace("$place", "$where")


def git(*arguments: str, cwd: Path) -> None:
    identity = ("-c", "user.name=Cook", "-c", "user.email=cook@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=cwd, capture_output=True, text=True, check=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one dialect, generated and committed."""
    write(tmp_path / "td" / "MineOps.td", small())
    done = opspec("init", "--td", "td/MineOps.td", "--dialect", "mine", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    write(tmp_path / "opspecs" / "mine" / "overlay.yaml", OVERLAY)
    assert opspec("generate", cwd=tmp_path).returncode == 0
    git("init", "--quiet", "--initial-branch=main", cwd=tmp_path)
    git("add", "-A", cwd=tmp_path)
    git("commit", "-qm", "first", cwd=tmp_path)
    return tmp_path


def changes(root: Path) -> str:
    return (root / "generated" / "CHANGES.md").read_text(encoding="utf-8")


@needs_tblgen
@needs_git
def test_nothing_new_is_no_change(project: Path) -> None:
    done = opspec("upgrade", "td", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no changes, told in generated/CHANGES.md" in done.stdout
    assert "suggested version bump: none" in done.stdout
    assert opspec("check", cwd=project).returncode == 0


@needs_tblgen
@needs_git
def test_an_upgrade_does_it_all_and_leaves_the_overlay_alone(project: Path) -> None:
    write(project / "td" / "MineOps.td", RENAMED)
    done = opspec("upgrade", "td", "--current-version", "1.2.3", cwd=project)
    assert done.returncode == 100, done.stdout + done.stderr  # the overlay needs a person
    assert "mine: changed" in done.stdout
    assert "1 operation renamed (breaking)" in done.stdout
    assert "suggested version bump: major: 1.2.3 -> 2.0.0" in done.stdout
    assert "speaks of 'dig', which dialect 'mine' does not have any more; it is probably 'excavate' now" in done.stdout
    assert (project / "opspecs/mine/overlay.yaml").read_text(encoding="utf-8") == OVERLAY
    assert "excavate" in (project / "opspecs/mine/dialect.yaml").read_text(encoding="utf-8")
    assert "def excavate(" in (project / "generated/python/mine_bindings/dialects/mine.py").read_text(encoding="utf-8")
    text = changes(project)
    assert "# Changes of the last upgrade" in text
    assert "| 1 operation renamed | breaking | operation-renamed |" in text
    assert "## Overlay entries without a target" in text


@needs_tblgen
@needs_git
def test_done_twice_it_says_the_same(project: Path) -> None:
    write(project / "td" / "MineOps.td", RENAMED)
    first = opspec("upgrade", "td", cwd=project)
    text = changes(project)
    second = opspec("upgrade", "td", cwd=project)
    assert (first.returncode, second.returncode) == (100, 100)
    assert changes(project) == text
    assert "1 operation renamed" in second.stdout


@needs_tblgen
@needs_git
def test_a_part_that_is_renamed_is_named_too(project: Path) -> None:
    write(project / "td" / "MineOps.td", small().replace("$place", "$where"))
    done = opspec("upgrade", "td", cwd=project)
    assert done.returncode == 100
    assert "'place', which 'mine.dig' does not have any more; it is probably 'where' now" in done.stdout


@needs_tblgen
@needs_git
def test_renamed_in_the_overlay_all_is_well(project: Path) -> None:
    write(project / "td" / "MineOps.td", RENAMED)
    assert opspec("upgrade", "td", cwd=project).returncode == 100
    overlay = project / "opspecs" / "mine" / "overlay.yaml"
    write(overlay, OVERLAY.replace("dig:", "excavate:").replace("place:", "where:"))
    assert opspec("generate", cwd=project).returncode == 0
    assert opspec("check", cwd=project).returncode == 0


@needs_tblgen
@needs_git
def test_an_error_in_the_td_files_leaves_everything_as_it_was(project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*.*") if path.is_file() and ".git" not in path.parts}
    write(project / "td" / "MineOps.td", small() + "def broken : Nothing;")
    done = opspec("upgrade", "td", cwd=project)
    assert done.returncode in (100, 101) and "Traceback" not in done.stderr
    after = {path: path.read_bytes() for path in before}
    changed = {path.name for path in before if before[path] != after[path]}
    assert changed == {"MineOps.td"}


@needs_tblgen
def test_without_git_it_compares_with_what_was_there(tmp_path: Path) -> None:
    write(tmp_path / "td" / "MineOps.td", small())
    assert opspec("init", "--td", "td/MineOps.td", "--dialect", "mine", cwd=tmp_path).returncode == 0
    write(tmp_path / "td" / "MineOps.td", small().replace("StrAttr:$place", "StrAttr:$place, I64Attr:$speed"))
    done = opspec("upgrade", "td", cwd=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 attribute added (breaking)" in done.stdout


@pytest.mark.parametrize(
    ("version", "bump", "expected"),
    [
        ("1.2.3", Bump.MAJOR, "2.0.0"),
        ("1.2.3", Bump.MINOR, "1.3.0"),
        ("1.2.3", Bump.PATCH, "1.2.4"),
        ("1.2.3", Bump.NONE, "1.2.3"),
        ("0.2.3", Bump.MAJOR, "0.3.0"),
        ("0.2.3", Bump.PATCH, "0.2.4"),
    ],
)
def test_the_next_version(version: str, bump: Bump, expected: str) -> None:
    assert bumped(version, bump) == expected


def test_a_version_of_another_shape_is_refused(tmp_path: Path) -> None:
    done = opspec("upgrade", "td", "--current-version", "1.2rc1", cwd=tmp_path)
    assert done.returncode == 101
    assert "is not three numbers" in done.stderr


@needs_tblgen
@needs_git
def test_what_lost_its_target_is_moved_to_a_patch_on_request(project: Path) -> None:
    write(project / "td" / "MineOps.td", RENAMED)
    done = opspec("upgrade", "td", "--prune", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "These entries have lost what they speak of; they are in generated/overlays.patch now:" in done.stdout
    assert (project / "opspecs/mine/overlay.yaml").read_text(encoding="utf-8") == OVERLAY.partition("operations:")[0]
    assert opspec("generate", cwd=project).returncode == 0
    assert opspec("check", cwd=project).returncode == 0
    git("apply", "--reverse", "generated/overlays.patch", cwd=project)
    assert (project / "opspecs/mine/overlay.yaml").read_text(encoding="utf-8") == OVERLAY


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("a:\n  x: 1\n  y: 2\nb: 3\n", (2, 3), "a:\n  y: 2\nb: 3\n"),
        ("a:\n  x: 1\nb: 3\n", (2, 3), "b: 3\n"),
        ("a: {x: 1, y: 2, z: 3}\n", (1, 5), "a: {y: 2, z: 3}\n"),
        ("a: {x: 1, y: 2, z: 3}\n", (1, 11), "a: {x: 1, z: 3}\n"),
        ("a: {x: 1, y: 2, z: 3}\n", (1, 17), "a: {x: 1, y: 2}\n"),
        ("a: {x: 1}\nb: 2\n", (1, 5), "b: 2\n"),
        ("a: [x, y,\n    z]\n", (2, 5), "a: [x, y]\n"),
        (
            "a:\n  # about x\n  x: >-\n    long\n\n    text\n  # about y\n  y: 2\n",
            (3, 3),
            "a:\n  # about x\n  # about y\n  y: 2\n",
        ),
        ("a:\n  - x\n  - y\n", (2, 5), "a:\n  - y\n"),
        ("a:\n  x: (one) -> (two) for Three\n  y: 2\n", (2, 8), "a:\n  y: 2\n"),
    ],
)
def test_one_entry_is_taken_from_a_text(tmp_path: Path, text: str, place: tuple[int, int], expected: str) -> None:
    path = write(tmp_path / "overlay.yaml", text)
    missing = Missing("dialect 'mine'", "x", "here", Location(str(path), *place))
    assert prune(path, [missing])
    assert path.read_text(encoding="utf-8") == expected
    assert not prune(path, [replace(missing, location=Location("elsewhere.yaml", *place))])


@needs_tblgen
@needs_git
def test_what_written_modules_import_and_an_upgrade_takes_away_is_to_be_decided(project: Path) -> None:
    module = project / "opspecs" / "mine" / "extension" / "deeper.py"
    write(module, '"""Words."""\n\nfrom .dialects.mine import dig\n\n__all__ = ["dig"]\n')
    assert opspec("generate", cwd=project).returncode == 0
    write(project / "td" / "MineOps.td", RENAMED)
    done = opspec("upgrade", "td", "--prune", cwd=project)
    assert (done.returncode, "Traceback" in done.stderr) == (100, False), done.stderr
    place = "opspecs/mine/extension/deeper.py:3:28"
    assert f"{place}: the module needs 'dig' of `" in done.stdout
    assert "## Imports without a target" in changes(project) and place in changes(project)
    again = opspec("generate", cwd=project)
    assert (again.returncode, f"{place}: error: the module needs 'dig'" in again.stderr) == (100, True)
    write(module, '"""Words."""\n\nfrom .dialects.mine import excavate\n\n__all__ = ["excavate"]\n')
    assert opspec("generate", cwd=project).returncode == 0
