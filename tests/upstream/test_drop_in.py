"""The convention `upstream` gives the interface of `mlir-tblgen -gen-python-op-bindings`, for every dialect of MLIR."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import SpecError
from opspec.emitters.python.render import render_module
from opspec.model.constraints import Multiplicity
from opspec.model.dialect import Operation
from opspec.naming.policy import policy_of
from opspec.pyview.build import build_module
from opspec.tablegen.extract import extract
from tests.upstream.interface import Interface, differences, read_interface
from tests.upstream.sources import (
    PARTS,
    SOURCES,
    WHOLE,
    dialects_of,
    needs_llvm_tblgen,
    needs_mlir_tblgen,
    records_of,
    run_mlir_tblgen,
    short,
)

pytestmark = [needs_llvm_tblgen, needs_mlir_tblgen]

EVERYDAY = (
    "affine arith async bufferization builtin cf complex func gpu index linalg llvm math memref scf tensor vector"
)


def theirs(source: str, dialect: str) -> Interface:
    """The interface that mlir-tblgen generates."""
    done = run_mlir_tblgen(source, dialect)
    assert done.returncode == 0, done.stderr
    return read_interface(done.stdout)


def has_inherited_result(operation: Operation) -> bool:
    """Whether `OpView.result`, which the host defines, gives the operation's one result."""
    return len(operation.results) == 1 and operation.results[0].value.multiplicity is Multiplicity.ONE


def ours(source: str, dialect: str) -> Interface:
    """The interface that we generate.

    Where a class inherits the accessor `result`, it counts as its own. Functions that make attributes are ours alone.
    """
    facts = extract(records_of(source), dialect)
    module = build_module(facts, policy_of("upstream"))
    found = read_interface(render_module(module, "bindings", "#").text)
    builders = {operation.function for operation in module.operations}
    found.functions = {name: signature for name, signature in found.functions.items() if name in builders}
    for operation in facts.operations:
        if has_inherited_result(operation) and operation.results[0].name == "result":
            found.classes[f"{dialect}.{operation.mnemonic}"].accessors.add("result")
    return found


@pytest.mark.parametrize("source", WHOLE, ids=short)
def test_the_interface_is_upstreams(source: str) -> None:
    for dialect in dialects_of(source):
        found = differences(theirs(source, dialect), ours(source, dialect))
        assert not found, f"{len(found)} differences in {dialect} of {source}:\n" + "\n".join(found)


def test_the_everyday_dialects_are_compared() -> None:
    compared = {dialect for source in WHOLE for dialect in dialects_of(source)}
    assert not set(EVERYDAY.split()) - compared


def test_so_many_operations_are_compared() -> None:
    """Counts what mlir-tblgen generates, which the comparison expects to the last operation."""
    counts = {source: sum(len(theirs(source, dialect).classes) for dialect in dialects_of(source)) for source in WHOLE}
    empty = [source for source, count in counts.items() if not count]
    assert not empty
    assert sum(counts.values()) >= 2500


def test_files_have_names_of_their_own() -> None:
    """The names of these tests tell which file is meant."""
    assert len({short(source) for source in SOURCES}) == len(SOURCES)


@pytest.mark.parametrize("source", PARTS, ids=short)
def test_what_we_cannot_read_alone_upstream_cannot_either(source: str) -> None:
    """Both say the same of the same place."""
    with pytest.raises(SpecError) as caught:
        records_of(source)
    (ours_says,) = caught.value.diagnostics
    upstream = run_mlir_tblgen(source, "any")
    where = ours_says.location
    assert upstream.returncode != 0
    assert upstream.stderr.splitlines()[0].endswith(
        f"{Path(where.path).name}:{where.line}:{where.column}: error: {ours_says.message}"
    )
