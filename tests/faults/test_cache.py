"""What earlier runs made is taken over where all is the same, and nothing that is wrong ever is."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from opspec.disk.store import Store, open_store, store_folder
from tests.command import opspec
from tests.faults.project import make_project

PACKAGE = Path(sys.modules["opspec"].__path__[0])
SUMMARY = "1 operations of 1 dialects: "


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def generate(project: Path, cache: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return opspec("generate", *arguments, cwd=project, OPSPEC_CACHE=str(cache))


def tree(project: Path) -> dict[str, bytes]:
    root = project / "generated"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def fresh(project: Path, elsewhere: Path) -> dict[str, bytes]:
    """What opspec makes of the project where nothing is kept."""
    copy = elsewhere / project.name
    shutil.copytree(project / "opspecs", copy / "opspecs")
    done = opspec("generate", cwd=copy, OPSPEC_CACHE="off")
    assert done.returncode == 0, done.stderr
    return tree(copy)


def entries(cache: Path) -> Iterator[Path]:
    yield from (path for path in cache.iterdir() if path.is_file())


def test_nothing_is_made_where_nothing_changed(project: Path, cache: Path) -> None:
    assert generate(project, cache).returncode == 0
    before = tree(project)
    program = (
        "import sys\nfrom opspec.cli import main\ntry: main(['generate'])\nexcept SystemExit: pass\n"
        "print(sorted({'opspec.pipeline', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=project,
        env={**os.environ, "OPSPEC_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [f"{SUMMARY}{len(before) - 1} files, 0 written", "[]"]
    assert tree(project) == before


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("opspecs/toy/dialect.yaml", "sum: f32", "sum: f64"),
        ("opspecs/toy/overlay.yaml", "dialect: toy\n", "dialect: toy\nsummary: Toys\n"),
        ("opspecs/toy/extension/dialects/_toy_more.py", "Nothing more", "Much more"),
        ("opspecs/bindings.yaml", "toy_bindings", "other_bindings"),
        ("opspecs/bindings.yaml", "mnemonic", "upstream"),
    ],
)
def test_what_changed_is_made_again(project: Path, cache: Path, tmp_path: Path, path: str, old: str, new: str) -> None:
    assert generate(project, cache).returncode == 0
    before, file = tree(project), project / path
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(old, new), encoding="utf-8")
    done = generate(project, cache)
    assert done.returncode == 0, done.stderr
    assert tree(project) == fresh(project, tmp_path / "fresh") != before
    file.write_text(text, encoding="utf-8")
    assert generate(project, cache).returncode == 0
    assert tree(project) == before


def test_releases_that_appear_count(project: Path, cache: Path) -> None:
    assert generate(project, cache).returncode == 0
    (project / "opspecs/toy/releases.yaml").write_text("schema: nonsense\n", encoding="utf-8")
    assert generate(project, cache).returncode == 100


def test_what_was_changed_by_hand_stays(project: Path, cache: Path) -> None:
    assert generate(project, cache).returncode == 0
    page = project / "generated/docs/toy.md"
    page.write_text("mine", encoding="utf-8")
    assert opspec("check", cwd=project, OPSPEC_CACHE=str(cache)).returncode == 100
    done = generate(project, cache)
    assert done.returncode == 100
    assert "changed by hand" in done.stderr
    assert page.read_text(encoding="utf-8") == "mine"
    page.unlink()
    assert "1 written" in generate(project, cache).stdout


def test_check_takes_nothing_over(project: Path, cache: Path) -> None:
    assert generate(project, cache).returncode == 0
    for path in entries(cache):
        path.unlink()
    assert opspec("check", cwd=project, OPSPEC_CACHE=str(cache)).returncode == 0
    assert list(entries(cache)) == []


def damaged(data: bytes) -> Iterator[bytes]:
    yield b""
    yield data[:-1]
    yield data[: len(data) // 2]
    yield data + b"x"
    yield data.replace(b"a", b"b")
    yield b"0" * 64 + b"\n" + data.partition(b"\n")[2]


@pytest.mark.parametrize("way", range(6))
def test_damage_is_no_result(project: Path, cache: Path, way: int) -> None:
    assert generate(project, cache).returncode == 0
    right = tree(project)
    for path in entries(cache):
        path.write_bytes(list(damaged(path.read_bytes()))[way])
    shutil.rmtree(project / "generated")
    done = generate(project, cache)
    assert done.returncode == 0, done.stderr
    assert tree(project) == right


def test_results_of_another_key_are_none(project: Path, cache: Path) -> None:
    assert generate(project, cache).returncode == 0
    right, (first, second, *_) = tree(project), list(entries(cache))
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    shutil.rmtree(project / "generated")
    assert generate(project, cache).returncode == 0
    assert tree(project) == right


def test_another_opspec_makes_its_own(project: Path, cache: Path, tmp_path: Path) -> None:
    assert generate(project, cache).returncode == 0
    other = tmp_path / "other" / "opspec"
    shutil.copytree(PACKAGE, other, ignore=shutil.ignore_patterns("__pycache__"))
    file = other / "pipeline.py"
    file.write_text(file.read_text(encoding="utf-8").replace("Do not edit.", "Do never edit."), encoding="utf-8")
    done = opspec("generate", cwd=project, OPSPEC_CACHE=str(cache), PYTHONPATH=str(other.parent))
    assert done.returncode == 0, done.stderr
    assert "Do never edit." in (project / "generated/docs/toy.md").read_text(encoding="utf-8")
    assert generate(project, cache).returncode == 0
    assert "Do not edit." in (project / "generated/docs/toy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [(), ("--no-cache",)])
def test_nothing_is_kept_where_it_is_off(project: Path, cache: Path, arguments: tuple[str, ...]) -> None:
    home = {"OPSPEC_CACHE": str(cache) if arguments else "off", "XDG_CACHE_HOME": str(cache)}
    assert opspec("generate", *arguments, cwd=project, **home).returncode == 0
    assert not cache.exists() or not list(cache.rglob("*"))


def test_a_folder_that_others_write_to_is_not_used(project: Path, cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o777)
    assert generate(project, cache).returncode == 0
    assert list(cache.iterdir()) == []


def test_a_folder_that_cannot_be_is_not_used(project: Path, cache: Path) -> None:
    cache.write_text("a file", encoding="utf-8")
    assert generate(project, cache).returncode == 0
    assert cache.read_text(encoding="utf-8") == "a file"


def test_several_at_once(tmp_path: Path, cache: Path) -> None:
    projects = [make_project(tmp_path / f"project{each}") for each in range(2)]
    environment = {**os.environ, "OPSPEC_CACHE": str(cache)}
    for _ in range(2):
        runs = [
            subprocess.Popen([sys.executable, "-m", "opspec", "generate"], cwd=each, env=environment)
            for each in [*projects, *projects]
        ]
        assert [run.wait(120) for run in runs] == [0] * 4
    for each in projects:
        assert tree(each) == fresh(each, tmp_path / "fresh")


def test_runs_that_are_killed_leave_nothing_wrong(project: Path, cache: Path, tmp_path: Path) -> None:
    right = fresh(project, tmp_path / "fresh")
    environment = {**os.environ, "OPSPEC_CACHE": str(cache)}
    for number in range(6):
        run = subprocess.Popen([sys.executable, "-m", "opspec", "generate"], cwd=project, env=environment)
        time.sleep(0.15 * (number + 1))
        run.send_signal(signal.SIGKILL)
        run.wait(60)
    assert generate(project, cache).returncode == 0
    assert tree(project) == right


def test_a_store_gives_back_what_was_put(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPSPEC_CACHE", str(cache))
    store = open_store()
    assert store is not None
    assert store.get("a" * 64) is None
    store.put("a" * 64, b"one\ntwo")
    assert store.get("a" * 64) == b"one\ntwo"
    store.put("a" * 64, b"three")
    assert store.get("a" * 64) == b"three"


def test_what_is_no_file_of_ours_is_no_entry(cache: Path) -> None:
    cache.mkdir()
    store = Store(cache)
    store.put("a", b"one")
    (cache / "b").symlink_to(cache / "a")
    os.mkfifo(cache / "c")
    (cache / "d").mkdir()
    shutil.copy(cache / "a", cache / "e")
    (cache / "f").write_bytes((cache / "a").read_bytes())
    (cache / "a").chmod(0o666)
    assert [store.get(key) for key in "abcdef"] == [None] * 6


def test_a_store_does_not_grow_without_end(cache: Path) -> None:
    cache.mkdir()
    store = Store(cache, limit=1000)
    for number in range(10):
        store.put(f"key{number}", b"x" * 100)
        os.utime(cache / f"key{number}", (number, number))
    (cache / ".new-left").write_bytes(b"x")
    os.utime(cache / ".new-left", (0, 0))
    (cache / ".new-fresh").write_bytes(b"x")
    store.tidy()
    left = {path.name for path in cache.iterdir()}
    assert left == {".new-fresh", "key7", "key8", "key9"}


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"OPSPEC_CACHE": "/a/b"}, Path("/a/b")),
        ({"OPSPEC_CACHE": "off"}, None),
        ({"OPSPEC_CACHE": ""}, None),
        ({"XDG_CACHE_HOME": "/c"}, Path("/c/opspec")),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/home/me"}, Path("/home/me/.cache/opspec")),
    ],
)
def test_where_results_are_kept(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], folder: Path | None
) -> None:
    if sys.platform != "linux":
        pytest.skip("other systems have their own folders")
    for name in ("OPSPEC_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert store_folder() == folder
