"""`opspec completion`."""

from __future__ import annotations

import os
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from opspec.diagnostics import ToolError
from opspec.disk.files import write_file
from opspec.helping import examples
from opspec.terminal import note

__all__ = ["completion"]

_SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_OPSPEC_COMPLETE"


@click.command(
    epilog=examples("opspec completion bash --install", "opspec completion zsh > ~/.zfunc/_opspec"),
)
@click.argument("shell", type=click.Choice(_SHELLS), required=False)
@click.option("--install", is_flag=True, help="Write the script where the shell looks for it, and say where.")
def completion(shell: str | None, install: bool) -> None:
    """Print the completion script of a shell, or install it.

    Commands, options, names of dialects and operations, rules and conventions complete. Without SHELL it is the one of
    the environment. Nothing but the script is written: where the shell has to be told of it, the lines for that are
    printed.
    """
    name = shell or Path(os.environ.get("SHELL", "")).name
    found = get_completion_class(name) if name in _SHELLS else None
    if found is None:
        raise click.UsageError(f"which shell? Give one of {', '.join(_SHELLS)}")
    text = found(click.get_current_context().find_root().command, {}, "opspec", _VARIABLE).source()
    if not install:
        click.echo(text, nl=not text.endswith("\n"))
        return
    path, lines = _place(name)
    if path.is_file() and _VARIABLE not in path.read_text(encoding="utf-8", errors="replace"):
        raise ToolError(f"{path} is another's script; remove it, or print ours without --install")
    write_file(path, text.rstrip("\n") + "\n")
    note("\n".join((f"wrote {path}", *lines)))


def _place(shell: str) -> tuple[Path, tuple[str, ...]]:
    """Where a shell looks for scripts of its user, and what is left to do."""
    data, config = _folder("XDG_DATA_HOME", ".local/share"), _folder("XDG_CONFIG_HOME", ".config")
    if shell == "fish":
        return config / "fish" / "completions" / "opspec.fish", ("new shells complete opspec",)
    if shell == "zsh":
        path = data / "zsh" / "site-functions" / "_opspec"
        return path, ("zsh finds it with this line in ~/.zshrc, before compinit:", f"fpath+=({path.parent})")
    path = data / "bash-completion" / "completions" / "opspec"
    return path, ("new shells with bash-completion find it; without, this line in ~/.bashrc does:", f"source {path}")


def _folder(variable: str, usual: str) -> Path:
    """A folder of the user's, as the XDG names it: only an absolute one counts."""
    named = Path(os.environ.get(variable, ""))
    return named if named.is_absolute() else Path.home() / usual
