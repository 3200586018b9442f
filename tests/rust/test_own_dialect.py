"""A user's own dialect in Rust, from the command line: one target, two ways of living, names and words of any kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.emitters.rust.render import render_dialect, render_shared
from opspec.spec.distribution import Distribution
from opspec.spec.load import load_dialect
from opspec.spec.rust import CRATE, RustSettings
from tests.command import opspec
from tests.rust.compiling import compile_crate, compile_inside, tool
from tests.rust.parsing import errors_in

GOLDEN = Path(__file__).parents[1] / "golden" / "specs"

FACTS = """\
schema: opspec/dialect/1
dialect: shapes
enums:
  Rounding:
    storage: i32
    cases: {up: 0, down: 1, self: 2}
attributes:
  rounding:
    class: RoundingAttr
    parameters: {value: enum Rounding}
    format: '`<` $value `>`'
operations:
  move:
    class: MoveOp
    traits: [SameOperandsAndResultType]
    arguments: {type: any, by: attr i64, loop: attr optional string}
    results: {match: any}
  pack2d:
    class: Pack2DOp
    traits: [AttrSizedOperandSegments]
    arguments:
      first: any
      second: any
      third: variadic any
      fourth: optional any
      mode: attr array<shapes.rounding>
      final: attr type
    results: {out: variadic any}
    regions: {body: any}
"""
OVERLAY = """\
schema: opspec/overlay/1
dialect: shapes
summary: "Shapes */ and \\\\ and \\u202e"
operations:
  move:
    summary: 'Moves a [shape] */ // " by'
    description: |
      Text, then code:

      ```
      let x = ;
      ```

          indented
"""
BINDINGS = """\
schema: opspec/bindings/1
package: my_shapes
output: made
targets: [rust]
rust: {layout: %s}
dialects: [shapes]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "specs" / "shapes"
    folder.mkdir(parents=True)
    (folder / "dialect.yaml").write_text(FACTS, encoding="utf-8")
    (folder / "overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    (tmp_path / "specs" / "bindings.yaml").write_text(BINDINGS % "crate", encoding="utf-8")
    return tmp_path


def generate(project: Path, *arguments: str) -> Path:
    """Generate with the real command; the folder of the Rust."""
    done = opspec("generate", "--config", "specs/bindings.yaml", *arguments, cwd=project)
    assert done.returncode == 0, done.stderr
    return project / "specs" / "made" / "rust"


def test_one_flag_chooses_where_the_files_go(project: Path) -> None:
    made = generate(project)
    assert sorted(path.name for path in made.iterdir()) == ["melior-my-shapes"]
    assert sorted(path.name for path in (made / "melior-my-shapes" / "src" / "snapshots").iterdir()) == [
        "melior_my_shapes__shapes__tests__compile_move.snap",
        "melior_my_shapes__shapes__tests__compile_pack_2_d.snap",
    ]
    (project / "specs" / "bindings.yaml").write_text(BINDINGS % "melior", encoding="utf-8")
    made = generate(project)
    assert sorted(path.name for path in made.iterdir()) == ["melior"]
    assert sorted(path.name for path in (made / "melior" / "src" / "dialect" / "snapshots").iterdir()) == [
        "melior__dialect__shapes__tests__compile_move.snap",
        "melior__dialect__shapes__tests__compile_pack_2_d.snap",
    ]
    assert opspec("check", "--config", "specs/bindings.yaml", cwd=project).returncode == 0


def test_only_rust_of_a_spec_alone(project: Path) -> None:
    spec = "specs/shapes/dialect.yaml"
    done = opspec("generate", "--spec", spec, "--package", "shapes_mlir", "--only", "rust", "-o", "out", cwd=project)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (project / "out").iterdir()) == [".opspec-files", "rust"]
    text = (project / "out" / "rust" / "melior-shapes" / "src" / "shapes.rs").read_text(encoding="utf-8")
    assert errors_in(text) == []
    assert SIGNATURES in text
    assert (
        "pub enum Rounding {\n    /// `up`.\n    Up,\n    /// `down`.\n    Down,\n    /// `self`.\n    CaseSelf,\n}"
        in text
    )
    assert "\u202e" not in text


SIGNATURES = """
pub fn r#move<'c>(
    context: &'c Context,
    r#type: Value<'c, '_>,
    by: i64,
    options: MoveOptions<'c>,
    location: Location<'c>,
) -> Operation<'c> {
    OperationBuilder::new("shapes.move", location)
        .add_attributes(&[named(context, "by", integer(context, 64, by))])
        .add_operands(&[r#type])
        .add_attributes(&options.attributes(context))
        .add_results(&[r#type.r#type()])
        .build()
        .expect("valid operation")
}
"""


def test_both_ways_compile(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    tool("rustc")
    made = generate(project)
    sources = made / "melior-my-shapes" / "src"
    assert compile_crate(sources, tmp_path_factory.mktemp("crate")) == ""
    (project / "specs" / "bindings.yaml").write_text(BINDINGS % "melior", encoding="utf-8")
    made = generate(project)
    assert compile_inside(made / "melior", tmp_path_factory.mktemp("inside")) == ""


def test_a_layout_that_there_is_not(project: Path) -> None:
    (project / "specs" / "bindings.yaml").write_text(BINDINGS % "elsewhere", encoding="utf-8")
    done = opspec("generate", "--config", "specs/bindings.yaml", cwd=project)
    assert done.returncode == 100
    assert "specs/bindings.yaml:5:16: error" in done.stderr
    assert "'elsewhere'" in done.stderr
    assert "crate" in done.stderr


def test_odd_dialects_compile(tmp_path: Path) -> None:
    """All that the golden specs have: every constraint, segments, successors, regions, old and chosen names."""
    tool("rustc")
    settings = RustSettings(CRATE, "odd")
    found = [load_dialect(path, Diagnostics()) for path in sorted(GOLDEN.glob("*/dialect.yaml"))]
    dialects = [dialect for dialect in found if dialect is not None]
    assert len(dialects) == 7
    files = [file for dialect in dialects for file in render_dialect(dialect, settings, "// header")]
    files += render_shared(dialects, settings, Distribution(), "odd", "header")
    for file in files:
        path = tmp_path / "made" / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    (tmp_path / "out").mkdir()
    assert compile_crate(tmp_path / "made" / "rust" / "odd" / "src", tmp_path / "out") == ""
