"""Build what is published of this tree, into `build/dist`, and try each wheel where nothing else is installed.

`python tools/dist.py` builds a source distribution and, from that, a wheel of `opspec` and of `enzyme-mlir`. Each wheel
goes into an empty environment, and what a new user does first is done there, outside of the tree. Arguments are the
Pythons to try the wheels with, e.g. `python3.10 /usr/bin/python3.13`, by default the one that runs this.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUT = ROOT / "build" / "dist"
TREES = {"opspec": ROOT, "enzyme_mlir": ROOT / "generated" / "python"}
IN_SOURCES = (
    *("CHANGELOG.md", "LICENSE", "Makefile", "README.md", "SECURITY.md", "requirements.lock"),
    *("docs/design.md", "examples/gradient.py", "generated/.opspec-files", "generated/docs/enzyme.md"),
    *("generated/python/pyproject.toml", "generated/python/enzyme_mlir/py.typed", "generator/opspec/cli.py"),
    *("opspecs/bindings.yaml", "opspecs/enzyme/extension/lowering/__init__.py", "tests/unit/test_layers.py"),
)
"""What the source distribution of opspec must hold, among other things: all that regenerates and tests."""

WITHOUT_HOST = """
import sys
import enzyme_mlir
print(enzyme_mlir.__version__)
try:
    import enzyme_mlir.dialects.enzyme
except ImportError as error:
    print(error)
else:
    sys.exit("a host was found where none should be")
"""


class Failure(Exception):
    """Something that is published would not work."""


def say(words: str) -> None:
    """One line about what is done now."""
    print(words, flush=True)


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """What a command prints, without what this environment says about Python."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "OPSPEC_"))}
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, env=kept, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise Failure(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def environment(python: str, folder: Path, *packages: str | Path) -> Path:
    """The folder of the programs of a new environment with these packages."""
    run(python, "-m", "venv", folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if packages:
        run(programs / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages)
    return programs


def expect(wanted: str, found: str) -> None:
    """Raise `Failure` where what was printed lacks what should be there."""
    if wanted not in found:
        raise Failure(f"expected {wanted!r} in:\n{found}")


def build(scratch: Path) -> list[Path]:
    """Build both distributions; the paths of the wheels, that of opspec first."""
    shutil.rmtree(OUT, ignore_errors=True)
    programs = environment(sys.executable, scratch / "build", "build")
    for name, tree in TREES.items():
        say(f"building {name}")
        run(programs / "python", "-m", "build", "--outdir", OUT, tree)
    found = [next(OUT.glob(f"{name}-*.whl")) for name in TREES]
    (sources,) = OUT.glob("opspec-*.tar.gz")
    with tarfile.open(sources) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    lacking = [name for name in IN_SOURCES if name not in held]
    if lacking:
        raise Failure(f"{sources.name} lacks {', '.join(lacking)}")
    return found


def try_bindings(wheel: Path, python: str, scratch: Path) -> None:
    """The bindings alone: they are imported, and say which host to install."""
    say(f"trying {wheel.name} in an empty environment of {python}")
    programs = environment(python, scratch / "bindings", wheel)
    printed = run(programs / "python", "-c", WITHOUT_HOST, cwd=scratch)
    expect(wheel.name.split("-")[1], printed.splitlines()[0])
    expect("needs MLIR's Python bindings and found none of mlir, ", printed)
    expect("install one, for example with: pip install ", printed)
    (package,) = (scratch / "bindings").rglob("enzyme_mlir/py.typed")
    if list(package.parents[1].glob("opspec")):
        raise Failure("the bindings bring the generator")


def try_generator(wheel: Path, python: str, scratch: Path) -> None:
    """The generator: a project is begun, generated, installed and imported."""
    say(f"trying {wheel.name} in an empty environment of {python}")
    programs = environment(python, scratch / "generator", wheel)
    project = scratch / "project"
    project.mkdir()
    expect(f"opspec, version {wheel.name.split('-')[1]}", run(programs / "opspec", "--version", cwd=project))
    expect("Usage: opspec", run(programs / "opspec", "--help", cwd=project))
    run(programs / "opspec", "init", "--dialect", "mine", cwd=project)
    expect("1 operations of 1 dialects", run(programs / "opspec", "generate", "--no-cache", cwd=project))
    expect("in sync", run(programs / "opspec", "check", cwd=project))
    say("trying the package of the project that was begun there")
    fresh = environment(python, scratch / "fresh", project / "generated" / "python")
    program = "import mine_bindings; print(mine_bindings.__version__, mine_bindings.__file__)"
    printed = run(fresh / "python", "-c", program, cwd=scratch)
    expect("0.1.0 ", printed)
    expect(str(scratch / "fresh"), printed)
    expect("files in sync", run(programs / "opspec", "check", cwd=project))


def main(arguments: Sequence[str]) -> int:
    """Build and try all; the exit code."""
    with tempfile.TemporaryDirectory(prefix="opspec-dist-") as folder:
        scratch = Path(folder)
        try:
            generator, bindings = build(scratch)
            for number, python in enumerate(arguments or [sys.executable]):
                place = scratch / str(number)
                place.mkdir()
                try_bindings(bindings, python, place)
                try_generator(generator, python, place)
        except Failure as failure:
            say(f"make dist: {failure}")
            return 1
    for path in sorted(OUT.iterdir()):
        say(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
