"""`opspec history` as a user runs it: folders, revisions, files, and what is wrong with them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from opspec.history import FORMATS
from opspec.terminal import paint_story
from tests.command import opspec
from tests.diff.loading import HISTORY
from tests.history.specs import COPY, spec, write

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
ONE, TWO = spec("toy", COPY), spec("toy", COPY, "run: {class: RunOp}")
TOLD = """\
toy: 2 versions, from 1.9 with 1 operation to 1.10 with 2 operations

1.9: 1 operation

1.10: 2 operations
  1 added
  + run
"""


def history(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return opspec("history", *map(str, arguments), cwd=cwd, **environment)


@pytest.mark.parametrize("names", [("1.9.yaml", "1.10.yaml"), ("toy-1.9.yaml", "toy-1.10.yml")])
def test_a_folder_of_files_in_the_order_of_numbers(names: tuple[str, str], tmp_path: Path) -> None:
    for name, text in zip(names, (ONE, TWO), strict=True):
        write(tmp_path / "versions" / name, text)
    write(tmp_path / "versions" / "README.md", "words")
    done = history("versions", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, TOLD, "")


@pytest.mark.parametrize("place", ["dialect.yaml", "toy/dialect.yaml"])
def test_a_folder_of_folders(place: str, tmp_path: Path) -> None:
    write(tmp_path / "versions/1.9" / place, ONE)
    write(tmp_path / "versions/1.10" / place, TWO)
    done = history("versions", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, TOLD, "")


def test_versions_one_by_one_are_told_in_the_order_that_is_given(tmp_path: Path) -> None:
    write(tmp_path / "b.yaml", ONE)
    write(tmp_path / "a.yaml", TWO)
    done = history("b.yaml", "a.yaml", cwd=tmp_path)
    assert done.stdout.startswith("toy: 2 versions, from b with 1 operation to a with 2 operations\n")


def test_files_of_one_name_are_called_by_their_paths(tmp_path: Path) -> None:
    write(tmp_path / "old/dialect.yaml", ONE)
    write(tmp_path / "new/dialect.yaml", TWO)
    done = history("old/dialect.yaml", "new/dialect.yaml", cwd=tmp_path)
    assert done.stdout.startswith("toy: 2 versions, from old/dialect.yaml with 1 operation to new/dialect.yaml with 2 ")


def test_commits_have_an_order_only_where_it_is_said(tmp_path: Path) -> None:
    folder = shutil.copytree(HISTORY, tmp_path / "versions", ignore=shutil.ignore_patterns("reports"))
    done = history(folder, cwd=tmp_path)
    message = "opspec: the order of 4cdb2246, ae27aa0e does not follow from their names: give --order, oldest first\n"
    assert (done.returncode, done.stdout, done.stderr) == (101, "", message)
    done = history(folder, "--order", "ae27aa0e,4cdb2246", cwd=tmp_path)
    assert done.returncode == 0
    headings = [line.partition(" ")[0] for line in done.stdout.splitlines() if line and line[0] not in " "][1:]
    assert headings == ["2023-11-22", "2024-06-30", "2024-12-27", "2025-04-22", "ae27aa0e", "4cdb2246"]
    done = history(folder, "--order", "ae27aa0f,4cdb2246", cwd=tmp_path)
    message = "opspec: --order: no version is called 'ae27aa0f'; did you mean 'ae27aa0e'?\n"
    assert (done.returncode, done.stdout, done.stderr) == (101, "", message)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A project whose specs change in the second and the fourth of five commits."""
    root = tmp_path / "repository"

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=Cook", "-c", "user.email=cook@example.org", "-c", "commit.gpgsign=false")
        dated = {**os.environ, "GIT_COMMITTER_DATE": "2026-05-04T12:00:00Z"}
        subprocess.run(["git", *identity, *arguments], cwd=root, capture_output=True, check=True, env=dated)

    head = "schema: opspec/bindings/1\npackage: home\nnaming: mnemonic\noutput: ../generated\ndialects: [toy]\n"
    write(root / "deep/opspecs/bindings.yaml", head)
    git("init", "--quiet", "--initial-branch=main")
    third = spec("toy", "run: {class: RunOp}")
    for number, text in enumerate((ONE, TWO, TWO, third, third), 1):
        write(root / "deep/opspecs/toy/dialect.yaml", text)
        write(root / "other.txt", str(number))
        git("add", "-A")
        git("commit", "-qm", "a commit")
        git("tag", f"v{number}")
    return root


def short(repository: Path, revision: str) -> str:
    asked = ["git", "rev-parse", "--short=8", revision]
    return subprocess.run(asked, cwd=repository, capture_output=True, text=True, check=True).stdout.strip()


@needs_git
@pytest.mark.parametrize(
    ("span", "folder"),
    [("v1..v5:deep/opspecs", "."), ("v1..:deep/opspecs/", "."), ("v1..main:./opspecs", "deep")],
)
def test_the_commits_that_change_a_path(span: str, folder: str, repository: Path) -> None:
    second, fourth = (short(repository, revision) for revision in ("v2", "v4"))
    done = history(span, cwd=repository / folder)
    assert done.stderr == ""
    assert done.stdout == (
        f"toy: 3 versions, from v1 with 1 operation to {fourth} with 1 operation\n\n"
        f"v1: 1 operation\n\n{second} (2026-05-04): 2 operations\n  1 added\n  + run\n\n"
        f"{fourth} (2026-05-04): 1 operation\n  1 removed; 1 breaks calls\n  - copy, breaks calls and IR\n"
    )


@needs_git
def test_revisions_one_by_one_and_the_files_of_today(repository: Path) -> None:
    write(repository / "deep/opspecs/toy/dialect.yaml", ONE)
    done = history("v1:deep/opspecs", "v3:deep/opspecs", "deep/opspecs", cwd=repository)
    assert [line for line in done.stdout.splitlines() if line and line[0] not in " t"] == [
        "v1: 1 operation",
        "v3: 2 operations",
        "opspecs: 1 operation",
    ]


@needs_git
@pytest.mark.parametrize(
    ("sources", "message"),
    [
        (["v1..v9:deep/opspecs"], "there is no revision 'v9' in this repository"),
        (["v8..v2:deep/opspecs"], "there is no revision 'v8' in this repository"),
        (["v1:deep/opspecs", "v7:deep/opspecs"], "there is no revision 'v7' in this repository"),
        (["v1..v2:nowhere"], "there is no 'nowhere' in revision 'v1' of this repository"),
        (
            ["v2..v3:deep/opspecs"],
            "there is one version of toy in v2..v3:deep/opspecs, and a history needs two: "
            "give a folder of versions, several of them, or FIRST..LAST:PATH",
        ),
    ],
)
def test_revisions_that_are_none(sources: list[str], message: str, repository: Path) -> None:
    done = history(*sources, cwd=repository)
    assert (done.returncode, done.stdout, done.stderr) == (101, "", f"opspec: {message}\n")


def nothing(_: Path) -> None:
    """A folder in which nothing is."""


def empty(folder: Path) -> None:
    (folder / "versions").mkdir()
    write(folder / "versions/README.md", "words")


def one(folder: Path) -> None:
    write(folder / "versions/1.yaml", ONE)


def project(folder: Path) -> None:
    write(folder / "versions/dialect.yaml", ONE)


def dialects(folder: Path) -> None:
    write(folder / "versions/bread/dialect.yaml", spec("bread", COPY))
    write(folder / "versions/cake/dialect.yaml", spec("cake", COPY))


def two(folder: Path) -> None:
    write(folder / "versions/1.yaml", ONE)
    write(folder / "versions/2.yaml", TWO)


def no_dump(folder: Path) -> None:
    write(folder / "versions/1.json", "{}")
    write(folder / "versions/2.json", "[")


WAYS = "and a history needs two: give a folder of versions, several of them, or FIRST..LAST:PATH"


@pytest.mark.parametrize(
    ("make", "arguments", "message"),
    [
        (nothing, (), "cannot read versions: there is no such file or folder (a revision is REV:PATH)"),
        (empty, (), "versions holds no versions: no specs, folders of specs or record dumps"),
        (one, (), f"there is one version of toy in versions, {WAYS}"),
        (project, (), f"there is one version of toy in versions, {WAYS}"),
        (dialects, (), f"there is one version of bread, cake in versions, {WAYS}"),
        (two, ("--dialect", "toi"), "no version has the dialect 'toi'; did you mean 'toy'?"),
    ],
)
def test_what_gives_no_history(
    make: Callable[[Path], None], arguments: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    make(tmp_path)
    done = history("versions", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (101, "", f"opspec: {message}\n")


def test_a_dump_that_is_none(tmp_path: Path) -> None:
    no_dump(tmp_path)
    done = history("versions", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (101, "")
    assert done.stderr.startswith("opspec: ")
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_no_spec_is_shown(tmp_path: Path) -> None:
    two(tmp_path)
    write(tmp_path / "versions/3.yaml", "dialect: toy\nodd: 1\n")
    done = history("versions", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (101, "")
    assert "versions/3.yaml:2:1: error: " in done.stderr
    assert done.stderr.splitlines()[-1].startswith("opspec: there are ")
    assert done.stderr.endswith("errors; no story was told\n")


def test_dialects_can_be_chosen_and_kinds(tmp_path: Path) -> None:
    for version in ("1", "2"):
        for dialect in ("bread", "cake"):
            more = "enums:\n  Speed: {storage: i32, cases: {slow: 0}}\n" if version == "2" else ""
            operations = [COPY] if version == "1" else [COPY, "run: {class: RunOp}"]
            write(tmp_path / "versions" / version / dialect / "dialect.yaml", spec(dialect, *operations, more=more))
    done = history("versions", "--dialect", "cake", "--only", "enum", cwd=tmp_path)
    assert done.stdout == (
        "cake: 2 versions, from 1 with nothing to 2 with 1 enum\n\n1: nothing\n\n2: 1 enum\n  1 added\n  + enum Speed\n"
    )


@pytest.mark.parametrize("style", FORMATS)
def test_a_file_for_the_story(style: str, tmp_path: Path) -> None:
    two(tmp_path)
    shown = history("versions", "--format", style, cwd=tmp_path)
    done = history("versions", "--format", style, "-o", "story", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "1 story written to story\n")
    assert (tmp_path / "story").read_text(encoding="utf-8") == shown.stdout
    assert history("versions", "--quiet", "-o", "story", cwd=tmp_path).stderr == ""


def test_a_terminal_shows_the_story_in_colours(tmp_path: Path) -> None:
    two(tmp_path)
    plain = history("versions", cwd=tmp_path).stdout
    painted = history("versions", cwd=tmp_path, FORCE_COLOR="1", NO_COLOR="").stdout
    assert "\x1b" not in plain
    assert painted == paint_story(plain)
    assert "\x1b[32m\x1b[1m+\x1b[0m run" in painted
    assert click.unstyle(painted) == plain
