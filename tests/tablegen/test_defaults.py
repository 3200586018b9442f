"""Defaults from a .td file to Python: extracted, listed, generated, compared."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import opspec
from tests.tablegen.sources import needs_mlir, needs_tblgen, write

pytestmark = needs_tblgen

TD = """\
include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/IR/Properties.td"

def Mine_Dialect : Dialect { let name = "mine"; let cppNamespace = "::mine"; }
def A : I32BitEnumAttrCaseBit<"A", 0, "a">;
def B : I32BitEnumAttrCaseBit<"B", 1, "b">;
def Mine_Flag : I32BitEnumAttr<"Flag", "f", [A, B]> { let cppNamespace = "::mine"; }
def Mine_Mode : I32EnumAttr<"Mode", "m", [I32EnumAttrCase<"X", 0>, I32EnumAttrCase<"Y", 1>]> {
  let cppNamespace = "::mine";
  let genSpecializedAttr = 0;
}
def Mine_ModeAttr : EnumAttr<Mine_Dialect, Mine_Mode, "mode">;
def Mine_Modes : TypedArrayAttrBase<Mine_ModeAttr, "modes">;
def Mine_Span : AttrDef<Mine_Dialect, "Span"> {
  let mnemonic = "span";
  let parameters = (ins
    DefaultValuedParameter<"int64_t", "0x10">:$first, DefaultValuedParameter<"unsigned", "-1">:$last,
    DefaultValuedParameter<"::mine::Mode", "::mine::Mode::Y">:$mode, DefaultValuedParameter<"bool", "isFar()">:$far);
  let assemblyFormat = "`<` struct(params) `>`";
}
def Mine_DigOp : Op<Mine_Dialect, "dig"> {
  let arguments = (ins
    DefaultValuedAttr<Mine_Flag, "::mine::Flag::A | ::mine::Flag::B">:$flags,
    DefaultValuedAttr<Mine_Flag, "~::mine::Flag::A">:$rest,
    DefaultValuedAttr<Mine_ModeAttr, "::mine::Mode::Y">:$mode,
    DefaultValuedAttr<Mine_Mode, "static_cast<uint32_t>(::mine::Mode::Y)">:$plain,
    DefaultValuedAttr<Mine_Modes, "{}">:$modes,
    DefaultValuedAttr<I64Attr, "010">:$depth,
    DefaultValuedAttr<F32Attr, "1">:$weight,
    DefaultValuedAttr<BoolAttr, "1">:$wet,
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 2}">:$sizes,
    DefaultValuedStrAttr<StrAttr, "x\\\\ty">:$words,
    DefaultValuedAttr<I64Attr, "kDeep | 1">:$unknown,
    DefaultValuedAttr<SI8Attr, "200">:$large,
    DefaultValuedProp<I64Prop, "1 << 4">:$stored);
}
"""
EXPECTED = {
    "flags": "attr enum Flag = A|B",
    "rest": "attr enum Flag = B",
    "mode": "attr mine.mode = Y",
    "plain": "attr enum Mode = Y",
    "modes": "attr array<mine.mode> = []",
    "depth": "attr i64 = 8",
    "weight": "attr f32 = 1.0",
    "wet": "attr bool = true",
    "sizes": "attr dense_array<i64> = [1, 2]",
    "words": 'attr string = "x\\ty"',
    "unknown": 'attr i64 = opaque("kDeep | 1")',
    "large": 'attr si8 = opaque("200")',
    "stored": "prop i64 = 16",
    "first": "int64 = 16",
    "last": "uint32 = 4294967295",
    "far": 'bool = opaque("isFar()")',
}


def extract(root: Path, text: str) -> subprocess.CompletedProcess[str]:
    write(root / "td" / "Mine.td", text)
    return opspec("extract", "td/Mine.td", "--dialect", "mine", cwd=root)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of the dialect, generated."""
    write(tmp_path / "td" / "Mine.td", TD)
    for arguments in (("init", "--td", "td/Mine.td", "--dialect", "mine"), ("generate",)):
        done = opspec(*arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    return tmp_path


def test_the_facts_and_the_warning(tmp_path: Path) -> None:
    done = extract(tmp_path, TD)
    assert done.returncode == 0
    lines = {line.strip().replace("'", "") for line in done.stdout.splitlines()}
    assert [f"{name}: {text}" for name, text in EXPECTED.items() if f"{name}: {text}" not in lines] == []
    line = next(number for number, text in enumerate(TD.splitlines(), 1) if "200" in text)
    column = TD.splitlines()[line - 1].index("200") + 1
    assert done.stderr.startswith(
        f"td/Mine.td:{line}:{column}: warning: the default is `200`, accepted is an integer of -128 to 127 [default]\n"
    )


def test_lint_counts_what_only_cpp_knows(project: Path) -> None:
    done = opspec("lint", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "mine: 1 operations, 0 opaque constraints, 0 in part; 3 opaque defaults" in done.stdout
    assert "default of C++'s own: dig.unknown (kDeep | 1)" in done.stdout
    assert "default of C++'s own: span.far (isFar())" in done.stdout


@needs_mlir
def test_python_has_the_defaults_and_says_which_it_has_not(project: Path) -> None:
    program = """
from mine_bindings.dialects import mine
from mine_bindings import ir
with ir.Context() as context, ir.Location.unknown():
    context.allow_unregistered_dialects = True
    module = ir.Module.create()
    with ir.InsertionPoint(module.body):
        op = mine.dig().operation.opview
    print(op.depth, op.weight, op.wet, op.sizes, op.words, op.unknown, op.large)
    print(op.flags, op.rest, op.mode, op.plain, op.modes)
    print(op)
print(mine.dig.__doc__)
print(mine.SpanAttr.get.__doc__)
"""
    path = str(project / "generated" / "python")
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env={"PYTHONPATH": path}
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "8 : i64 1.000000e+00 : f32 true array<i64: 1, 2>" in done.stdout
    assert "Left out, it has a default of C++'s own: `kDeep | 1`." in done.stdout
    assert "Left out, it has a default of C++'s own: `200`." in done.stdout


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("::mine::Flag::A | ::mine::Flag::B", "::mine::Flag::B"),
        ("~::mine::Flag::A", "::mine::Flag::A"),
        ("010", "10"),
        ("kDeep | 1", "kDeep | 2"),
        ("kDeep | 1", "1"),
        ("isFar()", "isNear()"),
        ('"200"', '"201"'),
        ("x\\\\ty", "x\\\\\\\\ty"),
        ("{1, 2}", "{2, 1}"),
    ],
)
def test_diff_sees_every_change_of_a_default(tmp_path: Path, old: str, new: str) -> None:
    for name, text in (("old", TD), ("new", TD.replace(old, new))):
        assert name == "old" or text != TD
        done = extract(tmp_path / name, text)
        write(tmp_path / name / "dialect.yaml", done.stdout)
    done = opspec("diff", "old/dialect.yaml", "new/dialect.yaml", cwd=tmp_path)
    assert "default-changed" in done.stdout, done.stdout + done.stderr
    same = opspec("diff", "old/dialect.yaml", "old/dialect.yaml", cwd=tmp_path)
    assert "default" not in same.stdout
