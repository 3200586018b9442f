"""The Rust of the family: it parses, is formatted and typed, documented, and its snapshots are those of Python."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from opspec.emitters.output import GeneratedFile
from opspec.pipeline import generate, load_project, read_bindings
from opspec.spec.rust import CRATE, RustSettings
from tests.rust.compiling import EDITION, compile_crate, compile_inside, compile_program, rust_files, tool
from tests.rust.parsing import errors_in, functions_in, public_without_words, unwraps_in

ROOT = Path(__file__).parents[2]
TREE = ROOT / "generated" / "rust" / "melior"
DIALECT = TREE / "src" / "dialect"
SNAPSHOTS = ROOT / "generated" / "snapshots"
MODULES = sorted(path.stem for path in DIALECT.glob("*.rs") if path.stem != "declared")


@cache
def as_crate() -> tuple[GeneratedFile, ...]:
    """The same dialects as a crate of their own."""
    bindings, diagnostics = read_bindings(ROOT / "opspecs" / "bindings.yaml")
    project = load_project(bindings, diagnostics)
    settings = RustSettings(CRATE, "melior-enzyme")
    return generate(replace(project, bindings=replace(bindings, rust=settings)), ("rust",))


@pytest.fixture(scope="module")
def crate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the crate."""
    root = tmp_path_factory.mktemp("crate")
    for file in as_crate():
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    return root / "rust" / "melior-enzyme"


def module(name: str) -> str:
    return (DIALECT / f"{name}.rs").read_text(encoding="utf-8")


def test_every_dialect_has_a_module() -> None:
    assert sorted(path.name for path in SNAPSHOTS.iterdir()) == MODULES


@pytest.mark.parametrize("name", MODULES)
def test_a_real_parser_reads_it(name: str) -> None:
    text = module(name)
    assert errors_in(text) == []
    assert unwraps_in(text) == []
    assert public_without_words(text) == []
    assert {found: count for found, count in functions_in(text).items() if count > 7} == {}


def test_what_modules_share_parses_too() -> None:
    for path in rust_files(DIALECT / "declared"):
        assert errors_in(path.read_text(encoding="utf-8")) == [], path.name


def test_every_operation_is_built_by_a_test_and_has_the_snapshot_of_python() -> None:
    for name in MODULES:
        expected = {path.stem: path.read_text(encoding="utf-8") for path in (SNAPSHOTS / name).glob("*.mlir")}
        texts = [path.read_text(encoding="utf-8") for path in snapshots_of(name)]
        assert sorted(text.partition("\n---\n")[2] for text in texts) == sorted(expected.values())
        shown = {True: "printed(&module)", False: "module.as_operation()"}
        for text in texts:
            head = f"---\nsource: melior/src/dialect/{name}.rs\nexpression: {shown['affine_map<' in text]}\n---\n"
            assert text.startswith(head)
        tested = {path.name.split("__tests__")[1].removesuffix(".snap") for path in snapshots_of(name)}
        assert tested <= set(functions_in(module(name)))
        assert len(tested) == len(expected)


def snapshots_of(name: str) -> list[Path]:
    return sorted((DIALECT / "snapshots").glob(f"melior__dialect__{name}__tests__*.snap"))


def test_the_tests_that_it_began_with_are_there_by_name() -> None:
    functions = functions_in(module("enzyme"))
    names = "compile_autodiff", "compile_fwddiff", "compile_jacobian", "compile_batch", "activity_mnemonics"
    assert [name for name in names if name not in functions] == []


def test_activities_are_spelled_as_the_released_enzyme_reads_them() -> None:
    text = module("enzyme")
    assert '"#enzyme.activity<enzyme_dupnoneed>",' in text
    assert "#enzyme<activity" not in re.sub(r"///.*", "", text)


def test_both_ways_of_living_have_the_same_modules() -> None:
    files = {file.path: file.text for file in as_crate()}
    for name in MODULES:
        other = files[f"rust/melior-enzyme/src/{name}.rs"]
        assert re.sub(r"^( *)use melior::", r"\1use crate::", other, flags=re.MULTILINE) == module(name)


@pytest.mark.parametrize("where", ["inside", "crate"])
def test_rustfmt_has_nothing_to_change(where: str, crate: Path) -> None:
    files = rust_files(TREE if where == "inside" else crate)
    command = [tool("rustfmt"), *EDITION, "--check", "--config", "color=Never", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=crate, timeout=120)
    assert (done.stdout, done.returncode) == ("", 0)


def test_rustc_accepts_it_inside_melior(tmp_path: Path) -> None:
    assert compile_inside(TREE, tmp_path) == ""


@pytest.mark.parametrize("compiler", ["rustc", "clippy-driver"])
def test_compilers_accept_it_as_a_crate(compiler: str, crate: Path, tmp_path: Path) -> None:
    tool("rustc")
    assert compile_crate(crate / "src", tmp_path, tool(compiler)) == ""


def test_calls_of_anything_else_are_refused(crate: Path, tmp_path: Path) -> None:
    tool("rustc")
    path = crate / "src" / "perfify.rs"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(".add_results(", ".add_outcomes(", 1), encoding="utf-8")
    try:
        message = compile_crate(crate / "src", tmp_path)
    finally:
        path.write_text(text, encoding="utf-8")
    assert "error[E0599]: no method named `add_outcomes` found for struct `OperationBuilder<'c>`" in message


def test_the_gradient_of_the_page_compiles(crate: Path, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "rust.md").read_text(encoding="utf-8")
    program = tmp_path / "gradient.rs"
    program.write_text(page.partition("\n```rust\n")[2].partition("```\n")[0], encoding="utf-8")
    assert compile_program(program, crate / "src", tmp_path) == ""
