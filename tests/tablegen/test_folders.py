"""A folder gives all of a dialect that its .td files define, wherever its name is said, in however many files."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.command import opspec
from tests.tablegen.sources import needs_tblgen, write

pytestmark = needs_tblgen

BASE = 'include "mlir/IR/OpBase.td"\n'
AFTER_A_BRACE = """\
def D : Dialect {
  let summary = "x";
  let description = [{ words, also { in } braces; let name = "other"; }];
  let name = "br";
  let cppNamespace = "::br";
}
"""
OPERATION = 'def {name}Op : Op<D, "{name}", []> {{ let arguments = (ins F64:$x); }}\n'
DIALECT = 'def D : Dialect { let name = "br"; let cppNamespace = "::br"; }\n'


def operations(root: Path, *arguments: str) -> list[str]:
    """The operations of `br` in the facts of the folder `td`."""
    done = opspec("extract", "td", "--dialect", "br", *arguments, cwd=root)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.partition("operations:\n")[2].splitlines()
    return [line.strip(" :") for line in lines if line.startswith("  ") and not line.startswith("   ")]


@pytest.mark.parametrize(
    "dialect",
    [
        AFTER_A_BRACE,
        AFTER_A_BRACE.replace('let name = "br"', 'let   name\n = /* here */ "br"'),
        'class C<string n> : Dialect { let name = n; }\ndef D : C<"br"> { let cppNamespace = "::br"; }\n',
        '// def E : Dialect { let name = "no"; }\n/* } */ def D : Dialect {\n'
        'let extraClassDeclaration = [{ void f() { } }]; let name = "br"; let cppNamespace = "::br"; }\n',
        'let cppNamespace = "::br" in\ndef D : Dialect { string text = "} {"; let name = "br"; }\n',
    ],
)
def test_the_name_of_a_dialect_stands_where_it_stands(tmp_path: Path, dialect: str) -> None:
    write(tmp_path / "td" / "Br.td", BASE + dialect + OPERATION.format(name="a"))
    assert operations(tmp_path) == ["a"]


def test_several_files_beside_each_other_are_all_read(tmp_path: Path) -> None:
    write(tmp_path / "td" / "BrBase.td", f"#ifndef BASE\n#define BASE\n{BASE}{DIALECT}#endif\n")
    for name in ("one", "two"):
        text = f'include "BrBase.td"\n{OPERATION.format(name=name)}' + f"// {name * 40}\n"
        write(tmp_path / "td" / f"{name}Ops.td", text)
    assert operations(tmp_path) == ["one", "two"]


def test_an_umbrella_that_only_includes_is_the_whole(tmp_path: Path) -> None:
    write(tmp_path / "td" / "BrBase.td", f"#ifndef BASE\n#define BASE\n{BASE}{DIALECT}#endif\n")
    for name in ("one", "two"):
        write(tmp_path / "td" / f"{name}Ops.td", f'include "BrBase.td"\n{OPERATION.format(name=name)}')
    write(tmp_path / "td" / "Br.td", 'include "BrBase.td"\ninclude "oneOps.td"\ninclude "twoOps.td"\n')
    write(tmp_path / "td" / "Far.td", f'{BASE}def F : Dialect {{ let name = "far"; let cppNamespace = "::far"; }}\n')
    assert operations(tmp_path) == ["one", "two"]


def test_types_and_attributes_in_files_of_their_own_count(tmp_path: Path) -> None:
    write(tmp_path / "td" / "BrBase.td", f"#ifndef BASE\n#define BASE\n{BASE}{DIALECT}#endif\n")
    write(tmp_path / "td" / "BrOps.td", f'include "BrBase.td"\n{OPERATION.format(name="a")}')
    text = 'include "mlir/IR/AttrTypeBase.td"\ninclude "BrBase.td"\n'
    text += 'def Box : TypeDef<D, "Box"> { let mnemonic = "box"; }\n'
    write(tmp_path / "td" / "BrTypes.td", text)
    done = opspec("extract", "td", "--dialect", "br", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "  box:\n" in done.stdout


def test_a_file_that_cannot_be_read_with_the_others_is_told(tmp_path: Path) -> None:
    write(tmp_path / "td" / "BrBase.td", f"#ifndef BASE\n#define BASE\n{BASE}{DIALECT}#endif\n")
    write(tmp_path / "td" / "BrOps.td", f'include "BrBase.td"\n{OPERATION.format(name="a")}')
    write(tmp_path / "td" / "BrMoreOps.td", f'include "BrBase.td"\n{OPERATION.format(name="b")}def X : Nothing;\n')
    done = opspec("extract", "td", "--dialect", "br", cwd=tmp_path)
    assert "a:" in done.stdout
    assert "opspec: left out BrMoreOps.td: " in done.stderr
    assert "Couldn't find class 'Nothing' (1 definition, bOp)" in done.stderr


GUARDED = f"#ifndef BASE\n#define BASE\n{BASE}{DIALECT}class Br_Op<string n> : Op<D, n>;\n#endif\n"
HIDDEN = "#ifdef NEVER\n" + "".join(f'def {name}Op : Br_Op<"{name}">;\n' for name in "bcdef") + "#endif\n"
OTHERS = """\
multiclass Two { def _one : Br_Op<"one">; def _two : Br_Op<"two">; }
defm Both : Two;
foreach i = [1, 2] in def Number#i : Br_Op<"number" # i>;
def : Br_Op<"nameless">;
def aOp : Br_Op<"a"> { let arguments = (ins F64:$def); }
"""


def test_definitions_are_counted(tmp_path: Path) -> None:
    """What the files define is held against what llvm-tblgen read; names that are put together are none."""
    write(tmp_path / "td" / "BrBase.td", GUARDED)
    write(tmp_path / "td" / "BrOps.td", f'include "BrBase.td"\n{OTHERS}')
    assert operations(tmp_path) == ["a", "nameless", "number1", "number2", "one", "two"]
    done = opspec("extract", "td", "--dialect", "br", cwd=tmp_path)
    assert "left out" not in done.stderr
    write(tmp_path / "td" / "BrOps.td", f'include "BrBase.td"\n{OTHERS}{HIDDEN}')
    done = opspec("extract", "td", "--dialect", "br", cwd=tmp_path)
    told = (
        "5 of 6 definitions, bOp, cOp, dOp, eOp, ...: not in what llvm-tblgen read, as what is behind an #ifdef is not"
    )
    assert f"left out BrOps.td: {told}\n" in done.stderr


def test_definitions_elsewhere_are_told(tmp_path: Path) -> None:
    """Another dialect's folder may add to this one; what only uses a class of this one does not."""
    write(tmp_path / "td" / "br" / "BrBase.td", GUARDED)
    write(tmp_path / "td" / "br" / "BrOps.td", f'include "BrBase.td"\n{OTHERS}')
    more = 'def E : Dialect { let name = "far"; let cppNamespace = "::far"; }\nclass Far_Op<string n> : Op<E, n>;\n'
    write(tmp_path / "td" / "far" / "FarOps.td", f'include "br/BrBase.td"\n{more}def fOp : Far_Op<"f">;\n')
    done = opspec("extract", "td", "--dialect", "br", cwd=tmp_path)
    assert "left out" not in done.stderr
    text = 'include "br/BrBase.td"\ndef AddedOp : Op<D, "added">;\n'
    write(tmp_path / "td" / "far" / "More.td", text)
    done = opspec("extract", "td", "--dialect", "br", cwd=tmp_path)
    assert (
        "left out far/More.td: 1 definition, AddedOp: it stands outside of the folder of the dialect, and can be "
        "extracted by itself\n"
    ) in done.stderr
    done = opspec("extract", "td/far/More.td", "-I", "td", "--dialect", "br", cwd=tmp_path)
    assert "  added:\n" in done.stdout


def test_an_upgrade_that_does_not_compile_is_not_done(tmp_path: Path) -> None:
    write(tmp_path / "td" / "BrOps.td", BASE + DIALECT + OPERATION.format(name="a"))
    assert opspec("init", "--td", "td/BrOps.td", "--dialect", "br", cwd=tmp_path).returncode == 0
    assert opspec("generate", cwd=tmp_path).returncode == 0
    write(tmp_path / "td" / "BrOps.td", 'include "mlir/Nowhere.td"\n' + BASE + DIALECT + OPERATION.format(name="a"))
    done = opspec("upgrade", "td", cwd=tmp_path)
    assert done.returncode == 101, done.stdout
    assert "mlir/Nowhere.td" in done.stderr
    assert "the upgrade was not done" in done.stderr


@pytest.mark.parametrize("file", ["Makefile", "recipes/upgrade.yaml"])
def test_only_an_overlay_that_needs_a_person_is_forgiven(file: str) -> None:
    """What is after `opspec upgrade` in the shell's words: 0 and 100 go on, all else stops."""
    text = (Path(__file__).parents[2] / file).read_text(encoding="utf-8").replace("\\\n", "").replace("$$", "$")
    (line,) = [line for line in text.splitlines() if "opspec upgrade " in line and "||" in line and "||" in line]
    rest = line[line.index("||") :]
    for code, expected in ((0, 0), (100, 0), (101, 101), (2, 2), (1, 1)):
        done = subprocess.run(["sh", "-c", f"(exit {code}) {rest}"], capture_output=True, check=False)
        assert (done.returncode == 0) == (expected == 0), code


def test_files_that_include_each_other_by_a_path_are_found_from_here(tmp_path: Path) -> None:
    """Where the folder is the current one, the paths of its files begin with no slash."""
    write(tmp_path / "a" / "Base.td", f"#ifndef BASE\n#define BASE\n{BASE}{DIALECT}#endif\n")
    for name in ("one", "two"):
        write(tmp_path / "a" / f"{name}Ops.td", f'include "a/Base.td"\n{OPERATION.format(name=name)}')
    write(tmp_path / "a" / "All.td", 'include "a/oneOps.td"\ninclude "a/twoOps.td"\n')
    for source in (".", str(tmp_path), "../" + tmp_path.name):
        done = opspec("extract", source, "--dialect", "br", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "one:" in done.stdout and "two:" in done.stdout, source
