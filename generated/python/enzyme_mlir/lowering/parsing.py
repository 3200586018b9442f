"""Text of modules in whatever syntax the host or Enzyme reads, and modules in Enzyme's syntax.

A Python host has no parser for the custom syntax of dialects that it does not know; Enzyme has. What it reads comes
back in MLIR's generic form, which both have.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from .._runtime.host import HOST, ir
from .._runtime.respelling import respell
from ..releases import release_of
from .contexts import full_context
from .errors import EnzymeRefusal, EnzymeUnavailable, UnreadableResult
from .installed import find_enzyme
from .reading import print_module, read_module
from .tasks import default_memory, run_tasks
from .unregistered import name_unregistered

__all__ = ["parse", "parse_file", "pretty", "read_text"]

_IR: Any = ir
MLIRError: type[Exception] = _IR.MLIRError
TIMEOUT = 300.0
SPLIT = re.compile(r"^// -----.*$", re.MULTILINE)
"""What stands between the modules of a file."""

_PLACE = re.compile(r'loc\("-":(\d+):(\d+)\)')


def parse(
    text: str,
    *,
    context: ir.Context | None = None,
    enzyme: str | os.PathLike[str] | None = None,
) -> ir.Module:
    """A module of the host from text in MLIR's generic form, in the host's syntax or in Enzyme's.

    Args:
        text: The module. It may be written for any release of Enzyme.
        context: Context of the module; the current one, or else a new one, by default.
        enzyme: The folder of another Enzyme; see `find_enzyme`.

    Raises:
        EnzymeRefusal: Neither the host nor Enzyme reads it; the message has Enzyme's words with line and column.
        EnzymeUnavailable: The host does not read it, and there is no Enzyme.
        UnreadableResult: Enzyme reads it, and the host has no form of it that it can read.
    """
    module: ir.Module = read_text(text, context or _current_context(), enzyme)
    return module


def parse_file(
    path: str | os.PathLike[str],
    *,
    context: ir.Context | None = None,
    enzyme: str | os.PathLike[str] | None = None,
) -> list[ir.Module]:
    """The modules of a file, which lines `// -----` part from each other; see `parse`.

    Raises:
        OSError: The file cannot be read.
        EnzymeRefusal: A module cannot be read; line and column are those of the file.
    """
    whole = Path(path).read_text(encoding="utf-8")
    found: list[ir.Module] = []
    context = context or _current_context()
    start = 0
    for end in [*(match.start() for match in SPLIT.finditer(whole)), len(whole)]:
        before = "\n" * whole.count(
            "\n", 0, start
        )  # so that lines are those of the file
        found.append(_read_part(before + whole[start:end], path, context, enzyme))
        start = end
    return found


def _read_part(
    text: str,
    path: str | os.PathLike[str],
    context: ir.Context,
    enzyme: str | os.PathLike[str] | None,
) -> Any:
    try:
        return read_text(text, context, enzyme)
    except EnzymeRefusal as refusal:
        message = _PLACE.sub(rf"{os.fspath(path)}:\1:\2", refusal.message)
        raise EnzymeRefusal(message, stderr=refusal.stderr) from None


def pretty(
    module: ir.Module | str, *, enzyme: str | os.PathLike[str] | None = None
) -> str:
    """A module in Enzyme's custom syntax, without locations: for eyes, and for tests that compare text.

    Args:
        module: A module of the host, or its text.
        enzyme: The folder of another Enzyme; see `find_enzyme`.

    Raises:
        EnzymeRefusal: Enzyme does not take the module: an operation that it does not know, say.
        EnzymeUnavailable: There is no Enzyme.
    """
    text = module if isinstance(module, str) else print_module(module)
    return _through_enzyme(text, "plain", enzyme)


def read_text(
    text: str, context: Any, enzyme: str | os.PathLike[str] | None = None
) -> Any:
    """A module in a context, as the host reads it, or Enzyme where the host does not; see `parse`."""
    try:
        module = _IR.Module.parse(text, context)
        if "<{" not in text:  # no properties that the host would hide
            return module
        return read_module(print_module(module), context)
    except MLIRError as error:
        try:
            generic = _through_enzyme(text, "generic", enzyme)
        except EnzymeUnavailable:
            raise EnzymeUnavailable(
                f"{HOST} cannot read the module, and there is no Enzyme to read it: {error}"
            ) from None
        try:
            return read_module(generic, context)
        except MLIRError:
            raise UnreadableResult(
                f"{HOST} cannot read the module: {error}", generic
            ) from None


def _through_enzyme(text: str, form: str, enzyme: str | os.PathLike[str] | None) -> str:
    """What Enzyme makes of a text that it only reads."""
    release = release_of(find_enzyme(enzyme))
    spelled = text if release is None else respell(text, release)
    task = (spelled, "")
    (verdict,) = run_tasks(
        [task], TIMEOUT, default_memory(), None, enzyme, None, form=form
    )
    if verdict.text is None:
        message = name_unregistered(verdict.message, spelled)
        raise EnzymeRefusal(message, stderr=verdict.stderr)
    return verdict.text


def _current_context() -> Any:
    try:
        current: Any = _IR.Context.current
    except ValueError:
        return full_context()
    return full_context() if current is None else current
