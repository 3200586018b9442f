"""How text reaches a terminal: in colours where one looks at it, and otherwise as it is."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

__all__ = [
    "QUIET",
    "draw_bar",
    "is_coloured",
    "is_quiet",
    "is_watched",
    "note",
    "paint_code",
    "paint_errors",
    "paint_findings",
    "paint_page",
    "paint_story",
    "say",
]

QUIET = "opspec.quiet"
"""Where a command keeps whether it is to print only what was found."""

_MOMENT = 0.5
"""How many seconds work takes before it is shown."""

_CODE = re.compile(r"(?<!`)`[^`]+`(?!`)")
_HEADING = re.compile(r"^#+ .*$", re.MULTILINE)
_HEAD = re.compile(r"(?P<place>\S.*?:\d+:\d+): (?P<level>error|warning|note): (?P<text>.*?)(?P<code> \[[\w-]+\])?")
_CARET = re.compile(r"(?P<gutter> +\| )(?P<caret> *\^)")
_SOURCE = re.compile(r"(?P<gutter>  +\d+ \| )(?P<source>.*)")
_HINT = re.compile(r"(?P<hint> +hint:)(?P<text>.*)")
_LEVELS = {"error": "red", "warning": "yellow", "note": "cyan", "breaking": "red", "dangerous": "yellow"}
_LEVELS["compatible"] = "green"
_SIGNS = {"+ ": "green", "- ": "red", "~ ": "yellow"}
_BREAKING = re.compile(r"(?:\d+ )?breaks? (?:calls|IR)(?: and IR)?$")
_GOOD = re.compile(r"no (?:errors|findings)\b.*|\d+ files in sync")
_BAD = re.compile(r"\d+ (?:errors?|findings?)\b.*|\d+ of \d+ files out of sync")


def is_coloured(*, err: bool = False) -> bool:
    """Whether what is printed there is to have colours: on a terminal, unless NO_COLOR, TERM=dumb or CI is set.

    FORCE_COLOR wants them everywhere; NO_COLOR counts more.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") != "0":
        return True
    if os.environ.get("TERM") == "dumb" or os.environ.get("CI"):
        return False
    return (sys.stderr if err else sys.stdout).isatty()


def say(text: str, paint: Callable[[str], str], *, err: bool = False) -> None:
    """Print a text, painted where colours are wanted."""
    if is_coloured(err=err):
        click.echo(paint(text), err=err, color=True)
    else:
        click.echo(text, err=err)


def is_quiet() -> bool:
    """Whether the command was asked to print only findings, errors, and what was asked for."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(QUIET))


def note(text: str, *, err: bool = False) -> None:
    """Say what was done; a quiet command does not."""
    if not is_quiet():
        click.echo(text, err=err)


def is_watched() -> bool:
    """Whether somebody looks at standard error while it is written: a terminal, and neither TERM=dumb nor CI is set."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")


@contextmanager
def draw_bar(doing: str, steps: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error for work of so many steps, as soon as it takes longer than a moment."""
    started = time.monotonic()
    with click.progressbar(length=steps, label=doing, file=sys.stderr, hidden=True, show_pos=True, width=0) as bar:

        def done(count: int) -> None:
            if bar.hidden and time.monotonic() - started > _MOMENT:
                bar.hidden = False
            bar.update(count - bar.pos)

        yield done


def paint_errors(text: str) -> str:
    """The name in front of an error in a colour."""
    name, separator, rest = text.partition(": ")
    return f"{click.style(f'{name}:', fg='red', bold=True)} {rest}" if separator else text


def paint_code(text: str, colour: str = "cyan") -> str:
    """What stands in backquotes, in a colour."""
    return _CODE.sub(lambda found: click.style(found[0], fg=colour), text)


def paint_page(text: str) -> str:
    """A page of Markdown: its headings, and what stands in backquotes."""
    return paint_code(_HEADING.sub(lambda found: click.style(found[0], bold=True), text))


def paint_findings(text: str) -> str:
    """Diagnostics and reports in colours; without those the text is what it was."""
    return "\n".join(map(_line, text.split("\n")))


def paint_story(text: str) -> str:
    """A story: headings, what was added, changed and removed, and what breaks."""
    return "\n".join(map(_told, text.split("\n")))


def _told(line: str) -> str:
    if line and not line.startswith(" "):
        return click.style(line, bold=True)
    colour = _SIGNS.get(line.strip()[:2])
    told = _BREAKING.sub(lambda found: click.style(found[0], fg="red", bold=True), line)
    return told if colour is None else f"  {click.style(line[2:3], fg=colour, bold=True)}{told[3:]}"


def _line(line: str) -> str:
    if found := _HEAD.fullmatch(line):
        level = click.style(f"{found['level']}:", fg=_LEVELS[found["level"]], bold=True)
        place, code = click.style(f"{found['place']}:", bold=True), click.style(found["code"] or "", dim=True)
        return f"{place} {level} {found['text']}{code if found['code'] else ''}"
    if found := _CARET.fullmatch(line):
        return click.style(found["gutter"], dim=True) + click.style(found["caret"], fg="green", bold=True)
    if found := _SOURCE.fullmatch(line):
        return click.style(found["gutter"], dim=True) + found["source"]
    if found := _HINT.fullmatch(line):
        return click.style(found["hint"], fg="cyan", bold=True) + found["text"]
    word = line.strip()
    if word in _LEVELS:
        return click.style(line, fg=_LEVELS[word], bold=True)
    if line.lstrip(" ").startswith(("+ ", "+++")) or (line.startswith("+") and len(line) > 1):
        return click.style(line, fg="green")
    if line.lstrip(" ").startswith(("- ", "---")) or (line.startswith("-") and len(line) > 1):
        return click.style(line, fg="red")
    if _GOOD.fullmatch(line) or _BAD.fullmatch(line):
        return click.style(line, fg="green" if _GOOD.fullmatch(line) else "red", bold=True)
    if line.startswith("@@ "):
        return click.style(line, fg="cyan")
    return line
