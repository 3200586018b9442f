"""Every dialect of MLIR goes all the way: from its `.td` file through YAML to modules that compile and import."""

from __future__ import annotations

import json
import keyword
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics, SpecError, ToolError, render
from opspec.emitters.output import write_tree
from opspec.model.dialect import Dialect
from opspec.model.terminators import find_terminators
from opspec.naming.check import check_names
from opspec.naming.policy import CONVENTIONS, policy_for
from opspec.pipeline import Project, generate, load_project
from opspec.spec.bindings import Bindings
from opspec.spec.facts import build_dialect
from opspec.spec.printer import print_dialect
from opspec.spec.reading import read_yaml
from opspec.tablegen.extract import extract
from tests.upstream.sources import PARTS, WHOLE, dialects_of, needs_host, needs_llvm_tblgen, path_of, records_of, short

pytestmark = needs_llvm_tblgen

WRITTEN = ("mnemonic", "upstream")
"""The conventions whose modules are written out; the others differ in names only, which are checked for all."""
IMPORT_ALL = """
import importlib, json, sys, traceback
from mlir import ir
found = {}
for name in json.load(sys.stdin):
    try:
        module = importlib.import_module(name)
        views = [getattr(module, each) for each in module.__all__ if hasattr(getattr(module, each), "OPERATION_NAME")]
        missing = [] if views else ["no operations"]
        found[name] = "; ".join(missing + [f"{v} is no OpView" for v in views if not issubclass(v, ir.OpView)])
    except Exception:
        found[name] = traceback.format_exc(limit=-2)
json.dump(found, sys.stdout)
"""


def module_name(dialect: str) -> str:
    """The module of a dialect: `async` is a keyword."""
    return f"{dialect}_" if keyword.iskeyword(dialect) else dialect


@cache
def facts_of(source: str) -> tuple[tuple[Dialect, str], ...]:
    """The dialects in a file, each with the text of its spec."""
    found = [extract(records_of(source), name) for name in dialects_of(source)]
    return tuple((dialect, print_dialect(dialect)) for dialect in found)


@cache
def batches() -> tuple[tuple[tuple[Dialect, str], ...], ...]:
    """The dialects of all files, put together so that no package has two of one name: several files define one."""
    found: list[dict[str, tuple[Dialect, str]]] = []
    for source in WHOLE:
        for dialect, _ in facts_of(source):
            batch = next((each for each in found if dialect.name not in each), None)
            if batch is None:
                found.append(batch := {})
            batch[dialect.name] = (find_terminators(dialect), "")
    return tuple(tuple(batch.values()) for batch in found)


@cache
def check_syntax(text: str) -> None:
    """Refuse what is not Python; the files that every package has are looked at once."""
    compile(text, "generated", "exec")


def write_specs(source: str, folder: Path) -> tuple[Path, ...]:
    """Write the `dialect.yaml` of every dialect in a file."""
    paths = []
    for dialect, text in facts_of(source):
        path = folder / "specs" / short(source) / dialect.name / "dialect.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return tuple(paths)


def mistakes(diagnostics: Diagnostics) -> str:
    """What was found wrong, for messages."""
    return "\n".join(render(found) for found in diagnostics.found)


@pytest.mark.parametrize("source", WHOLE, ids=short)
def test_facts_survive_the_way_through_yaml(source: str, tmp_path: Path) -> None:
    for path, (dialect, text) in zip(write_specs(source, tmp_path), facts_of(source), strict=True):
        diagnostics = Diagnostics()
        root = read_yaml(path, diagnostics)
        assert root is not None, mistakes(diagnostics)
        read = build_dialect(root, diagnostics)
        assert not diagnostics.found, mistakes(diagnostics)
        for part in ("name", "constraints", "enums", "attributes", "types", "operations"):
            expected, found = getattr(dialect, part), getattr(read, part)
            different = [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]]
            assert not different, f"{len(different)} {part} differ; first extracted, then read: {different[0]}"
        assert read == dialect
        assert print_dialect(read) == text


@pytest.mark.parametrize("source", WHOLE, ids=short)
def test_everything_can_be_generated(source: str, tmp_path: Path) -> None:
    specs = write_specs(source, tmp_path)
    bindings = [Bindings("bindings", convention, tmp_path / "out", specs) for convention in WRITTEN]
    try:
        project = load_project(bindings[0], Diagnostics())  # the names under the others have a test of their own
    except SpecError as error:
        found = [str(each.message) for each in error.diagnostics]
        pytest.fail(f"{len(found)} mistakes in facts that were extracted: {'; '.join(found[:5])}", pytrace=False)
    for each in bindings:
        files = {file.path: file.text for file in generate(replace(project, bindings=each))}
        for name in dialects_of(source):
            assert f"python/bindings/dialects/{module_name(name)}.py" in files
            assert f"tests/test_{name}.py" in files
        for path, text in files.items():
            if path.endswith(".py"):
                check_syntax(text)


@pytest.mark.parametrize("source", WHOLE, ids=short)
def test_names_are_free_under_every_convention(source: str) -> None:
    for dialect, _ in facts_of(source):
        for convention in CONVENTIONS:
            diagnostics = Diagnostics()
            check_names(dialect, policy_for(dialect, convention), diagnostics)
            assert [(convention, found.message) for found in diagnostics.found] == []


@needs_host
@pytest.mark.parametrize("convention", WRITTEN)
def test_modules_import(convention: str, tmp_path: Path) -> None:
    """From the extracted facts themselves: the way through YAML has its tests above."""
    modules, paths = [], []
    for number, dialects in enumerate(batches()):
        specs = tuple(Path("specs") / dialect.name / "dialect.yaml" for dialect, _ in dialects)
        bindings = Bindings(f"bindings_{number}", convention, tmp_path / str(number), specs)
        write_tree(bindings.output, generate(Project(bindings, dialects, ()), ["python"]))
        modules += [f"{bindings.package}.dialects.{module_name(dialect.name)}" for dialect, _ in dialects]
        paths.append(str(bindings.output / "python"))
    assert len(modules) == sum(len(dialects_of(source)) for source in WHOLE)
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL],
        input=json.dumps(modules),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    imported = json.loads(done.stdout)
    assert set(imported) == set(modules) != set()
    assert not any(imported.values()), "\n".join(f"{name}: {reason}" for name, reason in imported.items() if reason)


MISSING = {
    "SMTArrayOps": ("Couldn't find class 'SMTOp'", "SMTOp"),
    "SMTBitVectorOps": ("Couldn't find class 'SMTOp'", "SMTOp"),
    "SMTIntOps": ("Couldn't find class 'SMTOp'", "SMTOp"),
    "SPIRVBitOps": ("Variable not defined: 'SameOperandsAndResultType'", "SameOperandsAndResultType"),
    "SPIRVCLOps": ("Variable not defined: 'Pure'", "Pure"),
    "SPIRVCooperativeMatrixOps": ("Couldn't find class 'SPIRV_KhrVendorOp'", "SPIRV_KhrVendorOp"),
    "SPIRVGLOps": ("Variable not defined: 'SameOperandsAndResultType'", "SameOperandsAndResultType"),
    "SPIRVGroupOps": ("Couldn't find class 'SPIRV_KhrVendorOp'", "SPIRV_KhrVendorOp"),
    "SPIRVIntelExtOps": ("Couldn't find class 'SPIRV_IntelVendorOp'", "SPIRV_IntelVendorOp"),
    "SPIRVLogicalOps": ("Variable not defined: 'SelectLikeOpInterface'", "SelectLikeOpInterface"),
    "SPIRVMatrixOps": ("Couldn't find class 'SPIRV_Op'", "SPIRV_Op"),
    "SPIRVMemoryOps": ("Variable not defined: 'Pure'", "Pure"),
    "SPIRVMiscOps": ("Variable not defined: 'Pure'", "Pure"),
    "SPIRVNonUniformOps": ("Couldn't find class 'PredOpTrait'", "PredOpTrait"),
}
"""What llvm-tblgen says first of each file that only means something inside another one, and the name it lacks."""


def test_the_parts_are_those_that_lack_something() -> None:
    assert {short(source) for source in PARTS} == set(MISSING)


@pytest.mark.parametrize("source", PARTS, ids=short)
def test_a_file_that_cannot_be_read_alone_is_refused(source: str) -> None:
    """The reason comes with its place in the file, at which upstream stops too: see `test_drop_in`."""
    message, name = MISSING[short(source)]
    with pytest.raises(SpecError) as caught:
        records_of(source)
    (found,) = caught.value.diagnostics
    place = f"if an older MLIR lacks '{name}', define it in a file and give that with --prelude"
    assert (found.code, found.message) == ("tablegen", message)
    written_for = "; if the file was written for another MLIR than the installed MLIR "
    assert found.hint.startswith(f"{place}{written_for}")
    assert found.hint.endswith(", give its folder with --include-mlir")
    assert Path(found.location.path).samefile(path_of(source))


def test_an_unknown_dialect_is_refused() -> None:
    source = next(source for source in WHOLE if short(source) == "ArithOps")
    with pytest.raises(ToolError, match=r"no dialect 'arithmetic' \(they define: .*\barith\b"):
        extract(records_of(source), "arithmetic")
