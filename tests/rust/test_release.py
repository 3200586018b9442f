"""A crate for one release of Enzyme: the operations that it has, with its parts; their snapshots are its samples."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from opspec.diagnostics import SpecError
from opspec.emitters.output import GeneratedFile
from opspec.pipeline import generate, load_project, read_bindings
from opspec.spec.rust import CRATE, RustSettings
from tests.command import opspec
from tests.release_forms import forms
from tests.rust.compiling import compile_crate, tool

ROOT = Path(__file__).parents[2]


def crate_of(release: str) -> dict[str, GeneratedFile]:
    """The files of the crate for a release, by path."""
    bindings, diagnostics = read_bindings(ROOT / "opspecs" / "bindings.yaml")
    settings = RustSettings(CRATE, "melior-enzyme", release=release)
    project = load_project(replace(bindings, rust=settings), diagnostics)
    return {file.path: file for file in generate(project, ("rust",))}


@pytest.mark.parametrize("release", ["0.0.14", "0.0.16"])
def test_a_crate_is_made_for_a_release(release: str, tmp_path: Path) -> None:
    found = crate_of(release)
    samples = {form.text for form in forms(release)}
    snapshots = [file.text.split("---\n", 2)[2] for path, file in found.items() if path.endswith(".snap")]
    assert set(snapshots) == samples
    impulse = found["rust/melior-enzyme/src/impulse.rs"].text
    assert ("log_densities" in impulse) is (release == "0.0.16")
    assert f"what release {release} reads" in found["rust/melior-enzyme/README.md"].text
    tool("rustc")
    for path, file in found.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(file.text, encoding="utf-8")
    (tmp_path / "out").mkdir()
    assert compile_crate(tmp_path / "rust" / "melior-enzyme" / "src", tmp_path / "out") == ""


def test_a_release_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SpecError) as caught:
        crate_of("0.0.9")
    assert [each.message for each in caught.value.diagnostics] == [
        "rust.release is '0.0.9', which no releases.yaml lists"
    ]
    spec = tmp_path / "toy"
    spec.mkdir()
    (spec / "dialect.yaml").write_text(
        "schema: opspec/dialect/1\ndialect: toy\noperations:\n  run: {class: RunOp}\n", encoding="utf-8"
    )
    (tmp_path / "bindings.yaml").write_text(
        "schema: opspec/bindings/1\npackage: toy_bindings\nnaming: mnemonic\noutput: made\ndialects: [toy]\n"
        'rust: {release: "1.0"}\n',
        encoding="utf-8",
    )
    done = opspec("generate", "--config", "bindings.yaml", cwd=tmp_path)
    assert done.returncode == 100
    plain = re.sub(r"\x1b\[[\d;]*m", "", done.stderr)
    assert plain.startswith("bindings.yaml:6:17: error: rust.release is '1.0', which no releases.yaml lists"), plain
    assert "`opspec probe --record` writes what releases have" in plain
