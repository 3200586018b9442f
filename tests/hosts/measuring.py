"""One dialect from its .td files to what its host says about the sample of each operation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from opspec.diagnostics import Diagnostics, SpecError, ToolError
from opspec.emitters.output import write_tree
from opspec.emitters.snapshots.ir import print_sample
from opspec.extraction import SCHEMA_PATH, Tools, facts_text
from opspec.model.dialect import Dialect
from opspec.pipeline import generate, load_project
from opspec.samples.resolve import resolve_sample
from opspec.spec.bindings import Bindings
from opspec.spec.load import load_dialect
from tests.hosts.verdicts import is_installed, judged

__all__ = ["CONVENTIONS", "Bound", "Measured", "load", "measured", "samples_of"]

CONVENTIONS = ("mnemonic", "upstream")
_COUNTS = re.compile(r"(\d+) (passed|failed|error|skipped)")
_UNREGISTERED = "operation being parsed with an unregistered dialect"


@dataclass(frozen=True, slots=True)
class Bound:
    """What became of a dialect under a naming convention: `wrong` says what, and is empty where all is well."""

    generated: bool
    imported: bool
    passed: int
    failed: int
    skipped: int
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of a dialect; `refusals` are the host's words by operation, None where the host does not have it."""

    name: str
    operations: int
    definitions: int
    wrong: str = ""
    bound: tuple[tuple[str, Bound], ...] = ()
    refusals: tuple[tuple[str, str], ...] | None = None


def samples_of(dialect: Dialect) -> dict[str, str]:
    """The sample of each operation, as the generated tests build it."""
    return {each.mnemonic: print_sample(dialect, resolve_sample(dialect, each)) for each in dialect.operations}


def load(facts: Path) -> Dialect:
    """The dialect in a file. Raises `SpecError` where it is none."""
    diagnostics = Diagnostics()
    dialect = load_dialect(facts, diagnostics)
    diagnostics.raise_if_any()
    assert dialect is not None, "what cannot be loaded is told"
    return dialect


def _told(error: SpecError | ToolError) -> str:
    return str(error) if isinstance(error, ToolError) else str(error.diagnostics[0].message)


def _python(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    paths = [str(root / "python"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        cwd=root,
        capture_output=True,
        text=True,
        errors="replace",
    )


def _bound(facts: Path, name: str, convention: str, folder: Path, *, with_tests: bool) -> Bound:
    bindings = Bindings("measured", convention, folder, (facts,))
    try:
        write_tree(folder, generate(load_project(bindings, Diagnostics()), ["python", "snapshots"]))
    except SpecError as error:
        return Bound(False, False, 0, 0, 0, _told(error))
    (module,) = (path.stem for path in (folder / "python" / "measured" / "dialects").glob("[!_]*.py"))
    imported = _python(folder, "-c", f"import measured.dialects.{module}")
    if imported.returncode or not with_tests:
        wrong = (imported.stderr.strip().splitlines() or [""])[-1]
        return Bound(True, not imported.returncode, 0, 0, 0, wrong)
    options = ("-q", "-p", "no:cacheprovider", "-n1", "--max-worker-restart=1000", "--tb=no", f"tests/test_{name}.py")
    done = _python(folder, "-m", "pytest", *options)
    counts = {word: int(number) for number, word in _COUNTS.findall(done.stdout.strip().splitlines()[-1])}
    failed = counts.get("failed", 0) + counts.get("error", 0)
    first = next((line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))), "")
    return Bound(True, True, counts.get("passed", 0), failed, counts.get("skipped", 0), first)


def measured(root: Path, name: str, host: str, folder: Path, conventions: Sequence[str] = CONVENTIONS) -> Measured:
    """A dialect of the .td files below `root`, all the way; `folder` takes the files.

    The generated tests run under each convention; a crash of the host is a test that fails.
    """
    facts = folder / name / "dialect.yaml"
    facts.parent.mkdir(parents=True)
    try:
        facts.write_text(facts_text(str(root), name, None, Tools(), (), SCHEMA_PATH).text, encoding="utf-8")
        dialect = load(facts)
    except (SpecError, ToolError) as error:
        return Measured(name, 0, 0, _told(error))
    bound = tuple(
        (each, _bound(facts, name, each, folder / each, with_tests=bool(dialect.operations))) for each in conventions
    )
    samples = samples_of(dialect)
    found = judged(host, samples) if is_installed(host) else None
    refusals = None
    if found is not None and not (found and all(words and _UNREGISTERED in words for words in found.values())):
        refusals = tuple((mnemonic, words) for mnemonic, words in found.items() if words is not None)
    definitions = sum(map(len, (dialect.operations, dialect.types, dialect.attributes, dialect.enums)))
    return Measured(name, len(dialect.operations), definitions, "", bound, refusals)
