"""Odd states of the file system are one line and 101, or a diagnostic; never a traceback, never silence."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opspec.diagnostics import ToolError
from opspec.disk.files import write_file
from tests.command import opspec
from tests.faults.project import BINDINGS, make_project
from tests.forks import in_fork

LIST = "generated/.opspec-files"
EXTENSION = "opspecs/toy/extension"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that is generated."""
    root = make_project(tmp_path / "project")
    done = opspec("generate", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture
def open_project() -> Iterator[Path]:
    """A project that is generated, in a folder that everybody may enter, which those of pytest are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        root = make_project(Path(folder) / "project")
        done = opspec("generate", cwd=root)
        assert done.returncode == 0, done.stdout + done.stderr
        yield root


def _loop(path: Path) -> None:
    if path.is_file():
        path.unlink()
    path.symlink_to(path.name)


def _moved_loop(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    _loop(path)


STATES: list[tuple[str, str, Callable[[Path], object], int, str]] = [
    ("check", LIST, lambda path: path.write_bytes(b"\xff\xfe"), 101, ".opspec-files: it is not UTF-8"),
    ("generate", LIST, lambda path: path.write_bytes(b"\xff\xfe"), 101, ".opspec-files: it is not UTF-8"),
    ("check", LIST, _loop, 101, ".opspec-files: it is no file"),
    ("generate", f"{LIST}/", lambda path: (path.unlink(), path.mkdir()), 101, ".opspec-files: it is no file"),
    ("check", LIST, lambda path: path.write_text("x" * 5000 + "\n"), 100, "out of sync"),
    ("generate", LIST, lambda path: path.write_text("x" * 5000 + "\n"), 0, "1 written"),
    *(
        (command, path, lambda path: (path.unlink(missing_ok=True), os.mkfifo(path)), code, words)
        for command in ("lint", "names", "generate")
        for path, code, words in (
            ("opspecs/bindings.yaml", 101, "there is no opspecs/bindings.yaml"),
            ("opspecs/toy/dialect.yaml", 100, "has no opspecs/toy/dialect.yaml"),
            ("opspecs/toy/overlay.yaml", 101, "it is a pipe"),
            ("opspecs/toy/releases.yaml", 101, "it is a pipe"),
        )
    ),
    ("check", "generated", _moved_loop, 101, "there is no folder"),
    ("generate", "generated", _moved_loop, 101, "cannot use"),
    ("generate", "generated/docs/toy.md", lambda path: (path.unlink(), path.mkdir()), 101, "it is a folder"),
    ("check", "generated/docs/toy.md", lambda path: (path.unlink(), os.mkfifo(path)), 100, "changed"),
    ("generate", "generated/docs/toy.md", lambda path: (path.unlink(), os.mkfifo(path)), 0, "1 written"),
    (
        "generate",
        f"{EXTENSION}/dialects/_toy_a.py",
        lambda path: path.write_bytes(b"# \xc3\xa9 \xff"),
        100,
        ":1:5: error",
    ),
    ("lint", f"{EXTENSION}/dialects/_toy_a.py", lambda path: path.write_bytes(b"#\n\xff"), 100, ":2:1: error"),
    ("generate", f"{EXTENSION}/dialects/_toy_d.py", lambda path: path.mkdir(), 0, "0 written"),
    ("generate", f"{EXTENSION}/dialects/_toy_l.py", _loop, 100, "cannot read the module"),
    ("generate", f"{EXTENSION}/dialects/_toy_p.py", os.mkfifo, 100, "cannot read the module: it is no file"),
    ("generate", "opspecs/toy/overlay.yaml", _loop, 101, "cannot read opspecs/toy/overlay.yaml: "),
    ("lint", "opspecs/toy/releases.yaml", _loop, 101, "cannot read opspecs/toy/releases.yaml: "),
    ("generate", "opspecs/toy/dialect.yaml", _loop, 100, "unknown-name"),
    ("generate", "opspecs", _moved_loop, 101, "there is no opspecs/bindings.yaml"),
    (
        "generate",
        "opspecs/bindings.yaml",
        lambda path: path.write_text(BINDINGS.replace("../generated", '"x\\0y"')),
        100,
        "opspecs/bindings.yaml:4:9: error: output is 'x\\x00y', expected the path of a folder",
    ),
]


@pytest.mark.parametrize(("command", "path", "make", "code", "words"), STATES)
def test_an_odd_state(
    project: Path, command: str, path: str, make: Callable[[Path], object], code: int, words: str
) -> None:
    make(project / path)
    done = opspec(command, cwd=project)
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    assert done.returncode == code, said
    assert words in said


def _as_nobody(folder: Path, command: str) -> None:
    from opspec.cli import main

    os.chdir(folder)
    if os.getuid() == 0:
        for each in ("generate", "check"):  # what is imported later, root may read alone
            with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
                main([each, "-o", "elsewhere"], prog_name="opspec")
        os.setgroups([])
        os.setuid(65534)
    main([command], prog_name="opspec")


@pytest.mark.parametrize("command", ["check", "generate"])
@pytest.mark.parametrize(
    "path",
    [
        *(LIST, "generated/docs/toy.md", "generated/docs", "opspecs/toy", "opspecs/toy/dialect.yaml", EXTENSION),
        *(f"{EXTENSION}/dialects", f"{EXTENSION}/dialects/_toy_more.py", "opspecs/bindings.yaml"),
    ],
)
def test_what_may_not_be_read_is_told(open_project: Path, path: str, command: str) -> None:
    project = open_project
    if os.getuid() == 0:
        for found in (project, *project.rglob("*")):
            os.chown(found, 65534, 65534)
    (project / path).chmod(0)
    done = in_fork(_as_nobody, project, command)
    (project / path).chmod(0o755)
    said = done.stdout + done.stderr
    assert "Traceback" not in said, said
    assert done.returncode in (100, 101), said
    assert Path(path).name in said or "sync" in said


def test_a_tree_that_nobody_may_write_to_is_fine_where_there_is_nothing_to_write(project: Path) -> None:
    for folder in (project, *project.parents):
        if folder.is_relative_to(tempfile.gettempdir()) and folder != Path(tempfile.gettempdir()):
            folder.chmod(0o755)
    done = in_fork(_as_nobody, project, "generate") if os.getuid() == 0 else opspec("generate", cwd=project)
    assert done.returncode == 0, done.stderr
    assert "0 written" in done.stdout


@pytest.mark.parametrize("arguments", [("lint",), ("names",), ("--help",), ("schema", "dialect")])
def test_an_output_that_takes_nothing(project: Path, arguments: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    done = in_fork(_into_full, project, arguments)
    assert done.returncode == 101
    assert done.stderr == "opspec: cannot print: No space left on device\n"


def _into_full(folder: Path, arguments: tuple[str, ...]) -> None:
    import sys

    from opspec.cli import main

    os.chdir(folder)
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    main(list(arguments), prog_name="opspec")


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "facts.yaml"
    write_file(path, "é\n")
    assert path.read_bytes() == "é\n".encode()
    path.chmod(0o600)
    path.with_name(".facts.yaml.opspec-new").write_text("of a killed run", encoding="utf-8")
    write_file(path, "two\n")
    assert path.read_text(encoding="utf-8") == "two\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["facts.yaml"]


def test_a_file_that_cannot_be_written_stays(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ToolError, match="cannot write "):
        write_file(tmp_path / "folder", "text")
    with pytest.raises(ToolError, match="cannot write "):
        write_file(tmp_path / "folder" / ("x" * 300), "text")
    assert list((tmp_path / "folder").iterdir()) == []


def test_a_link_that_the_user_names_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_file(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text(encoding="utf-8") == "new"


def test_a_device_is_written_to(tmp_path: Path) -> None:
    write_file(Path(os.devnull), "text")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    "arguments", [("extract", "td", "--dialect", "toy"), ("extract", "x.json", "--dialect", "toy")]
)
def test_no_source_is_waited_for(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "td").mkdir()
    for path in ("td/A.td", "x.json"):
        os.mkfifo(tmp_path / path)
    done = opspec(*arguments, cwd=tmp_path)
    assert (done.returncode, "it is a pipe" in done.stderr) == (101, True), done.stderr
