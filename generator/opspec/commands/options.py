"""The options of commands that work on a project, and how they report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from opspec.commands.completing import complete_convention
from opspec.diagnostics import Diagnostics, near_match, render
from opspec.exits import CONFIG
from opspec.naming.conventions import CONVENTIONS
from opspec.naming.pynames import legal
from opspec.naming.reserved import why_no_package
from opspec.reports import FORMATS
from opspec.spec.bindings import Bindings, read_bindings
from opspec.terminal import paint_findings, say

__all__ = ["check_package", "format_option", "on_bindings", "on_project", "output_option", "pairs_of", "warn"]


def on_bindings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that say which project it works on: `bindings`, what is wrong with them so far."""

    @wraps(command)
    def with_bindings(
        config: Path | None,
        specs: tuple[Path, ...],
        naming: str | None,
        package: str | None,
        output: Path | None = None,
        **options: Any,
    ) -> None:
        click.get_current_context().meta["style"] = options.get("style", "text")
        diagnostics, bindings = _chosen(config, specs, naming, package, output)
        command(bindings=bindings, diagnostics=diagnostics, **options)

    path = click.Path(path_type=Path)
    for option in (
        click.option("--config", type=path, help=f"The project's bindings.yaml [{CONFIG}]."),
        click.option("--spec", "specs", multiple=True, type=path, help="A dialect.yaml, instead of a project."),
        click.option(
            "--naming",
            shell_complete=complete_convention,
            help=f"The convention: {', '.join(CONVENTIONS)}, or one of the project's own.",
        ),
        click.option("--package", help="The Python package, instead of the project's."),
    ):
        with_bindings = option(with_bindings)
    return with_bindings


def output_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command that works on a project the option that says where the generated files are."""
    path = click.Path(path_type=Path)
    return click.option("-o", "--output", type=path, help="The folder of everything generated.")(command)


def on_project(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the same options, and the loaded project as `project`."""

    @wraps(command)
    def with_project(bindings: Bindings, diagnostics: Diagnostics, **options: Any) -> None:
        from opspec.pipeline import load_project

        command(project=load_project(bindings, diagnostics), **options)

    return on_bindings(with_project)


def warn(warnings: Diagnostics) -> None:
    """Say on standard error what is wrong without stopping anything."""
    for found in warnings.found:
        say(render(found), paint_findings, err=True)


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the option that says how it reports."""
    return click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True)(command)


def pairs_of(provenance: Sequence[str]) -> list[tuple[str, str]]:
    """Where facts come from, as keys and values. Raises `UsageError` for what is no KEY=VALUE."""
    pairs = []
    for item in provenance:
        key, separator, value = item.partition("=")
        if not separator or not key:
            raise click.BadParameter(f"{item!r} is not KEY=VALUE", param_hint="--provenance")
        pairs.append((key, value))
    return pairs


def check_package(name: str) -> None:
    """Raise `UsageError` where no package can be called that."""
    if reason := why_no_package(name) if legal(name) == name else "is not a Python identifier":
        raise click.BadParameter(f"{name!r} {reason}", param_hint="--package")


def _chosen(
    config: Path | None, specs: Sequence[Path], naming: str | None, package: str | None, output: Path | None
) -> tuple[Diagnostics, Bindings]:
    """The project that the options describe, and what is wrong with its description."""
    if config is not None and specs:
        raise click.UsageError("--config and --spec exclude each other")
    if specs:
        bindings, diagnostics = Bindings("bindings", CONVENTIONS[0], Path("generated"), tuple(specs)), Diagnostics()
    else:
        bindings, diagnostics = read_bindings(config or CONFIG)
    if package is not None:
        check_package(package)
    known = (*CONVENTIONS, *(convention.name for convention in bindings.conventions))
    if naming is not None and naming not in known:
        raise click.BadParameter(
            f"there is no convention {naming!r}; {near_match(naming, known)}", param_hint="--naming"
        )
    return diagnostics, replace(
        bindings,
        package=package or bindings.package,
        naming=naming or bindings.naming,
        is_naming_forced=naming is not None,
        output=output or bindings.output,
    )
