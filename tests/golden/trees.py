"""The golden trees: which specs there are, how they are generated, and which files are compared."""

from __future__ import annotations

from pathlib import Path

from tests.command import opspec

GOLDEN = Path(__file__).parent
EXPECTED = GOLDEN / "expected"
PACKAGE = "toy_bindings"
SPECS = tuple(sorted(path.parent.name for path in (GOLDEN / "specs").glob("*/dialect.yaml")))


def compared(spec: str) -> tuple[str, ...]:
    """Patterns of the files that are compared: what the spec says; the runtime is the same for every spec."""
    return (f"python/{PACKAGE}/dialects/{spec}.py", "docs/*.md", f"snapshots/{spec}/*.mlir", "tests/*.py")


def generate(spec: str, output: Path) -> None:
    """Generate everything of a spec with the real command; the spec is named as seen from the golden folder."""
    facts = f"specs/{spec}/dialect.yaml"
    done = opspec("generate", "--spec", facts, "--package", PACKAGE, "-o", str(output), cwd=GOLDEN)
    if done.returncode != 0:
        raise AssertionError(f"opspec generate of {facts} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def read_tree(root: Path, spec: str) -> dict[str, str]:
    """The compared files of a tree, by path."""
    found = (path for pattern in compared(spec) for path in root.glob(pattern))
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sorted(found)}
