"""What is done with damaged input, and what has to hold: a diagnostic or a result, and the same answer everywhere."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from opspec.diagnostics import SpecError, ToolError, render
from opspec.diff.compare import compare
from opspec.diff.sources import load_sides
from opspec.emitters.output import GeneratedFile
from opspec.extraction import Tools, facts_text
from opspec.notation import (
    NotationError,
    parse_argument,
    parse_flow,
    parse_format,
    parse_parameter,
    parse_region,
    parse_trait,
    parse_type,
    parse_value,
)
from opspec.notation.assembly import AssemblyFormat
from opspec.notation.relations import RelationError, parse_relation, print_relation
from opspec.pipeline import generate, load_project, read_bindings
from opspec.reports import FORMATS, diagnostic_findings, report
from opspec.spec.bindings import TARGETS
from tests.fuzz.mutations import damaged_json, damaged_text, damaged_yaml
from tests.fuzz.seeds import ACCEPTED, DEFAULTS, DUMPS, MODULES, NOTATIONS, PROJECTS, Files
from tests.fuzz.seeds import FORMATS as ASSEMBLY
from tests.fuzz.sides import check_accepted, check_default, check_module, check_sides, sides
from tests.fuzz.states import check_state, states
from tests.rust.parsing import errors_in

__all__ = ["SUBJECTS", "Subject"]

Subject = tuple[st.SearchStrategy[object], Callable[[object], None]]
"""A strategy for input, and what is done with it."""


@st.composite
def _project(draw: st.DrawFn) -> Files:
    """A project with one file damaged, as a text or as a tree."""
    files = dict(draw(st.sampled_from(PROJECTS)))
    path = draw(st.sampled_from(sorted(files)))
    damage = draw(st.sampled_from([damaged_text, damaged_yaml, damaged_yaml]))
    files[path] = draw(damage([files[path]]))
    return files


def _try(folder: Path) -> tuple[GeneratedFile, ...] | None:
    """What is generated; None where `lint` finds something, which it says in every format."""
    try:
        bindings, diagnostics = read_bindings(folder / "bindings.yaml")
        project = load_project(bindings, diagnostics)
    except SpecError as error:
        for found in error.diagnostics:
            assert render(found).isprintable() or "\n" in render(found)
        for style in FORMATS:
            report("found", diagnostic_findings(error.diagnostics), style).encode("utf-8")
        return None
    return generate(project, TARGETS)


def _check_project(files: object) -> None:
    """What `lint` takes is generated, and is Python, Rust and TOML; and it is compared with what it was."""
    assert isinstance(files, dict)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            found = _try(folder)
        except ToolError:
            return
        if found is None:
            return
        for file in found:
            file.text.encode("utf-8")
            if file.path.endswith(".py"):
                compile(file.text, file.path, "exec")
            if file.path.endswith(".rs"):
                assert errors_in(file.text) == []
            if file.path.endswith(".toml") and sys.version_info >= (3, 11):
                import tomllib

                tomllib.loads(file.text)
        _compare(folder)


def _compare(folder: Path) -> None:
    before = (Path(__file__).parents[1] / "golden" / "specs" / "toy").as_posix()
    try:
        old, new = load_sides(before, (folder / "toy").as_posix())
    except ToolError:
        return  # it has become another dialect
    first, second = replace(old.project, has_rust=True), replace(new.project, has_rust=True)
    compare(first, second)
    compare(second, first)


def _check_dump(text: object) -> None:
    """A dump gives facts that are YAML, or a message."""
    assert isinstance(text, str)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "records.json"
        path.write_text(text, encoding="utf-8")
        try:
            facts = facts_text(str(path), "toy", None, Tools((), None), (), "").text
        except (ToolError, SpecError):
            return
        (Path(name) / "toy").mkdir()
        (Path(name) / "toy" / "dialect.yaml").write_text(facts, encoding="utf-8")
        (Path(name) / "bindings.yaml").write_text(PROJECTS[-1]["bindings.yaml"], encoding="utf-8")
        _try(Path(name))


def _check_notation(text: object) -> None:
    """Every parser takes a text or says why not."""
    assert isinstance(text, str)
    for parse in (parse_argument, parse_flow, parse_parameter, parse_region, parse_trait, parse_type, parse_value):
        try:
            parse(text)
        except NotationError as error:
            assert 0 <= error.offset <= len(text)
    try:
        found = parse_relation(text)
        assert parse_relation(print_relation(found)) == found
    except RelationError as error:
        assert 0 <= error.offset <= len(text)


def _check_format(text: object) -> None:
    """A format is one or is none; what one prints, it reads."""
    assert isinstance(text, str)
    try:
        parse_format(text, ["a", "b"])
    except NotationError:
        return
    try:
        layout = AssemblyFormat(text, ["a", "b"], ["b"])
    except ValueError:
        return
    layout.parse(layout.print({"a": "1", "b": "f64"}))
    layout.parse_as_mlir(layout.print({"a": "1"}))


SUBJECTS: dict[str, Subject] = {
    "projects": (_project(), _check_project),
    "dumps": (damaged_text(DUMPS) | damaged_json(DUMPS), _check_dump),
    "notations": (damaged_text(NOTATIONS), _check_notation),
    "formats": (damaged_text(ASSEMBLY), _check_format),
    "sides": (sides(), check_sides),
    "accepted": (damaged_text(ACCEPTED) | damaged_yaml(ACCEPTED), check_accepted),
    "modules": (damaged_text(MODULES), check_module),
    "defaults": (damaged_text(DEFAULTS), check_default),
    "states": (states(), check_state),
}
"""Everything that is fuzzed, by name."""
