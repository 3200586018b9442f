"""How llvm-tblgen is found and run, and what is said where that goes wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import opspec
from tests.tablegen.sources import extract, needs_tblgen, one_line, small, write

DIALECT = 'include "mlir/IR/OpBase.td"\ndef D : Dialect {{ let name = "{0}"; let cppNamespace = "::{0}"; }}\n'
OPERATION = 'include "Dialect.td"\ndef {1}Op : Op<D, "{0}"> {{ let arguments = (ins I64:$x); }}\n'
HIDDEN = """\
import sys


class Hidden:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in {names!r}:
            raise ModuleNotFoundError(name)


sys.meta_path.insert(0, Hidden)
from opspec.cli import main

main()
"""


def without(*packages: str, cwd: Path, path: str) -> subprocess.CompletedProcess[str]:
    """Extract `Mine.td` where these packages are not installed and the PATH is this."""
    return subprocess.run(
        [sys.executable, "-c", HIDDEN.format(names=packages), "extract", "Mine.td", "--dialect", "mine"],
        cwd=cwd,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def program(path: Path, body: str) -> Path:
    """A program of a few lines of shell."""
    write(path, f"#!/bin/sh\n{body}\n").chmod(0o755)
    return path


@needs_tblgen
def test_an_include_is_found_in_a_given_folder(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere" / "Dialect.td", DIALECT.format("mine"))
    write(tmp_path / "source" / "Mine.td", OPERATION.format("dig", "Dig"))
    text = extract("source/Mine.td", "--dialect", "mine", "-I", "elsewhere", cwd=tmp_path)
    assert "  dig:\n    class: DigOp\n    arguments:\n      x: i64\n" in text


@needs_tblgen
def test_a_missing_include_is_located(tmp_path: Path) -> None:
    write(tmp_path / "Mine.td", OPERATION.format("dig", "Dig"))
    done = opspec("extract", "Mine.td", "--dialect", "mine", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (100, "")
    assert "Mine.td:1:9: error: " in done.stderr
    assert "hint: give the folder that holds 'Dialect.td' with -I" in done.stderr


@needs_tblgen
def test_a_file_that_mlir_has_elsewhere_is_named(tmp_path: Path) -> None:
    head = 'include "mlir/IR/FunctionInterfaces.td"\n'
    write(tmp_path / "Mine.td", head + OPERATION.format("dig", "Dig"))
    done = opspec("extract", "Mine.td", "--dialect", "mine", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (100, "")
    assert "give the folder that holds 'mlir/IR/FunctionInterfaces.td' with -I; " in done.stderr
    assert "the installed MLIR has it as 'mlir/Interfaces/FunctionInterfaces.td'; " in done.stderr
    assert "give its folder with --include-mlir" in done.stderr


@needs_tblgen
def test_a_syntax_error_is_located(tmp_path: Path) -> None:
    write(tmp_path / "Mine.td", small().replace("let results =", "let results ="[::-1]))
    done = opspec("extract", "Mine.td", "--dialect", "mine", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (100, "")
    assert "Mine.td:7:3: error: " in done.stderr
    assert "Traceback" not in done.stderr


@needs_tblgen
def test_an_error_in_an_included_file_is_located_there(tmp_path: Path) -> None:
    write(tmp_path / "Dialect.td", DIALECT.format("mine") + "}\n")
    write(tmp_path / "Mine.td", OPERATION.format("dig", "Dig"))
    done = opspec("extract", "Mine.td", "--dialect", "mine", cwd=tmp_path)
    assert done.returncode == 100
    assert "Dialect.td:3:1: error: " in done.stderr


@needs_tblgen
@pytest.mark.parametrize(
    ("use", "definition", "name"),
    [
        ("def Mine_Loud : Brandnew<3>;", "class Brandnew<int n> { int value = n; }", "Brandnew"),
        ("def Mine_Soft { Dialect d = NewDialect; }", 'def NewDialect : Dialect { let name = "new"; }', "NewDialect"),
    ],
    ids=["class", "def"],
)
def test_a_prelude_bridges_what_is_missing(use: str, definition: str, name: str, tmp_path: Path) -> None:
    write(tmp_path / "Mine.td", f"{small()}{use}\n")
    done = opspec("extract", "Mine.td", "--dialect", "mine", cwd=tmp_path)
    assert done.returncode == 100
    assert "Mine.td:9:" in done.stderr
    assert f"hint: if an older MLIR lacks '{name}', define it in a file and give that with --prelude" in done.stderr
    write(tmp_path / "bridge.td", f'include "mlir/IR/OpBase.td"\n{definition}\n')
    assert "  dig:\n" in extract("Mine.td", "--dialect", "mine", "--prelude", "bridge.td", cwd=tmp_path)


@needs_tblgen
def test_with_a_prelude_an_error_is_still_located_in_its_file(tmp_path: Path) -> None:
    write(tmp_path / "bridge.td", "// nothing\n")
    write(tmp_path / "Mine.td", f"{small()}def Broken : Nowhere;\n")
    done = opspec("extract", "Mine.td", "--dialect", "mine", "--prelude", "bridge.td", cwd=tmp_path)
    assert done.returncode == 100
    assert "Mine.td:9:14: error: " in done.stderr


@needs_tblgen
def test_a_missing_prelude_is_named(tmp_path: Path) -> None:
    write(tmp_path / "Mine.td", small())
    done = opspec("extract", "Mine.td", "--dialect", "mine", "--prelude", "none.td", cwd=tmp_path)
    assert "none.td" in one_line(done)


def test_a_given_program_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path / "Mine.td", small())
    done = opspec("extract", "Mine.td", "--dialect", "mine", "--tblgen", "no-such-program", cwd=tmp_path)
    assert one_line(done) == "opspec: cannot run no-such-program: there is no such program"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("echo broken >&2; exit 3", "llvm-tblgen failed on Mine.td: broken"),
        ("exit 3", "llvm-tblgen failed on Mine.td: 3"),
        ("exit 0", "{other} gave no records: is it llvm-tblgen?"),
        ("echo '{}'", "{other} gave no records: is it llvm-tblgen?"),
        ("echo null", "{other} gave no records: is it llvm-tblgen?"),
    ],
)
def test_a_given_program_that_is_another_one(body: str, said: str, tmp_path: Path) -> None:
    write(tmp_path / "Mine.td", small())
    other = program(tmp_path / "other", body)
    done = opspec("extract", "Mine.td", "--dialect", "mine", "--tblgen", str(other), cwd=tmp_path)
    assert one_line(done) == f"opspec: {said.replace('{other}', str(other))}"


def test_a_given_file_that_is_no_program(tmp_path: Path) -> None:
    write(tmp_path / "Mine.td", small())
    other = write(tmp_path / "other", "no program\n")
    other.chmod(0o755)
    done = opspec("extract", "Mine.td", "--dialect", "mine", "--tblgen", str(other), cwd=tmp_path)
    assert one_line(done) == f"opspec: cannot run {other}: Exec format error"


@needs_tblgen
def test_a_program_may_be_given_by_its_name_on_the_path(tmp_path: Path) -> None:
    from opspec.tablegen.run import find_tblgen

    (tmp_path / "bin").mkdir()
    program(tmp_path / "bin" / "my-tblgen", f'exec "{find_tblgen().resolve()}" "$@"')
    write(tmp_path / "Mine.td", small())
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    assert "  dig:\n" in extract("Mine.td", "--dialect", "mine", "--tblgen", "my-tblgen", cwd=tmp_path, PATH=path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    done = opspec("extract", "None.td", "--dialect", "mine", cwd=tmp_path)
    assert one_line(done) == "opspec: cannot read None.td: there is no such file"


@needs_tblgen
def test_a_dialect_that_the_file_does_not_define(tmp_path: Path) -> None:
    write(tmp_path / "Mine.td", small())
    line = one_line(opspec("extract", "Mine.td", "--dialect", "yours", cwd=tmp_path))
    assert "no dialect 'yours'" in line
    assert "mine" in line


def test_without_llvm_tblgen_it_says_what_to_install(tmp_path: Path) -> None:
    write(tmp_path / "Mine.td", small())
    line = one_line(without("llvm", cwd=tmp_path, path=""))
    assert "llvm-tblgen is not installed" in line
    assert "pip install 'opspec[tablegen]'" in line


@needs_tblgen
def test_without_mlirs_includes_it_says_what_to_install(tmp_path: Path) -> None:
    write(tmp_path / "Mine.td", small())
    done = without("mlir", cwd=tmp_path, path=os.environ["PATH"])
    assert done.returncode == 100
    assert "Mine.td:1:9: error: " in done.stderr
    assert "hint: MLIR's includes are not installed: pip install 'opspec[tablegen]'" in done.stderr


@needs_tblgen
@pytest.mark.parametrize("name", ["left", "right"])
def test_files_of_the_same_name_are_told_apart(name: str, tmp_path: Path) -> None:
    for each in ("left", "right"):
        write(tmp_path / "lib" / each / "Dialect.td", DIALECT.format(each))
        write(tmp_path / "lib" / each / "Ops.td", OPERATION.format(f"{each}_op", each.title()))
    text = extract("lib", "--dialect", name, cwd=tmp_path)
    assert f"dialect: {name}\n" in text
    assert f"  {name}_op:\n    class: {name.title()}Op\n" in text


@needs_tblgen
def test_the_files_own_folder_comes_before_given_ones(tmp_path: Path) -> None:
    for each in ("left", "right"):
        write(tmp_path / each / "Dialect.td", DIALECT.format(each))
        write(tmp_path / each / "Ops.td", OPERATION.format(f"{each}_op", each.title()))
    assert "  right_op:\n" in extract("right/Ops.td", "--dialect", "right", "-I", "left", cwd=tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('def D : Dialect { let name = "x"; let useFold = 1; }', "Value 'useFold' unknown!"),
        ("class Two<int a>;\ndef X : Two<1, 2>;", "Too many template arguments: 2"),
        ("class Two<int a, int b>;\ndef X : Two<1>;", "value not specified for template argument 'Two:b'"),
        ("def X { list<int> a = VectorOf<[F32]>; }", "Expected a class name, got 'VectorOf'"),
    ],
)
def test_a_file_for_another_mlir_is_told_with_the_one_in_use(text: str, message: str, tmp_path: Path) -> None:
    write(tmp_path / "Mine.td", f'include "mlir/IR/OpBase.td"\ninclude "inner.td"\n{text}\n')
    write(tmp_path / "inner.td", "")
    done = opspec("extract", "Mine.td", "--dialect", "x", cwd=tmp_path)
    assert done.returncode == 100
    assert f"error: {message}" in done.stderr
    assert "if the file was written for another MLIR than the installed MLIR 22." in done.stderr
    assert "give its folder with --include-mlir" in done.stderr


def test_the_way_to_an_included_file_is_told(tmp_path: Path) -> None:
    write(tmp_path / "Mine.td", '\ninclude "middle.td"\n')
    write(tmp_path / "middle.td", '\n\ninclude "inner.td"\n')
    write(tmp_path / "inner.td", "def X : Nothing;\n")
    done = opspec("extract", "Mine.td", "--dialect", "x", cwd=tmp_path)
    notes = [line for line in done.stderr.splitlines() if "note:" in line]
    assert [note.rpartition("/")[2] for note in notes] == [
        "Mine.td:2:1: note: included from here",
        "middle.td:3:1: note: included from here",
    ]


def test_other_files_of_mlir_are_read_instead_of_the_installed_ones(tmp_path: Path) -> None:
    write(tmp_path / "old" / "mlir" / "IR" / "OpBase.td", "def X : OfTheOld;\n")
    write(tmp_path / "Mine.td", small())
    done = opspec("extract", "Mine.td", "--dialect", "mine", "--include-mlir", "old", cwd=tmp_path)
    assert done.returncode == 100
    assert "OfTheOld" in done.stderr
