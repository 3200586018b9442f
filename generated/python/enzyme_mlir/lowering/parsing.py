"""Modules from text, in whatever syntax the host or Enzyme reads.

A Python host has no parser for the custom syntax of dialects that it does not know; Enzyme has. What it reads comes
back in MLIR's generic form, which both have.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .._given import check_enzyme
from .._runtime.complaints import Complaint, complaining
from .._runtime.host import HOST, ir
from .._runtime.respelling import respell
from ..releases import release_in_use, release_of
from .asking import ask, check_release, failure, host_says, with_host
from .contexts import context_for
from .errors import EnzymeError, EnzymeRefusal, EnzymeUnavailable, UnreadableResult
from .installed import enzymes_for
from .reading import Unread, read_given, read_module
from .sending import enzyme_reads
from .sources import Sent, split_file

__all__ = ["parse", "parse_file", "read_text"]

_IR: Any = ir
MLIRError: type[Exception] = _IR.MLIRError


def parse(
    text: str,
    *,
    release: str | None = None,
    context: ir.Context | None = None,
    enzyme: str | os.PathLike[str] | None = None,
) -> ir.Module:
    """A module of the host from text in MLIR's generic form, in the host's syntax or in Enzyme's.

    Args:
        text: The module. Its attributes and types may be written as any release of Enzyme writes them.
        release: The release whose syntax the text is in; by default the Enzymes that there are try it, newest first.
        context: Context of the module; the current one, or else a new one, by default.
        enzyme: The folder of another Enzyme; see `find_enzyme`.

    Returns:
        The module, with attributes and types as the release in use writes them.

    Raises:
        EnzymeRefusal: Neither the host nor Enzyme reads it; the message has the words of both with line and column.
        EnzymeUnavailable: The host does not read it, and there is no Enzyme.
        EnzymeError: Enzyme died of it, or took too long.
        UnreadableResult: Enzyme reads it, and the host has no form of it that it can read.
        ValueError: The release is unknown.
    """
    if not isinstance(text, str):
        raise complaining(
            TypeError,
            "lowering.parse",
            Complaint("the module", f"of type {type(text).__name__}", "a text"),
        )
    check_enzyme(enzyme, "lowering.parse")
    check_release(release, "lowering.parse")
    found = context_for(text, context)
    used = release_in_use()
    module: ir.Module = read_text(text, found, enzyme, used, release=release)
    return module


def parse_file(
    path: str | os.PathLike[str],
    *,
    release: str | None = None,
    context: ir.Context | None = None,
    enzyme: str | os.PathLike[str] | None = None,
) -> list[ir.Module]:
    """The modules of a file, which lines `// -----` part from each other; all are of one context. See `parse`.

    Raises:
        OSError: The file cannot be read.
        UnicodeDecodeError: It is not in UTF-8.
        EnzymeError: A module cannot be read; line and column are those of the file.
        ValueError: The release is unknown.
    """
    check_release(release, "lowering.parse_file")
    whole = Path(path).read_bytes().decode("utf-8")
    found = context_for(whole, context)
    name = os.fspath(path)
    used = release_in_use()
    return [
        read_text(part, found, enzyme, used, name, release)
        for part in split_file(whole)
    ]


def read_text(
    text: str,
    context: Any,
    enzyme: str | os.PathLike[str] | None = None,
    spelled: str | None = None,
    name: str = "<text>",
    release: str | None = None,
) -> Any:
    """A module in a context, as the host reads it, or Enzyme where the host does not; raises as `parse` does.

    Args:
        text: The module.
        context: The context.
        enzyme: The folder of another Enzyme.
        spelled: The release whose attributes and types the module gets; as they are in the text by default.
        name: What users know the text by.
        release: The release whose syntax the text is in, where that is known.
    """
    sent = Sent(text, spelled, name)
    try:
        return read_given(sent.text, context)
    except (MLIRError, Unread) as error:
        said = host_says(error, sent)
    try:
        folder, generic = _generic(text, name, enzyme, release)
    except EnzymeUnavailable as error:
        raise EnzymeUnavailable(
            f"{said}; {HOST} cannot read it, and there is no Enzyme to read it: {error.message}"
        ) from None
    except EnzymeError as error:
        raise with_host(error, said) from None
    if spelled:
        generic = respell(generic, spelled)
    try:
        return read_module(generic, context, enzyme_reads(folder), str(folder))
    except Unread as error:
        raise UnreadableResult(
            f"{name}: Enzyme reads it, and {HOST} cannot read what Enzyme makes of it: {error}",
            generic,
        ) from None


def _generic(
    text: str, name: str, enzyme: str | os.PathLike[str] | None, release: str | None
) -> tuple[Path, str]:
    """The first Enzyme that reads a text, and what it makes of it, in generic form."""
    folders = enzymes_for(enzyme, release)
    others = [] if folders else enzymes_for(enzyme, None)
    failures: list[EnzymeError] = []
    for folder in folders or others:
        sent = Sent(text, release_of(folder), name)
        verdict = ask(sent.text, "generic", folder)
        if verdict.text is not None:
            return folder, verdict.text
        failures.append(failure(verdict, sent))
    first = failures[0]
    if others and isinstance(first, EnzymeRefusal):
        raise EnzymeRefusal(
            f"{first.message}\nthe text is in the syntax of release {release}, and the Enzyme that was asked is "
            f"{release_of(others[0])}: name one of release {release} with enzyme=, or write it in generic form",
            stderr=first.stderr,
        )
    raise first
