"""Modules in Enzyme's own syntax."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .._runtime.host import ir
from .._runtime.respelling import respell
from ..releases import release_of
from .asking import ask, check_release, failure, host_says, with_host
from .contexts import context_for
from .errors import EnzymeError, EnzymeUnavailable
from .failing import failure_of
from .installed import enzymes_for, find_enzyme
from .origins import Origins
from .pipelines import Pipeline
from .reading import Unread, print_module, read_given
from .sending import fit_for_enzyme
from .sources import Sent
from .verdict import Verdict

__all__ = ["pretty"]

_IR: Any = ir
MLIRError: type[Exception] = _IR.MLIRError
_NOTHING = Pipeline("parse", ())


def pretty(
    module: ir.Module | str,
    *,
    release: str | None = None,
    enzyme: str | os.PathLike[str] | None = None,
) -> str:
    """A module in Enzyme's custom syntax, without locations: for eyes, and for tests that compare text.

    Args:
        module: A module of the host, or its text in a syntax that Enzyme or the host reads.
        release: The release whose syntax is written; that of the Enzyme in use by default.
        enzyme: The folder of another Enzyme; see `find_enzyme`.

    Raises:
        EnzymeRefusal: Enzyme does not take the module: an operation that it does not know, say.
        EnzymeUnavailable: There is no Enzyme, or none of that release.
        EnzymeError: Enzyme died of it, or took too long.
        ValueError: The release is unknown.
    """
    check_release(release, "lowering.pretty")
    folder = find_enzyme(enzyme) if release is None else _of_release(release, enzyme)
    if isinstance(module, str):
        return _pretty_text(module, folder)
    return _pretty_module(module, folder)


def _of_release(release: str, enzyme: str | os.PathLike[str] | None) -> Path:
    folders = enzymes_for(enzyme, release)
    if not folders:
        there = ", ".join(str(release_of(each)) for each in enzymes_for(enzyme, None))
        raise EnzymeUnavailable(
            f"lowering.pretty: release is {release!r}, accepted is one that an Enzyme is there for ({there}): only the "
            "release itself writes its syntax; name its folder with enzyme="
        )
    return folders[0]


def _pretty_text(text: str, enzyme: Path) -> str:
    sent = Sent(text, release_of(enzyme))
    verdict = ask(sent.text, "plain", enzyme)
    if verdict.text is not None:
        return verdict.text
    error = failure(verdict, sent)
    try:
        module = read_given(sent.text, context_for(text, None))
    except (MLIRError, Unread) as failed:
        raise with_host(error, host_says(failed, sent)) from None
    try:
        return _pretty_module(module, enzyme)
    except EnzymeError:
        raise error from None


def _pretty_module(module: ir.Module, enzyme: Path) -> str:
    release = release_of(enzyme) or ""
    verdict = ask(fit_for_enzyme(_spelled(module, release), enzyme), "plain", enzyme)
    if verdict.text is not None:
        return verdict.text
    origins = Origins(module)
    with module.context:  # once more, with places that lead back to the operations
        marked = fit_for_enzyme(_spelled(origins.mark(), release), enzyme)
    verdict = ask(marked, "plain", enzyme)
    raise failure_of(verdict, marked, _NOTHING, _never, 0, origins)


def _spelled(module: Any, release: str) -> str:
    text = print_module(module)
    return respell(text, release) if release else text


def _never(tasks: object, seconds: float) -> list[Verdict]:
    """Tries nothing again, as no time is given for it."""
    del tasks, seconds
    return []
