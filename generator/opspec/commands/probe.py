"""`opspec probe`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from opspec.commands.options import format_option, on_project
from opspec.disk.files import write_file
from opspec.exits import FINDINGS, FINE
from opspec.helping import examples
from opspec.learn.parts import learn_parts
from opspec.pipeline import Project
from opspec.probe.report import probe_findings, summary
from opspec.probe.run import probe_files, probe_installations
from opspec.reports import print_report
from opspec.terminal import note

__all__ = ["probe"]


@click.command(epilog=examples("opspec probe", "opspec probe --enzyme enzyme-0.0.16 --record"))
@on_project
@click.option(
    "--enzyme",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The folder of an Enzyme, as of `pip install --target` [the installed one]; may be repeated with --record.",
)
@click.option("--record", is_flag=True, help="Write what the Enzymes have as releases.yaml beside each spec.")
@click.option("--pages", type=click.Path(path_type=Path), help="A folder to write a page to for each Enzyme.")
@format_option
def probe(project: Project, folders: tuple[Path, ...], record: bool, pages: Path | None, style: str) -> None:
    """Compare the specs with installed Enzymes: build IR from the specs, and read what Enzyme says of it."""
    if len(folders) > 1 and not (record or pages):
        raise click.UsageError("several --enzyme want --record or --pages: a report is about one")
    dialects = [dialect for dialect, _ in project.dialects]
    probed = probe_installations(dialects, folders)
    bindings = project.bindings
    learnt = learn_parts(bindings, dialects, folders, probed) if record else None
    for path, text in probe_files(bindings.specs, dialects, probed, learnt=learnt, pages=pages):
        write_file(path, text)
        note(f"wrote {path.as_posix()}", err=style != "text")
    title = "\n".join(summary(release, dialects, findings) for release, findings in probed)
    if record or pages:
        return
    ((release, findings),) = probed
    print_report(title, probe_findings(release, findings, with_agreement=style == "json"), style)
    sys.exit(FINDINGS if findings.disagreements else FINE)
