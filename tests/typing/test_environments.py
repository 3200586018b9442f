"""With any host and no settings, mypy --strict and basedpyright strict know what `enzyme_mlir` takes and gives.

Right programs have no faults. A line of `negative/` with `# E: message` is wrong: mypy says so in these words, and
basedpyright finds a fault in it too.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.typing.environments import Faults, basedpyright, make_environment, mypy

pytest.importorskip("mypy")
pytest.importorskip("basedpyright")

HERE = Path(__file__).parent
RIGHT = ("program.py", "derivatives.py")
EXPECTED = re.compile(r"# E: (.*)$")
HOSTS = ("mlir", "jaxlib.mlir", "torch_mlir", "iree.compiler")
ALONE = "# mypy alone on mlir"
"""Marks what basedpyright misses there: the stub of `Value` has a base that it forgot to import, so unknown."""

JAXLIB = re.compile(r'reportUnknownMemberType: Type of "(get|parse|unknown)" is partially unknown|.*"Final"')
"""What jaxlib's own stubs are to blame for, however they are imported.

They name `_ir.Context`, which they do not import, where functions of theirs take a context; and declare
`InsertionPoint.current` in a way that is none: `ClassVar[Final[...]]`.
"""

OF_THE_HOST = """
from {host} import ir

from enzyme_mlir.dialects import enzyme


def build(x: {value}, f64: ir.Type, at: ir.InsertionPoint, here: ir.Location) -> ir.Type:
    cell = enzyme.InitOp(f64, loc=here, ip=at)
    enzyme.push(cell, x)
    operation: ir.Operation = cell.operation
    region: ir.Region = enzyme.AutoDiffRegionOp([x], ["dup"], ["dup"], results=[f64]).body
    for block in region.blocks:
        enzyme.yield_(list(block.arguments))
    view: ir.OpView = operation.opview
    view.verify()
    return enzyme.PopOp(cell).output.type
"""


def wrong_lines() -> Iterator[tuple[str, int, str, str]]:
    """File, number, text and expected message of each wrong line."""
    for path in sorted((HERE / "negative").glob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if match := EXPECTED.search(line):
                yield f"wrong_{path.name}", number, line, match[1].strip()


WRONG = list(wrong_lines())


def programs_in(folder: Path) -> Path:
    """A folder of right programs and of wrong ones, one of which would have the name of a right one."""
    programs = folder / "programs"
    programs.mkdir()
    for name in RIGHT:
        shutil.copy(HERE / name, programs / name)
    for path in (HERE / "negative").glob("*.py"):
        shutil.copy(path, programs / f"wrong_{path.name}")
    return programs


def where_there_is_no_fault(faults: Faults) -> list[tuple[str, int, list[str]]]:
    """What was found in lines that are right."""
    wrong = {(name, number) for name, number, _, _ in WRONG}
    return [(*place, found) for place, found in faults.items() if place not in wrong]


def test_there_are_many_wrong_programs() -> None:
    assert len(WRONG) >= 100


@pytest.mark.parametrize("host", HOSTS)
def test_mypy_finds_every_wrong_line_and_no_other(host: str, tmp_path: Path) -> None:
    faults = mypy(make_environment(tmp_path, host), programs_in(tmp_path))
    missed = [
        (name, number, message, faults.get((name, number)))
        for name, number, _, message in WRONG
        if not any(message in found for found in faults.get((name, number), []))
    ]
    assert (missed, where_there_is_no_fault(faults)) == ([], [])


@pytest.mark.parametrize("host", HOSTS)
def test_basedpyright_finds_every_wrong_line_and_no_other(host: str, tmp_path: Path) -> None:
    faults = basedpyright(make_environment(tmp_path, host), programs_in(tmp_path))
    if host == "jaxlib.mlir":
        faults = {place: [each for each in found if not JAXLIB.match(each)] for place, found in faults.items()}
        faults = {place: found for place, found in faults.items() if found}
    missed = [
        (name, number, line.strip())
        for name, number, line, _ in WRONG
        if all(found.startswith("reportUnknown") for found in faults.get((name, number), []))
        and not (host == "mlir" and ALONE in line)
    ]
    assert (missed, where_there_is_no_fault(faults)) == ([], [])


@pytest.mark.parametrize(("host", "value"), [("jaxlib.mlir", "ir.Value[ir.Type]"), ("mlir", "ir.Value")])
def test_values_of_the_host_itself_are_taken(host: str, value: str, tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "mine.py").write_text(OF_THE_HOST.format(host=host, value=value), encoding="utf-8")
    environment = make_environment(tmp_path, host)
    faults = basedpyright(environment, programs)
    if host == "mlir":  # its package does not say that it has types: mypy would have to be told, pyright remarks on it
        assert faults == {("mine.py", 2): ['reportMissingTypeStubs: Stub file not found for "mlir"']}
    else:
        assert (faults, mypy(environment, programs)) == ({}, {})
