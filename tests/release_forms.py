"""All operations of a release, in the form that the release has: their samples, and the code that builds them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostics
from opspec.model.released import as_of
from opspec.pipeline import Project, load_project, naming_of, read_bindings
from opspec.probe.drafts import Draft, draft_of
from opspec.pyview.build import build_module
from opspec.pyview.examples import build_example, imported
from opspec.samples.ir import print_sample
from opspec.samples.resolve import resolve_sample

__all__ = ["Form", "drafts", "forms"]

BINDINGS = Path(__file__).parents[1] / "opspecs" / "bindings.yaml"


@dataclass(frozen=True, slots=True)
class Form:
    """An operation by its full name: its sample as IR, and a program that sets `text` and `findings`.

    These are what the operation's builder made, and what `verify` found wrong with it.
    """

    name: str
    text: str
    program: str


@cache
def _project() -> Project:
    bindings, diagnostics = read_bindings(BINDINGS)
    diagnostics.raise_if_any()
    return load_project(bindings, Diagnostics())


@cache
def drafts(release: str) -> tuple[tuple[str, Draft], ...]:
    """The sample of every operation of a release as a draft that can be changed, with the operation's name."""
    dialects = [as_of(dialect, release) for dialect, _ in _project().dialects]
    return tuple(
        (f"{dialect.name}.{operation.mnemonic}", draft_of(dialect, operation))
        for dialect in dialects
        for operation in dialect.operations
    )


@cache
def forms(release: str) -> tuple[Form, ...]:
    """Every operation of a release."""
    project = _project()
    found: list[Form] = []
    for dialect, _ in project.dialects:
        naming = naming_of(project.bindings, dialect)
        module = build_module(dialect, naming)
        there = as_of(dialect, release)
        for operation in there.operations:
            example = build_example(there, operation, naming, module)
            lines = [
                f"from enzyme_mlir.dialects import {imported(module.name)}",
                "from enzyme_mlir import ir, using_release, verify",
                "from enzyme_mlir.testing import next_block, operation_of, printed, sample",
                f"SETUP = {example.setup!r}",
                *example.opening("SETUP", 0),
                f"    with using_release({release!r}):",
                *(f"    {line}" for line in example.lines),
                "        findings = [str(each) for each in verify(module)]",
                "    text = printed(module)",
            ]
            text = print_sample(there, resolve_sample(there, operation))
            found.append(Form(f"{dialect.name}.{operation.mnemonic}", text, "\n".join(lines)))
    return tuple(found)
