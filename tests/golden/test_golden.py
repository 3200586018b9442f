"""What is generated from our own small specs is the expected tree, and it runs."""

from __future__ import annotations

import ast
import difflib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import opspec
from tests.golden.trees import EXPECTED, GOLDEN, PACKAGE, read_tree

needs_mlir = pytest.mark.skipif(importlib.util.find_spec("mlir") is None, reason="the host package `mlir` is not here")


def run(*arguments: str, root: Path) -> subprocess.CompletedProcess[str]:
    """Python with the generated package in front."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "python")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def difference(expected: dict[str, str], found: dict[str, str]) -> str:
    """A unified diff of two trees; a file that one of them lacks counts as empty."""
    lines: list[str] = []
    for path in sorted(expected.keys() | found.keys()):
        old, new = expected.get(path, ""), found.get(path, "")
        if path not in expected or path not in found:
            lines.append(f"{path} is only {'expected' if path in expected else 'generated'}")
        lines += difflib.unified_diff(
            old.splitlines(), new.splitlines(), f"expected/{path}", f"generated/{path}", lineterm=""
        )
    return "\n".join(lines)


def test_the_tree_is_as_expected(spec: str, generated: Path) -> None:
    expected = read_tree(EXPECTED / spec, spec)
    assert len(expected) > 4, "run `make golden`"
    diff = difference(expected, read_tree(generated, spec))
    if diff:
        pytest.fail(f"the generated tree differs; if that is wanted, run `make golden`\n{diff}", pytrace=False)


def test_the_expected_tree_holds_nothing_else(spec: str) -> None:
    root = EXPECTED / spec
    found = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert found == set(read_tree(root, spec))


def test_the_hash_seed_does_not_matter(spec: str, generated: Path, tmp_path: Path) -> None:
    facts = f"specs/{spec}/dialect.yaml"
    for seed in ("0", "1"):
        output = tmp_path / seed
        opspec(*("generate", "--spec", facts, "--package", PACKAGE, "-o", str(output)), cwd=GOLDEN, PYTHONHASHSEED=seed)
        files = {path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()}
        assert files == {path: (generated / path).read_bytes() for path in files}
        assert len(files) > 10


def test_black_leaves_the_python_alone(spec: str, generated: Path) -> None:
    """What is written for this spec; what is copied is the same for all, and `make lint` looks at it once."""
    copied = (f"python/{PACKAGE}/{name}" for name in ("_runtime", "hosts.py", "releases.py", "testing.py", "_lazy.py"))
    options = (f"--force-exclude={'|'.join(f'/{name}' for name in copied)}", "--check", "--diff", "-q")
    done = run("-m", "black", *options, "python", "tests", root=generated)
    assert (done.returncode, done.stdout) == (0, "")


def test_documentation_is_text_and_not_code(spec: str, generated: Path) -> None:
    source = (generated / "python" / PACKAGE / "dialects" / f"{spec}.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert called.isdisjoint({"exec", "eval", "compile", "__import__", "open"})
    assert ast.get_docstring(tree)


@needs_mlir
def test_the_package_can_be_imported(spec: str, generated: Path) -> None:
    code = f"from {PACKAGE}.dialects import {spec}; print(sorted(set({spec}.__all__) - set(dir({spec}))))"
    done = run("-W", "error", "-c", code, root=generated)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


@needs_mlir
def test_the_generated_tests_pass(spec: str, generated: Path) -> None:
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.", "tests", root=generated)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
