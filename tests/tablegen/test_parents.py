"""Parents that are named by C++ classes: checked where the operation is known, and never refused where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.tablegen.operations import MLIR_OPERATIONS
from tests.command import opspec
from tests.tablegen.sources import facts_of, needs_mlir, needs_tblgen, write
from tests.tablegen.test_kitchen import python

BUILDING = """\
from found import ir, new_context, verify
from found.dialects import parents as p

with new_context() as context, ir.Location.unknown():
    module = ir.Module.parse("func.func @f() { return }")
    places = {"module": module.body, "function": module.body.operations[0].regions[0].blocks[0]}
    for name in ("in_module", "in_function", "in_either", "in_llvm", "in_own", "in_foreign", "in_some", "in_template"):
        for place, block in places.items():
            with ir.InsertionPoint.at_block_begin(block):
                try:
                    getattr(p, name)(1)
                except ValueError as error:
                    print(name, place, error)
    verify(module)
"""
SAID = """\
in_module function parents.in_module: the operation is inside func.func, accepted is inside builtin.module
in_function module parents.in_function: the operation is inside builtin.module, accepted is inside func.func
in_llvm module parents.in_llvm: the operation is inside builtin.module, accepted is inside llvm.func or func.func
in_own module parents.in_own: the operation is inside builtin.module, accepted is inside parents.module
in_own function parents.in_own: the operation is inside func.func, accepted is inside parents.module
"""


@needs_tblgen
@needs_mlir
@pytest.mark.parametrize("bound", ["mnemonic"], indirect=True)
def test_a_known_parent_is_checked_and_another_is_not(bound: Path) -> None:
    done = python("-c", BUILDING, root=bound)
    assert (done.returncode, done.stdout, done.stderr) == (0, SAID, "")


FACTS = """\
schema: opspec/dialect/1
dialect: {dialect}
operations:
  {operation}:
    class: {cls}
    traits: [{traits}]
"""


def test_an_operation_of_a_sibling_is_found_by_its_class(tmp_path: Path) -> None:
    """The namespace says which sibling: a class of the same name in another one is another class."""
    inner = 'HasParent(opaque("hw::ModuleOp"), opaque("other::ModuleOp"), opaque(OwnOp))'
    for dialect, operation, cls, traits in (
        ("hw", "module", "ModuleOp", "NoTerminator"),
        ("sv", "module", "ModuleOp", "NoTerminator"),
        ("use", "own", "OwnOp", f"'{inner}'"),
    ):
        text = FACTS.format(dialect=dialect, operation=operation, cls=cls, traits=traits)
        write(tmp_path / dialect / "dialect.yaml", text)
    specs = [part for name in ("hw", "sv", "use") for part in ("--spec", f"{name}/dialect.yaml")]
    done = opspec("lint", *specs, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "  partly opaque(other::ModuleOp): own (parent)\n" in done.stdout
    assert "opaque(hw::" not in done.stdout
    done = opspec("generate", *specs, "--only", "docs", "-o", "made", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    page = (tmp_path / "made/docs/use.md").read_text(encoding="utf-8")
    assert "Stands in `hw.module`, `other::ModuleOp` or `use.own`, as C++ calls some of them." in page


def test_what_is_opaque_is_listed(tmp_path: Path) -> None:
    definition = Path(__file__).parent / "dialects" / "parents.yaml"
    write(tmp_path / "dialect.yaml", definition.read_text(encoding="utf-8"))
    done = opspec("lint", "--spec", "dialect.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert "  opaque(hw::HWModuleOp): in_foreign (parent)\n" in done.stdout
    assert "  partly opaque(hw::HWModuleOp): in_some (parent)\n" in done.stdout


MANY = """\
include "mlir/Dialect/Func/IR/FuncOps.td"
include "mlir/Dialect/SCF/IR/SCFOps.td"
def D : Dialect { let name = "many"; let cppNamespace = "::many"; }
def AOp : Op<D, "a", [HasParent<"ForOp">]>;
def BOp : Op<D, "b", [HasParent<"scf::ForOp">]>;
def COp : Op<D, "c", [HasParent<"::scf::ForOp">]>;
"""


@needs_tblgen
def test_a_name_without_its_namespaces_is_found_where_only_one_has_it(tmp_path: Path) -> None:
    text = facts_of(write(tmp_path / "many.td", MANY))
    assert "HasParent(scf.for)" in text.partition("  a:")[2].partition("  b:")[0]
    assert "HasParent(scf.for)" in text.partition("  b:")[2].partition("  c:")[0]
    assert 'HasParent(opaque("scf::ForOp"))' in text.partition("  c:")[2]


def test_the_table_of_mlir_is_sorted_and_says_each_class_once() -> None:
    lines = MLIR_OPERATIONS.read_text(encoding="utf-8").splitlines()
    classes = [line.split(" ")[0] for line in lines]
    assert classes == sorted(set(classes))
    assert "mlir::ModuleOp builtin.module" in lines
