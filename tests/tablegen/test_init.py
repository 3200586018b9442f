"""A project for a dialect of one's own starts with one command."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import opspec
from tests.tablegen.sources import needs_mlir, needs_tblgen, one_line, small, write

pytestmark = needs_tblgen
FILES = ("opspec.mk", "opspecs/bindings.yaml", "opspecs/mine/dialect.yaml", "opspecs/mine/overlay.yaml")


def init(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return opspec("init", "--td", "td/MyOps.td", "--dialect", "mine", *arguments, cwd=cwd)


def files(root: Path) -> tuple[str, ...]:
    """The files of a folder, without the sources."""
    found = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return tuple(sorted(path for path in found if not path.startswith("td/")))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A folder with the dialect."""
    write(tmp_path / "td" / "MyOps.td", small())
    return tmp_path


@pytest.fixture
def started(source: Path) -> Path:
    """A project that was started in the folder."""
    done = init(cwd=source)
    assert (done.returncode, done.stderr) == (0, "")
    assert "opspec generate" in done.stdout
    return source


def test_it_writes_four_files(started: Path) -> None:
    assert files(started) == FILES


def test_the_specs_are_valid(started: Path) -> None:
    done = opspec("lint", cwd=started)
    assert (done.returncode, done.stderr) == (0, "")
    assert "mine: 1 operations" in done.stdout


def test_the_empty_overlay_has_no_words(started: Path) -> None:
    text = (started / "opspecs/mine/overlay.yaml").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if not line.startswith("#")] == [
        "schema: opspec/overlay/1",
        "dialect: mine",
    ]


@needs_mlir
def test_the_bindings_are_in_sync_and_work(started: Path) -> None:
    assert opspec("generate", cwd=started).returncode == 0
    assert opspec("check", cwd=started).returncode == 0
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from mine_bindings.dialects import mine; print(mine.DigOp.__name__, callable(mine.dig))",
        ],
        cwd=started,
        env={**os.environ, "PYTHONPATH": str(started / "generated" / "python")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "DigOp True\n", "")


def test_a_second_start_refuses_and_writes_nothing(started: Path) -> None:
    write(started / "td" / "MyOps.td", small(operation="bury"))
    before = {path: (started / path).read_text(encoding="utf-8") for path in FILES}
    line = one_line(init(cwd=started))
    assert all(path in line for path in FILES)
    assert {path: (started / path).read_text(encoding="utf-8") for path in FILES} == before


@pytest.mark.parametrize("path", FILES)
def test_one_file_in_the_way_is_enough(path: str, source: Path) -> None:
    write(source / path, "mine\n")
    assert path in one_line(init(cwd=source))
    assert files(source) == (path,)
    assert (source / path).read_text(encoding="utf-8") == "mine\n"


def test_the_package_and_the_folder_can_be_chosen(source: Path) -> None:
    done = init("--package", "shed", "-o", "there/it/is", cwd=source)
    assert (done.returncode, done.stderr) == (0, "")
    assert files(source) == tuple(f"there/it/is/{path}" for path in FILES)
    assert opspec("generate", cwd=source / "there/it/is").returncode == 0
    assert (source / "there/it/is/generated/python/shed/dialects/mine.py").is_file()


@pytest.mark.parametrize("package", ["not-a-name", "class", "1st"])
def test_a_package_must_have_a_name_of_python(package: str, source: Path) -> None:
    done = init("--package", package, cwd=source)
    assert done.returncode == 2
    assert files(source) == ()


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (small("yours"), 101, "no dialect 'mine'"),
        ('include "Elsewhere.td"\n', 100, "MyOps.td:1:9: error: "),
    ],
    ids=["another dialect", "missing include"],
)
def test_where_the_extraction_fails_nothing_is_written(text: str, code: int, said: str, source: Path) -> None:
    write(source / "td" / "MyOps.td", text)
    done = init(cwd=source)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert files(source) == ()


def test_make_does_it_all(source: Path) -> None:
    tool = Path(sys.executable).with_name("opspec")
    if shutil.which("make") is None or not tool.is_file() or importlib.util.find_spec("mlir") is None:
        pytest.skip("make, the script `opspec` or the host package `mlir` is not here")
    head, *rest = small().split("\n\n", maxsplit=1)
    write(source / "td" / "more" / "Base.td", head)
    write(source / "td" / "MyOps.td", "\n".join(['include "Base.td"', *rest]))
    assert init("-I", "td/more", "-o", "there", cwd=source).returncode == 0
    for target in ("bindings", "facts", "check-bindings"):
        done = subprocess.run(
            ["make", "-f", "opspec.mk", target],
            cwd=source / "there",
            env={**os.environ, "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"make {target}\n{done.stdout}{done.stderr}"
