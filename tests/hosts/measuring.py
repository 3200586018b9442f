"""Dialects from their .td files to what their host says about the sample of each operation."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from opspec.diagnostics import Diagnostics, SpecError, ToolError
from opspec.emitters.output import write_tree
from opspec.extraction import SCHEMA_PATH, Tools, facts_text
from opspec.model.dialect import Dialect
from opspec.model.parents import find_parents
from opspec.pipeline import generate, load_project, naming_of
from opspec.samples.ir import print_sample
from opspec.samples.resolve import resolve_sample
from opspec.spec.bindings import Bindings
from opspec.spec.load import load_dialect
from tests.hosts.verdicts import is_installed, judged

__all__ = ["CONVENTIONS", "Bound", "Measured", "load", "measured", "measured_facts", "samples_of"]

CONVENTIONS = ("mnemonic", "upstream")
_OUTCOME = re.compile(r"(PASSED|FAILED|ERROR|SKIPPED) tests/test_(\w+)\.py::(\S+)")
_IMPORT = """
import importlib, json, sys
found = {}
for name, module in json.load(sys.stdin).items():
    try:
        importlib.import_module(f"measured.dialects.{module}")
        found[name] = ""
    except Exception as error:
        found[name] = f"{type(error).__name__}: {error}"
print(json.dumps(found))
"""
_UNREGISTERED = "operation being parsed with an unregistered dialect"


@dataclass(frozen=True, slots=True)
class Bound:
    """What became of a dialect under a naming convention: `wrong` says what, and is empty where all is well.

    The tests run under the first convention.
    """

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


def _python(root: Path, *arguments: str, input: str = "") -> subprocess.CompletedProcess[str]:
    paths = [str(root / "python"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        cwd=root,
        input=input,
        capture_output=True,
        text=True,
        errors="replace",
    )


def _wrong(facts: Path, convention: str, folder: Path) -> str:
    """What stops a dialect from being generated; empty where nothing does, or `opspec names --fix` mends it."""
    bindings = Bindings("measured", convention, folder, (facts,))
    for last in (False, True):
        try:
            load_project(bindings, Diagnostics())
        except SpecError as error:
            if last:
                return _told(error)
            fix = ("names", "--fix", "--spec", str(facts), "--naming", convention)
            subprocess.run([sys.executable, "-m", "opspec", *fix], capture_output=True, check=False)
    return ""


def _bound(specs: Mapping[str, Path], convention: str, folder: Path) -> dict[str, Bound]:
    """What becomes of dialects that are generated into one package; those that cannot be are left out of it."""
    found: dict[str, Bound] = {}
    for name, facts in specs.items():
        wrong = _wrong(facts, convention, folder)
        if wrong:
            found[name] = Bound(False, False, 0, 0, 0, wrong)
    left = {name: facts for name, facts in specs.items() if name not in found}
    bindings = Bindings("measured", convention, folder, tuple(left.values()))
    project = load_project(bindings, Diagnostics())
    write_tree(folder, generate(project, ["python", "snapshots"]))
    modules = {dialect.name: naming_of(bindings, dialect).module(dialect) for dialect, _ in project.dialects}
    imported = json.loads(_python(folder, "-c", _IMPORT, input=json.dumps(modules)).stdout)
    tests = _tests(folder) if convention == CONVENTIONS[0] else {}
    for name in left:
        counts = tests.get(name, Counter())
        failed = counts["FAILED"] + counts["ERROR"]
        found[name] = Bound(True, not imported[name], counts["PASSED"], failed, counts["SKIPPED"], imported[name])
    return found


def _tests(folder: Path) -> dict[str, Counter[str]]:
    """How the generated tests end, by dialect. They run in a process beside pytest, which a host may end."""
    options = ("-v", "-p", "no:cacheprovider", "-n1", "--max-worker-restart=10000", "--tb=no", "tests")
    done = _python(folder, "-m", "pytest", *options)
    ends = {(name, test): outcome for outcome, name, test in _OUTCOME.findall(done.stdout)}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for (name, _), outcome in ends.items():
        found[name][outcome] += 1
    return found


def measured(root: Path, names: Sequence[str], host: str, folder: Path) -> Iterator[Measured]:
    """Dialects of the .td files below `root`, all the way; `folder` takes the files."""
    specs: dict[str, Path] = {}
    for name in names:
        facts = folder / "specs" / name / "dialect.yaml"
        facts.parent.mkdir(parents=True)
        try:
            facts.write_text(facts_text(str(root), name, None, Tools(), (), SCHEMA_PATH).text, encoding="utf-8")
            load(facts)
        except (SpecError, ToolError) as error:
            yield Measured(name, 0, 0, _told(error))
        else:
            specs[name] = facts
    yield from measured_facts(specs, host, folder)


def measured_facts(specs: Mapping[str, Path], host: str, folder: Path) -> Iterator[Measured]:
    """Dialects whose facts there are, by their names, from there on."""
    bound = {convention: _bound(specs, convention, folder / convention) for convention in CONVENTIONS}
    loaded = find_parents([load(facts) for facts in specs.values()])
    for name, dialect in zip(specs, loaded, strict=True):
        found = judged(host, samples_of(dialect)) if is_installed(host) else None
        refusals = None
        if found is not None and not (found and all(words and _UNREGISTERED in words for words in found.values())):
            refusals = tuple((mnemonic, words) for mnemonic, words in found.items() if words is not None)
        definitions = sum(map(len, (dialect.operations, dialect.types, dialect.attributes, dialect.enums)))
        ends = tuple((convention, each[name]) for convention, each in bound.items())
        yield Measured(name, len(dialect.operations), definitions, "", ends, refusals)
