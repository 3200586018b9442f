"""A copy of the project to plant bugs in, and what its tests say of them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

from tests.mutants.changes import Change
from tests.mutants.folders import COPIES, GOLDEN_USERS, TEXT_ONLY, Folder

__all__ = ["Copy"]

ROOT = Path(__file__).parents[2]
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


class Copy:
    """A copy of the files that git knows or would, put into `folder`."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self._times = count(1_000_000_000)
        self._known: dict[tuple[str, ...], tuple[float, tuple[str, ...]]] = {}
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file() and not (ROOT / name).is_symlink():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, folder / name)
                shutil.copymode(ROOT / name, folder / name)
        if (ROOT / "build" / "enzyme").exists():
            (folder / "build").mkdir(exist_ok=True)
            (folder / "build" / "enzyme").symlink_to((ROOT / "build" / "enzyme").resolve())
        self.environment = {
            **{name: text for name, text in os.environ.items() if name != "ENZYME_MLIR_HOST"},
            "PYTHONPATH": os.pathsep.join(str(folder / part) for part in ("generator", "generated/python", ".")),
        }
        self._run("git", "init", "-q", limit=60)

    def measure(self, folder: Folder) -> tuple[float, int]:
        """How long the tests of a folder take without a bug, and how many of them fail then (and count no more)."""
        for tests in {folder.tests, folder.regenerated, GOLDEN_USERS} - self._known.keys():
            started = time.monotonic()
            done = self._pytest(*tests, "-rfE", limit=3600) if tests else None
            if done and done[0] not in (0, 1):  # nothing ran, and every bug would count as caught
                raise SystemExit(f"the tests of {folder.path} cannot run:\n{done[1][-2000:]}")
            failed = tuple(_FAILED.findall(done[1])) if done else ()
            self._known[tests] = (time.monotonic() - started, failed)
        seconds, failed = self._known[folder.tests]
        return seconds, len({*failed, *self._known[folder.regenerated][1]})

    def take_measures_of(self, other: Copy) -> None:
        """Know what `other` has measured."""
        self._known.update(other._known)

    def try_out(self, folder: Folder, change: Change) -> str:
        """Plant a bug: `caught` by a test that knows what is right, `text` by generated text alone, or `survived`."""
        places = [change.file, *self._copies_of(change.file)]
        before = {place: (self.root / place).read_text(encoding="utf-8") for place in places}
        try:
            for place in places:
                self._write(place, change.text)
            return self._verdict(folder)
        finally:
            for place, text in before.items():
                self._write(place, text)

    def _verdict(self, folder: Folder) -> str:
        if not self._passes(folder.tests):
            return "caught"
        if self._run(sys.executable, "-m", "opspec", "check", limit=120)[0] != 0:
            if folder.regenerated:
                try:
                    generated = self._run(sys.executable, "-m", "opspec", "generate", limit=120)[0] == 0
                    if not generated or not self._passes(folder.regenerated):
                        return "caught"
                finally:
                    self._restore("generated")
            return "text"
        if self._pytest(*TEXT_ONLY, "-x", limit=300)[0] == 0:
            return "survived"
        try:
            rewritten = self._run(sys.executable, "-m", "tests.golden.rewrite", limit=120)[0] == 0
            return "text" if rewritten and self._passes(GOLDEN_USERS) else "caught"
        finally:
            self._restore("tests/golden/expected")

    def _passes(self, tests: tuple[str, ...]) -> bool:
        seconds, failed = self._known[tests]
        without = [f"--deselect={each}" for each in (*failed, "tests/golden/test_golden.py::" + TEXT_ONLY[-1])]
        return self._pytest(*tests, *without, "-x", limit=4 * seconds + 60)[0] == 0

    def _pytest(self, *arguments: str, limit: float) -> tuple[int, str]:
        there = [each for each in arguments if not each.startswith(("tests/", "generated/")) or self._has(each)]
        return self._run(sys.executable, "-m", "pytest", "-p", "no:xdist", *there, limit=limit)

    def _has(self, path: str) -> bool:
        return (self.root / path).exists()

    def _run(self, *command: str, limit: float) -> tuple[int, str]:
        """The exit code and the output; too slow is a failure, and ends what was started."""
        child = subprocess.Popen(
            command,
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        try:
            out, _ = child.communicate(timeout=limit)
            return child.returncode, out
        except subprocess.TimeoutExpired:
            return 1, "too slow"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()

    def _write(self, place: str, text: str) -> None:
        """Each time with another time of change: compiled Python is told apart by time and size."""
        (self.root / place).write_text(text, encoding="utf-8")
        moment = next(self._times)
        os.utime(self.root / place, (moment, moment))

    def _copies_of(self, file: str) -> list[str]:
        text = (self.root / file).read_bytes()
        found = [copy + file.removeprefix(source) for source, copy in COPIES if file.startswith(source)]
        return [each for each in found if self._has(each) and (self.root / each).read_bytes() == text]

    def _restore(self, place: str) -> None:
        shutil.rmtree(self.root / place)
        shutil.copytree(ROOT / place, self.root / place, ignore=shutil.ignore_patterns("__pycache__"))
