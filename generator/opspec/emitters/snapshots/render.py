"""Snapshots of samples, and the tests that build the samples and compare."""

from __future__ import annotations

from opspec.emitters.output import GeneratedFile
from opspec.emitters.snapshots.view import view_tests
from opspec.emitters.templating import environment
from opspec.model.dialect import Dialect
from opspec.naming.policy import NamingPolicy
from opspec.pyview.examples import imported
from opspec.pyview.module import PyModule
from opspec.pyview.text import py_literal
from opspec.samples.ir import print_sample
from opspec.samples.resolve import resolve_sample

__all__ = ["render_snapshots"]

_TEMPLATES = environment("opspec.emitters.snapshots", literal=py_literal)


def render_snapshots(
    dialect: Dialect, module: PyModule, naming: NamingPolicy, package: str, header: str
) -> tuple[GeneratedFile, ...]:
    """A snapshot for each operation of a dialect, and one test module."""
    files = [
        GeneratedFile(
            f"snapshots/{dialect.name}/{operation.mnemonic}.mlir",
            print_sample(dialect, resolve_sample(dialect, operation)),
        )
        for operation in dialect.operations
    ]
    text = _TEMPLATES.get_template("tests.py.jinja").render(
        header=header,
        package=package,
        dialect=dialect.name,
        module=imported(module.name),
        tests=view_tests(dialect, module, naming),
    )
    return (*files, GeneratedFile(f"tests/test_{dialect.name}.py", text))
