"""What `opspec ir` does, once its flags are read."""

from __future__ import annotations

import os
from pathlib import Path

import click

from opspec.diagnostics import Diagnostic, SpecError, ToolError
from opspec.disk.files import write_file
from opspec.ir.modules import Modules
from opspec.ir.package import Package, load_package
from opspec.ir.source import Source, read_source
from opspec.reports import diagnostic_findings, report
from opspec.terminal import is_quiet, paint_findings, say
from opspec.terminal import note as print_note

__all__ = ["run_ir"]

_FINDINGS = 100


def run_ir(
    file: str,
    *,
    form: str | None,
    locations: bool,
    verify: bool,
    release: str | None,
    target: str | None,
    enzymes: tuple[Path, ...],
    config: Path,
    is_config_named: bool,
    package: str | None,
    style: str,
    output: Path | None,
) -> int:
    """Read, verify or print, and give the exit code."""
    source = read_source(file)
    loaded = load_package(config, is_config_named, package)
    for option, chosen in (("--release", release), ("--to", target)):
        _check_release(loaded, option, chosen)
    _use_enzymes(loaded, enzymes)
    try:
        text, notes, code = _answer(Modules(loaded, release, target), source, form, locations, verify, style)
    except RecursionError as error:
        raise ToolError(f"{source.name} is nested too deeply") from error
    if output is None and verify and style == "text":
        if code or not is_quiet():
            say(text.rstrip("\n"), paint_findings)
    elif output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text)
    for note in notes:
        print_note(f"opspec: note: {note}", err=True)
    return code


def _answer(
    modules: Modules, source: Source, form: str | None, locations: bool, verify: bool, style: str
) -> tuple[str, list[str], int]:
    """What is printed, notes on it, and the exit code."""
    parts = modules.read(source)
    notes: list[str] = []
    if verify:
        wrong = modules.verify(parts, source.name)
        title = _verdict(wrong, len(parts), modules.used)
        return report(title, diagnostic_findings(wrong), style) + "\n", notes, _FINDINGS if wrong else 0
    if modules.target is not None:
        lacking = modules.lacking(parts, source.name)
        if lacking:
            raise SpecError(lacking)
    if form == "custom":
        return modules.custom(parts), notes, 0
    if form == "generic":
        return modules.located(parts, source.name) if locations else modules.generic(parts), notes, 0
    return modules.readable(parts, notes), notes, 0


def _use_enzymes(package: Package, folders: tuple[Path, ...]) -> None:
    """Make these the Enzymes that the package asks; the environment's, or the installed one, where there are none."""
    try:
        for folder in folders:
            package.lowering.find_enzyme(folder)
    except package.lowering.EnzymeUnavailable as error:
        raise ToolError(f"--enzyme: {error}") from error
    if folders:
        os.environ[package.installed.VARIABLE] = os.pathsep.join(map(str, folders))


def _check_release(package: Package, option: str, release: str | None) -> None:
    known = package.releases.RELEASES
    if release is not None and release not in known:
        raise click.BadParameter(f"{release!r} is not one of {', '.join(known) or 'none'}", param_hint=option)


def _verdict(wrong: list[Diagnostic], count: int, release: str) -> str:
    found = f"{len(wrong)} finding{'s' if len(wrong) != 1 else ''}" if wrong else "no findings"
    rules = f", by the rules of release {release}" if release else ""
    return f"{found} in {count} module{'s' if count != 1 else ''}{rules}"
