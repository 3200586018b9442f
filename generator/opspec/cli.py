"""The command line: which commands there are. Each is loaded when it is asked for, so that all start soon."""

from __future__ import annotations

import importlib
from typing import Any

import click

from opspec.exits import CONFIG, Commands
from opspec.helping import examples, manner_options

__all__ = ["main"]


class _Later(click.Command):
    """A command that `opspec.commands` has a module for, of which only the first words of its help are known."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the command itself."""
        return self.loaded().make_context(info_name, args, parent, **extra)

    @property
    def params(self) -> list[click.Parameter]:
        """The flags of the command itself."""
        return self.loaded().params

    @params.setter
    def params(self, _: list[click.Parameter]) -> None:
        """Flags are where the command is."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first words of the help, all of them, for shells that show them beside the name."""
        return self.help or ""

    def loaded(self) -> click.Command:
        """The command itself."""
        found = getattr(importlib.import_module(f"opspec.commands.{self.name}"), str(self.name))
        assert isinstance(found, click.Command)
        if not any("--quiet" in flag.opts for flag in found.params):
            found.params += manner_options()
        return found


_COMMANDS = (
    _Later("check", help="Say whether the generated files are what the specs would give now."),
    _Later("completion", help="Print the completion script of a shell, or install it."),
    _Later("diff", help="Say what changed between two specs, whom it breaks, and what to do."),
    _Later(
        "explain",
        help="Print the page of a rule of `opspec diff`, or the list of rules, or write all pages to a folder.",
    ),
    _Later("extract", help="Write a dialect's facts."),
    _Later("generate", help="Write the bindings, docs and snapshots of the specs."),
    _Later(
        "history",
        help="Tell the story of dialects: what each version added, changed and removed, and which calls that breaks.",
    ),
    _Later(
        "init",
        help="Start a project for a dialect of your own: facts, an empty overlay, bindings.yaml, lines for make.",
    ),
    _Later("ir", help="Print the modules of FILE, verify them, or write them for another release of Enzyme."),
    _Later("learn", help="Write facts that a binary tells of itself, where no TableGen can be had."),
    _Later("lint", help="Check the specs, list what is opaque, and the old names that were to be gone by now."),
    _Later("names", help="List the public names, or what another convention changes."),
    _Later(
        "probe",
        help="Compare the specs with installed Enzymes: build IR from the specs, and read what Enzyme says of it.",
    ),
    _Later("schema", help="Print the JSON Schema of a kind of spec file, or write all of them to a folder."),
    _Later(
        "show",
        help="Show a card of an operation, attribute, type, enum or dialect: signature, parts, rules, example.",
    ),
    _Later("upgrade", help="Extract the facts of a project anew, say what changed, and regenerate."),
)
_GROUPS = {
    "Work on specs": ("extract", "learn", "lint", "generate", "check", "names"),
    "Look": ("show", "ir", "probe", "schema"),
    "Upgrade": ("diff", "explain", "history", "upgrade"),
    "Set up": ("init", "completion"),
}


def _show_version(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    """Print what this is and, inside of a project, what its facts are of; then end."""
    if not is_asked or context.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version  # it takes long, and few ask

    try:
        click.echo(f"opspec, version {version('opspec')}")
    except PackageNotFoundError:
        click.echo("opspec, not installed")
    if CONFIG.is_file():
        for line in importlib.import_module("opspec.commands.origins").lines_of(CONFIG):
            click.echo(line)
    context.exit()


@click.group(
    cls=Commands,
    commands=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("opspec show enzyme.autodiff", "opspec generate --help"),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Print the version and, inside of a project, where its facts come from.",
)
def main() -> None:
    """Declarative specs of MLIR operations in, trusted bindings out.

    Exit codes: 0 fine, 100 findings, 101 the tool could not do its work, 2 usage, 130 interrupted.
    """


main.groups = _GROUPS
main.params += manner_options()
