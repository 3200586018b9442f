"""Whatever happens to a run, the old tree is there afterwards or the new one; `make faults` tries more of each."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.killing import Course, kill_at_random, kill_everywhere
from tests.faults.pairs import race
from tests.faults.trees import NEW, OLD
from tests.forks import in_fork

_MEMORY = Path("/dev/shm")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder, in memory where there is such a thing: disks are slow at removing folders."""
    if not _MEMORY.is_dir():
        yield tmp_path
        return
    folder = _MEMORY / f"opspec-{tmp_path.parent.name}-{tmp_path.name}"
    folder.mkdir(exist_ok=True)
    yield folder
    shutil.rmtree(folder)


def _kills_everywhere(place: Path) -> None:
    counts = kill_everywhere(Course(place / "one", OLD, NEW), 5)
    assert set(counts) == {"old", "new"}
    assert min(counts.values()) > 5


def _kills_in_the_folder(place: Path) -> None:
    assert "new" in kill_everywhere(Course(place / "one", OLD, NEW, is_put=True), 7)


def _kills_at_random(place: Path) -> None:
    counts = kill_at_random(Course(place / "one", OLD, NEW), 60, 1)
    assert set(counts) <= {"old", "new"}


def _pairs(place: Path) -> None:
    assert set(race(place, 12)) <= {"old", "new"}


@pytest.mark.parametrize("faults", [_kills_everywhere, _kills_in_the_folder, _kills_at_random, _pairs])
def test_old_or_new(place: Path, faults: object) -> None:
    done = in_fork(faults, place)  # type: ignore[arg-type]
    assert done.returncode == 0, done.stderr


def test_a_full_disk(tmp_path: Path) -> None:
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-m", "--map-root-user", "true"]).returncode:
        pytest.skip("no file system can be mounted here")
    program = ["unshare", "--mount", "--map-root-user", sys.executable, "-m", "tests.faults.full_disk", str(tmp_path)]
    done = subprocess.run([*program, "13"], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(" new") == 2
