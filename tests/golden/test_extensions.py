"""Hand-written modules beside a spec: what they add to dialects, to the package and to its module for tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import opspec

SPEC = """\
schema: opspec/dialect/1
dialect: toy
operations:
  run:
    class: RunOp
    arguments: {input: any}
"""
OF_THE_PACKAGE = '''\
"""Functions over the whole package."""

from .helping.numbers import one

__all__ = ["double"]


def double(number: int) -> int:
    """Twice a number.

    More about it.
    """
    return number * (one() + 1)
'''
OF_TESTING = '''\
"""More for tests."""

from ._package_numbers import double

__all__ = ["LongNameOfAnExceptionThatTakesALineOfItsOwn", "check_double_of_a_number_in_full"]


class LongNameOfAnExceptionThatTakesALineOfItsOwn(AssertionError):
    """Something is not double."""


def check_double_of_a_number_in_full(number: int) -> None:
    """Check a number."""
    if double(number) != 2 * number:
        raise LongNameOfAnExceptionThatTakesALineOfItsOwn
'''
PROGRAM = """\
import sys
import toy_bindings
assert not [name for name in sys.modules if name.startswith("toy_bindings._package") or name.endswith("_mlir_libs")]
assert "double" in toy_bindings.__all__ and "double" in dir(toy_bindings)
number: int = toy_bindings.double(3)
print(number)
from toy_bindings.testing import check_double_of_a_number_in_full, sample
check_double_of_a_number_in_full(4)
from toy_bindings import testing
print(testing.LongNameOfAnExceptionThatTakesALineOfItsOwn.__mro__[1].__name__, "sample" in testing.__all__)
try:
    toy_bindings.doubel  # type: ignore[attr-defined]
except AttributeError as error:
    print(error)
try:
    testing.doubel  # type: ignore[attr-defined]
except AttributeError as error:
    print(error)
"""


def project(tmp_path: Path, **files: str) -> Path:
    """A spec with hand-written modules beside it; double underscores in their names are slashes."""
    spec = tmp_path / "toy" / "dialect.yaml"
    for name, text in {"helping__numbers": "def one() -> int:\n    return 1\n", **files}.items():
        path = tmp_path / "toy" / "extension" / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    spec.write_text(SPEC, encoding="utf-8")
    return tmp_path


def test_the_package_and_testing_have_what_extensions_export(tmp_path: Path) -> None:
    folder = project(tmp_path, _package_numbers=OF_THE_PACKAGE, _testing_numbers=OF_TESTING)
    made = opspec("generate", "--spec", "toy/dialect.yaml", "--package", "toy_bindings", "-o", "out", cwd=folder)
    assert (made.returncode, made.stderr) == (0, "")
    program = folder / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    path = {"PYTHONPATH": str(folder / "out" / "python")}
    ran = subprocess.run([sys.executable, program], env=path, capture_output=True, text=True)
    assert ran.stderr == ""
    assert ran.stdout.splitlines() == [
        "6",
        "AssertionError True",
        "module 'toy_bindings' has no attribute 'doubel'",
        "module 'toy_bindings.testing' has no attribute 'doubel'",
    ]
    index = (folder / "out" / "docs" / "index.md").read_text(encoding="utf-8")
    assert "## `toy_bindings`" in index
    assert "| `double` | Twice a number. |" in index
    assert "| `check_double_of_a_number_in_full` | Check a number. |" in index


def test_type_checkers_and_black_agree_with_the_facades(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    folder = project(tmp_path, _package_numbers=OF_THE_PACKAGE, _testing_numbers=OF_TESTING)
    opspec("generate", "--spec", "toy/dialect.yaml", "--package", "toy_bindings", "-o", "out", cwd=folder)
    package = folder / "out" / "python" / "toy_bindings"
    (folder / "program.py").write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--ignore-missing-imports", "program.py"]
    done = subprocess.run(
        command, cwd=folder, env={"MYPYPATH": str(package.parent)}, capture_output=True, text=True, timeout=300
    )
    assert [line for line in done.stdout.splitlines() if line.startswith("program.py")] == []
    files = [package / "__init__.py", package / "testing.py", package / "_lazy.py"]
    formatted = subprocess.run([sys.executable, "-m", "black", "-q", "--check", *files], capture_output=True, text=True)
    assert formatted.returncode == 0, formatted.stderr


def refused(folder: Path) -> list[str]:
    """The errors of `opspec lint` about hand-written modules."""
    done = opspec("lint", "--spec", "toy/dialect.yaml", cwd=folder)
    assert "Traceback" not in done.stderr
    return [line for line in done.stderr.splitlines() if ": error: " in line or line.startswith("  hint")]


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    taken = OF_THE_PACKAGE.replace("double", "testing")
    helping = OF_TESTING.replace("check_double_of_a_number_in_full", "sample")
    folder = project(
        tmp_path, _package_a=taken, _package_b=OF_THE_PACKAGE, _package_c=OF_THE_PACKAGE, _testing_a=helping
    )
    assert refused(folder) == [
        "toy/extension/_package_a.py:1:1: error: _package_a exports 'testing', which the package has already "
        "[name-collision]",
        "  hint: export it by another name",
        "toy/extension/_package_c.py:1:1: error: _package_c exports 'double', which the package has already "
        "[name-collision]",
        "  hint: export it by another name",
        "toy/extension/_testing_a.py:1:1: error: _testing_a exports 'sample', which `testing` has already "
        "[name-collision]",
        "  hint: export it by another name",
    ]


def test_a_module_that_adds_nothing_is_refused(tmp_path: Path) -> None:
    folder = project(tmp_path, _package_numbers="X = 1\n", _testing_numbers="def broken(:\n")
    assert refused(folder) == [
        "toy/extension/_package_numbers.py:1:1: error: the module exports nothing [extension]",
        "  hint: name what the module that it extends shall have: __all__ = [...]",
        "toy/extension/_testing_numbers.py:1:12: error: not Python: invalid syntax [extension]",
        "  hint: correct the module",
    ]


def test_a_drop_in_has_what_upstream_has_and_no_more(tmp_path: Path) -> None:
    folder = project(tmp_path, _package_numbers=OF_THE_PACKAGE, _testing_numbers=OF_TESTING)
    command = (
        "generate",
        "--spec",
        "toy/dialect.yaml",
        "--package",
        "toy_bindings",
        "--naming",
        "upstream",
        "-o",
        "out",
    )
    made = opspec(*command, cwd=folder)
    assert (made.returncode, made.stderr) == (0, "")
    for name in ("__init__.py", "testing.py"):
        assert "double" not in (folder / "out" / "python" / "toy_bindings" / name).read_text(encoding="utf-8")


def test_other_modules_at_the_root_are_no_extensions(tmp_path: Path) -> None:
    folder = project(tmp_path, _private_helper="X = 1\n", plain="X = 1\n")
    assert refused(folder) == []
