"""Words of users and of strangers' files are no options, no programs, and no paths that lead elsewhere."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from opspec.diagnostics import ToolError
from opspec.scaffold import project_files, write_new
from tests.command import opspec
from tests.diff.test_upgrade import git
from tests.tablegen.sources import needs_tblgen, small, write

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

OPTIONS = (
    *("-f", "--orphan=x", "-bfoo", "--pathspec-from-file=/etc/passwd", "--output={canary}", "-o{canary}"),
    *("--all", "--exec=touch {canary}", "-", "--", "", " ", "HEAD\nHEAD", "HEAD --all", "nowhere"),
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a dialect's .td file and a spec, committed."""
    root = tmp_path / "repository"
    write(root / "MineOps.td", small())
    write(root / "opspecs" / "mine" / "dialect.yaml", "schema: opspec/dialect/1\ndialect: mine\n")
    git("init", "--quiet", "--initial-branch=main", cwd=root)
    git("add", "-A", cwd=root)
    git("commit", "-qm", "first", cwd=root)
    return root


@needs_git
@pytest.mark.parametrize("word", OPTIONS)
def test_a_revision_to_extract_is_no_option(repository: Path, tmp_path: Path, word: str) -> None:
    canary = tmp_path / "canary"
    canary.write_text("precious\n", encoding="utf-8")
    revision = word.format(canary=canary)
    for source in (".", f"file://{repository}"):
        done = opspec("extract", source, "--dialect", "mine", "--ref", revision, cwd=repository)
        assert done.returncode == 101, done.stdout
        assert done.stderr.startswith(f"opspec: {source} has no commit {revision!r}"), done.stderr
    assert canary.read_text(encoding="utf-8") == "precious\n"


@needs_git
@pytest.mark.parametrize("word", [word for word in OPTIONS if word])
def test_a_revision_to_compare_is_no_option(repository: Path, tmp_path: Path, word: str) -> None:
    canary = tmp_path / "canary"
    revision = word.format(canary=canary)
    done = opspec("diff", "--no-surface", "--", f"{revision}:opspecs", "opspecs", cwd=repository)
    assert done.returncode == 101, done.stdout
    assert done.stderr == f"opspec: there is no revision {revision!r} in this repository\n"
    assert not canary.exists()


@needs_git
@pytest.mark.parametrize("source", ["-ucmd@host:path", "--upload-pack=x@host:path", "-c@host:path"])
def test_a_source_is_no_option(tmp_path: Path, source: str) -> None:
    done = opspec("extract", "--dialect", "mine", "--", source, cwd=tmp_path)
    assert done.returncode == 101
    assert done.stderr == f"opspec: cannot read {source}: there is no such folder\n"


@needs_git
@pytest.mark.parametrize("source", ["ext::sh -c 'touch canary'", "ext://touch canary", "fd::7"])
def test_a_source_is_no_program(tmp_path: Path, source: str) -> None:
    assert opspec("extract", "--dialect", "mine", source, cwd=tmp_path).returncode == 101
    assert list(tmp_path.iterdir()) == []


@needs_git
@needs_tblgen
def test_a_checkout_runs_nothing(repository: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    program = write(tmp_path / "program", f"#!/bin/sh\necho ran >> {canary}\ncat\n")
    program.chmod(0o755)
    write(
        repository / ".gitattributes", "* filter=evil diff=evil export-subst\n*.td text working-tree-encoding=UTF-16\n"
    )
    git("add", ".gitattributes", cwd=repository)
    git("commit", "-qm", "attributes", cwd=repository)
    for key in ("filter.evil.smudge", "filter.evil.clean", "filter.evil.process", "core.fsmonitor", "tar.tar.command"):
        git("config", key, str(program), cwd=repository)
    for key in ("core.pager", "core.sshCommand", "core.gitProxy", "diff.evil.textconv", "core.alternateRefsCommand"):
        git("config", key, str(program), cwd=repository)
    git("config", "core.hooksPath", str(tmp_path), cwd=repository)
    for options in ((), ("--ref", "HEAD"), ("--ref", "main")):
        done = opspec("extract", ".", "--dialect", "mine", *options, cwd=repository)
        assert done.returncode == 0, done.stderr
        assert "dig:" in done.stdout
    assert opspec("diff", "--no-surface", "HEAD:opspecs", "opspecs", cwd=repository).returncode == 0
    assert not canary.exists()


@needs_git
@needs_tblgen
def test_links_of_a_commit_are_not_written(repository: Path) -> None:
    (repository / "Evil.td").symlink_to("/etc/passwd")
    git("add", "-A", cwd=repository)
    git("commit", "-qm", "link", cwd=repository)
    assert opspec("extract", ".", "--dialect", "mine", "--ref", "HEAD", cwd=repository).returncode == 0


@needs_git
@needs_tblgen
def test_a_branch_of_a_remote_is_found(repository: Path, tmp_path: Path) -> None:
    git("switch", "-qc", "next", cwd=repository)
    write(repository / "MineOps.td", small(operation="excavate"))
    git("commit", "-qam", "second", cwd=repository)
    git("switch", "-q", "main", cwd=repository)
    for ref, operation in (("next", "excavate"), ("main", "dig"), ("HEAD", "dig")):
        done = opspec("extract", f"file://{repository}", "--dialect", "mine", "--ref", ref, cwd=tmp_path)
        assert f"{operation}:" in done.stdout, done.stderr


@pytest.mark.parametrize(
    "dialect", ["../../out", "a/b", "/abs", "..", ".", "", "a\n", "a; touch CANARY #", "$(x)", "2d", "a b"]
)
def test_a_dialect_that_is_no_name_begins_no_project(tmp_path: Path, dialect: str) -> None:
    with pytest.raises(ToolError, match="is no name of a dialect"):
        write_new(tmp_path / "in" / "side", project_files(dialect, "mine", "facts", "Mine.td", ()))
    assert list(tmp_path.iterdir()) == []


@needs_tblgen
def test_a_dialect_of_a_td_file_that_leads_out_begins_no_project(tmp_path: Path) -> None:
    write(tmp_path / "MineOps.td", small(dialect="../../out"))
    options = ("--td", "MineOps.td", "--dialect", "../../out", "--package", "mine", "-o", "in/side")
    done = opspec("init", *options, cwd=tmp_path)
    assert (done.returncode, done.stderr[:8]) == (101, "opspec: "), done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["MineOps.td"]


def test_a_link_leads_no_project_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "opspecs").symlink_to("../outside")
    with pytest.raises(ToolError, match="is a link, and nothing is written through links"):
        write_new(tmp_path / "here", project_files("mine", "mine", "facts", "Mine.td", ()))
    assert list((tmp_path / "outside").iterdir()) == []
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["opspecs"]


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(
    "path",
    [
        *("x/$(touch CANARY);y/K.td", "a b.td", "it's.td", '"q".td', "`touch CANARY`.td", "$HOME.td", "$$.td", "#.td"),
        *("a&touch CANARY&.td", "$(shell touch CANARY).td", "%.td", "\\.td", "a\\nb.td", "-x.td", "~.td", "{a,b}.td"),
        *("*.td", "a=b.td", "a:b.td", "$@.td", "@x.td", "!x.td"),
    ],
)
def test_make_and_the_shell_take_a_path_as_it_is(tmp_path: Path, path: str) -> None:
    files = project_files("mi$ne-x", "mine", "facts", path, (path, "plain"))
    write_new(tmp_path, files)
    write(tmp_path / "bin" / "opspec", '#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done\n').chmod(0o755)
    command = ["env", f"PATH={tmp_path / 'bin'}:/usr/bin:/bin", "make", "-s", "-f", "opspec.mk", "facts"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    expected = [
        "extract",
        path,
        "--dialect",
        "mi$ne-x",
        "-I",
        path,
        "-I",
        "plain",
        "-o",
        "opspecs/mi$ne-x/dialect.yaml",
    ]
    assert done.stdout.splitlines() == expected, done.stderr
    assert not list(tmp_path.rglob("CANARY"))


@pytest.mark.parametrize("path", ["a\nb.td", "a\0b.td", "a\x1bb.td"])
def test_a_path_that_no_recipe_can_hold_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ToolError, match=r"cannot be written to opspec\.mk"):
        project_files("mine", "mine", "facts", path, ())
