"""What is compared, accepted, written by hand, evaluated: damaged, it ends with a diagnostic or a result too."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import strategies as st

from opspec.diagnostics import Diagnostics, SpecError, ToolError, render
from opspec.diff.accept import divide, read_accepted
from opspec.diff.compare import compare
from opspec.diff.report import Report
from opspec.diff.report import render as render_report
from opspec.diff.sources import load_sides
from opspec.diff.witness import find_witness
from opspec.pyview.extension_imports import imports_of
from opspec.pyview.extensions import read_extension
from opspec.reports import FORMATS
from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.evaluation import evaluate
from tests.fuzz.mutations import damaged_text, damaged_yaml
from tests.fuzz.seeds import PROJECTS, Files
from tests.unit.cpp import ENUMS

__all__ = ["check_accepted", "check_default", "check_module", "check_sides", "sides"]


@st.composite
def sides(draw: st.DrawFn) -> tuple[Files, Files]:
    """Two folders of two dialects; on one side a file is damaged, and the dialects may have changed their places."""
    spec = {path: text for path, text in PROJECTS[0].items() if path.endswith("dialect.yaml")}
    other = {path: text for path, text in draw(st.sampled_from(PROJECTS)).items() if path.endswith("dialect.yaml")}
    (first,), (second,) = spec.values(), other.values()
    before = {"toy/dialect.yaml": first, "other/dialect.yaml": _called(second, "other")}
    damage = draw(st.sampled_from([damaged_text, damaged_yaml, damaged_yaml]))
    damaged = draw(damage([first]))
    names = draw(st.sampled_from([("toy", "other"), ("other", "toy"), ("third", "toy"), ("other", "third")]))
    after = {"a/dialect.yaml": _called(damaged, names[0]), "b/dialect.yaml": _called(second, names[1])}
    return before, after


def _called(text: str, name: str) -> str:
    """A spec of the dialect `toy` under another name."""
    return text.replace("dialect: toy", f"dialect: {name}").replace("toy.", f"{name}.")


def check_sides(given: object) -> None:
    """Both directions are compared and reported in every format; what breaks a program has one, or has none."""
    assert isinstance(given, tuple)
    with tempfile.TemporaryDirectory() as name:
        labels = []
        for label, files in zip(("old", "new"), given, strict=True):
            for path, text in files.items():
                file = Path(name) / label / path
                file.parent.mkdir(parents=True)
                file.write_bytes(text.encode("utf-8", "surrogatepass"))
            labels.append((Path(name) / label).as_posix())
        try:
            old, new = load_sides(*labels)
        except (SpecError, ToolError) as error:
            for found in error.diagnostics if isinstance(error, SpecError) else ():
                render(found)
            return
        there, back = compare(old.project, new.project), compare(new.project, old.project)
        assert [(c.old, c.new) for c in there if c.candidate is None and c.rule.endswith("-moved")] == []
        for first, second, changes in ((old, new, there), (new, old, back)):
            programs = [(c.fingerprint, find_witness(c, first.project, second.project)) for c in changes]
            witnesses = tuple((print_, found.program("toys")) for print_, found in programs if found is not None)
            for _, program in witnesses:
                compile(program, "witness", "exec")
            report = Report(first, second, divide(changes, ()), witnesses=witnesses)
            for style in FORMATS:
                render_report(report, style).encode("utf-8")


def check_accepted(text: object) -> None:
    """Accepted changes are read, or what is wrong is said."""
    assert isinstance(text, str)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "accepted.yaml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            entries = read_accepted(path)
        except ToolError:
            return
        except SpecError as error:
            for found in error.diagnostics:
                render(found)
            return
    divide((), entries)


def check_module(text: object) -> None:
    """A hand-written module is read, or what is wrong is said, at a place in it."""
    assert isinstance(text, str)
    diagnostics = Diagnostics()
    read_extension("dialects/_toys_more.py", text, "more.py", diagnostics)
    lines = text.count("\n") + text.count("\r") + text.count("\f") + 2
    places = [found.location for found in diagnostics.found]
    places += [found.location for found in imports_of("dialects/_toys_more.py", text, "more.py", "toy_bindings")]
    assert all(0 < place.line <= lines and place.column > 0 for place in places)


def check_default(text: object) -> None:
    """A default value has one, or is C++'s own."""
    assert isinstance(text, str)
    try:
        evaluate(text, ENUMS)
    except NotConstant:
        return
