"""What the command line and the import of a dialect take: processor time of whole processes, in turns."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.rows import Row, print_rows, row
from benchmarks.timing import ROOT, processor_time
from enzyme_mlir.hosts import installed

GROUP = "commands"
ROUNDS = 5
HOST_ALONE = f"import {installed()[0]}.ir"
DIALECT = "import enzyme_mlir.dialects.enzyme"


class Project:
    """A copy of this project's specs, which is generated from with a cache of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cache = folder / "cache"
        shutil.copytree(ROOT / "opspecs", folder / "opspecs")
        shutil.copytree(ROOT / "opspecs", folder / "old")
        shutil.copy(ROOT / "LICENSE", folder)
        self._changes = 0

    def run(self, *arguments: str) -> float:
        """Seconds that a command of opspec takes."""
        return processor_time(
            ["-m", "opspec", *arguments], folder=self.folder, environment={"OPSPEC_CACHE": str(self.cache)}
        )

    def cold(self) -> float:
        """Generate with nothing made before."""
        for made in (self.cache, self.folder / "generated"):
            shutil.rmtree(made, ignore_errors=True)
        return self.run("generate")

    def changed(self) -> float:
        """Generate after a change of one spec, the largest."""
        self._changes += 1
        with (self.folder / "opspecs" / "enzyme" / "overlay.yaml").open("a", encoding="utf-8") as overlay:
            overlay.write(f"# {self._changes}\n")
        return self.run("generate")


def rows() -> Iterator[Row]:
    """All rows."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder))
        ways: dict[str, tuple[Callable[[], float], float]] = {
            "opspec --help": (lambda: project.run("--help"), 0.12),
            "opspec diff, the whole family": (lambda: project.run("diff", "old", "opspecs"), 0.5),
            "opspec generate, cold": (project.cold, 1.0),
            "opspec generate, nothing changed": (lambda: project.run("generate"), 0.3),
            "opspec generate, one spec changed": (project.changed, 0.5),
            "import of enzyme_mlir.dialects.enzyme, beyond the host's": (beyond, 0.03),
        }
        for way, _ in ways.values():
            way()
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, (way, _) in ways.items():
                taken[name].append(way())
    for name, (_, aim) in ways.items():
        yield row(GROUP, name, taken[name], unit="s", aim=aim)


def beyond() -> float:
    """Seconds that the import of a dialect takes more than that of its host."""
    return processor_time(["-c", DIALECT]) - processor_time(["-c", HOST_ALONE])


if __name__ == "__main__":
    print_rows(list(rows()))
