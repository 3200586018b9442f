"""The command line: flags, printing, exit codes; nothing else."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from opspec.choices import open_choices
from opspec.constraints.opaque_lines import opaque_lines
from opspec.diagnostics import Diagnostics, ToolError, render
from opspec.diff.command import diff, explain, upgrade
from opspec.disk.files import write_file
from opspec.disk.locks import PATIENCE
from opspec.emitters.output import compare_tree, write_tree
from opspec.exits import FINDINGS, FINE, Commands
from opspec.extraction import SCHEMA_PATH, Tools, facts_text, update_facts
from opspec.ir.command import ir
from opspec.name_fixes import fix_names
from opspec.name_report import known_conventions, name_changes, name_list
from opspec.naming.conventions import CONVENTIONS
from opspec.naming.due import current_day, report_due
from opspec.naming.pynames import legal
from opspec.naming.reserved import why_no_package
from opspec.pipeline import TARGETS, Project, generate, load_project, read_bindings
from opspec.probe.report import probe_findings, summary
from opspec.probe.run import probe_files, probe_installations
from opspec.reports import FORMATS, diagnostic_findings, drift_findings, report
from opspec.scaffold import draft_facts, project_files, write_new
from opspec.spec.bindings import Bindings
from opspec.spec.schema import SCHEMAS, schema_text
from opspec.spec.trait_names import warn_of_traits

__all__ = ["main"]

_CONFIG = Path("opspecs/bindings.yaml")


def _on_project(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that say which project it works on, and the loaded project as `project`."""

    @wraps(command)
    def with_project(
        config: Path | None,
        specs: tuple[Path, ...],
        naming: str | None,
        package: str | None,
        output: Path | None,
        **options: Any,
    ) -> None:
        click.get_current_context().meta["style"] = options.get("style", "text")
        diagnostics, bindings = _chosen(config, specs, naming, package, output)
        if options.get("fix"):
            diagnostics.raise_if_any()
            for line in fix_names(bindings):
                click.echo(line)
        command(project=load_project(bindings, diagnostics), **options)

    path = click.Path(path_type=Path)
    for option in (
        click.option("--config", type=path, help=f"The project's bindings.yaml [{_CONFIG}]."),
        click.option("--spec", "specs", multiple=True, type=path, help="A dialect.yaml, instead of a project."),
        click.option("--naming", help=f"The convention: {', '.join(CONVENTIONS)}, or one of the project's own."),
        click.option("--package", help="The Python package, instead of the project's."),
        click.option("-o", "--output", type=path, help="The folder of everything generated."),
    ):
        with_project = option(with_project)
    return with_project


def _warn(warnings: Diagnostics) -> None:
    """Say on standard error what is wrong without stopping anything."""
    for found in warnings.found:
        click.echo(render(found), err=True)


def _format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True)(command)


def _targets(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in value.split(",")) if value else TARGETS
    for target in chosen:
        if target not in TARGETS:
            raise click.BadParameter(f"{target!r} is not one of {', '.join(TARGETS)}")
    return chosen


def _check_package(name: str) -> None:
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
        bindings, diagnostics = read_bindings(config or _CONFIG)
    if package is not None:
        _check_package(package)
    known = (*CONVENTIONS, *(convention.name for convention in bindings.conventions))
    if naming is not None and naming not in known:
        raise click.BadParameter(f"{naming!r} is not one of {', '.join(known)}", param_hint="--naming")
    return diagnostics, replace(
        bindings,
        package=package or bindings.package,
        naming=naming or bindings.naming,
        is_naming_forced=naming is not None,
        output=output or bindings.output,
    )


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="opspec")
def main() -> None:
    """Declarative specs of MLIR operations in, trusted bindings out.

    Exit codes: 0 fine, 100 findings, 101 the tool could not do its work, 2 usage, 130 interrupted.
    """


@main.command()
@click.argument("source")
@click.option("--dialect", help="The dialect to extract; without it, every dialect of the project that SOURCE has.")
@click.option("-I", "includes", multiple=True, type=click.Path(path_type=Path), help="A folder of included .td files.")
@click.option("--include-mlir", "mlir", multiple=True, type=click.Path(path_type=Path), help="MLIR's own .td files.")
@click.option(
    "--prelude", type=click.Path(path_type=Path), help="A .td file to read first [prelude.td beside the spec]."
)
@click.option("--tblgen", type=click.Path(path_type=Path), help="The llvm-tblgen to run [the environment's].")
@click.option("--ref", help="The commit, branch or tag to read where SOURCE is a git repository.")
@click.option("--provenance", multiple=True, metavar="KEY=VALUE", help="Where the facts come from; may be repeated.")
@click.option("--schema-path", default=SCHEMA_PATH, help="The JSON Schema that the file names for editors.")
@click.option("--config", type=click.Path(path_type=Path), help=f"The project's bindings.yaml [{_CONFIG}].")
@click.option("--words", is_flag=True, help="Take the summaries and descriptions of the definitions over.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The dialect.yaml to write [standard output].")
def extract(
    source: str,
    dialect: str | None,
    includes: tuple[Path, ...],
    mlir: tuple[Path, ...],
    prelude: Path | None,
    tblgen: Path | None,
    ref: str | None,
    provenance: tuple[str, ...],
    schema_path: str,
    config: Path | None,
    words: bool,
    output: Path | None,
) -> None:
    """Write a dialect's facts.

    SOURCE is a .td file, the JSON of llvm-tblgen --dump-json, a folder or checkout that holds .td files, or the URL of
    a git repository, of which only the .td files are fetched.
    """
    pairs = _pairs(provenance)
    tools, warnings = Tools(includes, prelude, tblgen, mlir), Diagnostics()
    if dialect is None:
        if output is not None or Path(source).suffix in (".json", ".td"):
            raise click.UsageError("Missing option '--dialect': a file or -o is about one dialect")
        bindings, diagnostics = read_bindings(config or _CONFIG)
        diagnostics.raise_if_any()
        for line in update_facts(bindings, source, ref, tools, pairs, warnings):
            click.echo(line)
        _warn(warnings)
        return
    facts = facts_text(source, dialect, ref, tools, pairs, schema_path, warnings, words=words)
    for line in facts.left_out:
        click.echo(f"opspec: {line}", err=True)
    _warn(warnings)
    click.echo(facts.text, nl=False) if output is None else write_file(output, facts.text)
    for note in (*facts.notes, *open_choices(facts.text, output)):
        click.echo(note, err=True)


def _pairs(provenance: Sequence[str]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for item in provenance:
        key, separator, value = item.partition("=")
        if not separator or not key:
            raise click.BadParameter(f"{item!r} is not KEY=VALUE", param_hint="--provenance")
        pairs.append((key, value))
    return pairs


@main.command("generate")
@_on_project
@click.option("--only", "targets", callback=_targets, help=f"Some of {','.join(TARGETS)} [all].")
@click.option("--force", is_flag=True, help="Write over files that were changed by hand; a copy of each is kept.")
@click.option(
    "--patience",
    type=click.FloatRange(min=0),
    default=PATIENCE,
    show_default=True,
    help="How many seconds to wait for another run that writes to the same folder.",
)
def generate_command(project: Project, targets: tuple[str, ...], force: bool, patience: float) -> None:
    """Write the bindings, docs and snapshots of the specs.

    The folder has the old files or the new ones, whatever happens meanwhile. Where somebody changed one by hand,
    nothing is written.
    """
    files = generate(project, targets)
    written = write_tree(project.bindings.output, files, force=force, patience=patience)
    count = sum(len(dialect.operations) for dialect, _ in project.dialects)
    click.echo(
        f"{count} operations of {len(project.dialects)} dialects: {len(files)} files, {len(written.touched)} written"
    )
    for copy in written.copies:
        click.echo(f"kept what was changed by hand as {(project.bindings.output / copy).as_posix()}")


@main.command()
@_on_project
@_format_option
def check(project: Project, style: str) -> None:
    """Say whether the generated files are what the specs would give now."""
    root = project.bindings.output
    if not root.is_dir():
        raise ToolError(f"there is no folder {root} to compare with; `opspec generate` makes it")
    files = generate(project)
    drifts = compare_tree(root, files)
    title = f"{len(files)} files in sync" if not drifts else f"{len(drifts)} of {len(files)} files out of sync"
    click.echo(report(title, drift_findings(drifts, root.name), style))
    sys.exit(FINDINGS if drifts else FINE)


@main.command()
@_on_project
@_format_option
def lint(project: Project, style: str) -> None:
    """Check the specs, list what is opaque, and the old names that were to be gone by now."""
    lines: list[str] = []
    due, warnings = Diagnostics(), Diagnostics()
    for dialect, _ in project.dialects:
        warn_of_traits(dialect, warnings)
        report_due(dialect, project.bindings.version, current_day(), due)
        lines += opaque_lines(dialect)
    _warn(warnings)
    findings = diagnostic_findings(due.found)
    lines.append(f"old names that are due to go: {len(findings)}" if findings else "no errors")
    click.echo(report("\n".join(lines), findings, style))
    sys.exit(FINDINGS if findings else FINE)


@main.command()
@_on_project
@click.option("--against", help="A convention: list what would change from it to the one in use.")
@click.option("--fix", is_flag=True, help="Write another name into the overlay for each that is taken.")
@_format_option
def names(project: Project, against: str | None, fix: bool, style: str) -> None:
    """List the public names, or what another convention changes.

    A change is breaking where the old name is gone; where the overlay keeps it, it is deprecated or compatible.
    """
    if fix:
        return
    if against is None:
        click.echo(report(*name_list(project, style), style))
        return
    known = known_conventions(project)
    if against not in known:
        raise click.BadParameter(f"{against!r} is not one of {', '.join(known)}", param_hint="--against")
    title, findings = name_changes(project, against)
    click.echo(report(title, findings, style))
    sys.exit(FINDINGS if any(finding.level == "error" for finding in findings) else FINE)


@main.command()
@_on_project
@click.option(
    "--enzyme",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The folder of an Enzyme, as of `pip install --target` [the installed one]; may be repeated with --record.",
)
@click.option("--record", is_flag=True, help="Write what the Enzymes have as releases.yaml beside each spec.")
@click.option("--pages", type=click.Path(path_type=Path), help="A folder to write a page to for each Enzyme.")
@_format_option
def probe(project: Project, folders: tuple[Path, ...], record: bool, pages: Path | None, style: str) -> None:
    """Compare the specs with installed Enzymes: build IR from the specs, and read what Enzyme says of it."""
    if len(folders) > 1 and not (record or pages):
        raise click.UsageError("several --enzyme want --record or --pages: a report is about one")
    dialects = [dialect for dialect, _ in project.dialects]
    probed = probe_installations(dialects, folders)
    for path, text in probe_files(project.bindings.specs, dialects, probed, record=record, pages=pages):
        write_file(path, text)
        click.echo(f"wrote {path.as_posix()}", err=style != "text")
    title = "\n".join(summary(release, dialects, findings) for release, findings in probed)
    if record or pages:
        return
    ((release, findings),) = probed
    click.echo(report(title, probe_findings(release, findings, with_agreement=style == "json"), style))
    sys.exit(FINDINGS if findings.disagreements else FINE)


@main.command()
@click.option("--td", type=click.Path(path_type=Path), help="The .td file with the operations, if there is one.")
@click.option("--dialect", required=True, help="The dialect.")
@click.option("-I", "includes", multiple=True, type=click.Path(path_type=Path), help="A folder of included .td files.")
@click.option("--include-mlir", "mlir", multiple=True, type=click.Path(path_type=Path), help="MLIR's own .td files.")
@click.option("--prelude", type=click.Path(path_type=Path), help="A .td file to read first.")
@click.option("--package", help="The Python package to generate [DIALECT_bindings].")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path(), help="The project's folder [this one]."
)
def init(
    td: Path | None,
    dialect: str,
    includes: tuple[Path, ...],
    mlir: tuple[Path, ...],
    prelude: Path | None,
    package: str | None,
    output: Path,
) -> None:
    """Start a project for a dialect of your own: facts, an empty overlay, bindings.yaml, lines for make.

    Without --td the facts are an example of each kind of thing, to be changed by hand.
    """
    name = package or f"{dialect}_bindings"
    _check_package(name)
    facts, source = draft_facts(dialect), None
    if td is not None:
        tools, warnings = Tools(includes, prelude, None, mlir), Diagnostics()
        facts = facts_text(str(td), dialect, None, tools, (), SCHEMA_PATH, warnings, words=True).text
        _warn(warnings)
        source = Path(os.path.relpath(td, output)).as_posix()
    folders = tuple(Path(os.path.relpath(folder, output)).as_posix() for folder in includes)
    files = project_files(dialect, name, facts, source, folders)
    write_new(output, files)
    lines = [f"wrote {(output / file.path).as_posix()}" for file in files]
    lines.append(f"next: opspec generate, then put generated/python on PYTHONPATH and import {name}.dialects.{dialect}")
    click.echo("\n".join(lines))


@main.command()
@click.argument("name", type=click.Choice(SCHEMAS), required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A folder to write the schemas to.")
def schema(name: str | None, output: Path | None) -> None:
    """Print the JSON Schema of a kind of spec file, or write all of them to a folder."""
    if output is not None:
        for each in [name] if name else SCHEMAS:
            write_file(output / f"{each}.schema.json", schema_text(each))
        return
    if name is None:
        raise click.UsageError("give a name, or a folder with -o")
    click.echo(schema_text(name), nl=False)


main.add_command(diff)
main.add_command(explain)
main.add_command(ir)
main.add_command(upgrade)
