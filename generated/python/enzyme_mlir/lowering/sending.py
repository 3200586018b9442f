"""Modules of the host in the form in which an Enzyme reads them whole."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

from .._runtime.host import ir
from ..releases import release_of
from .asking import ask
from .contexts import full_context
from .errors import EnzymeError, EnzymeRefusal
from .forms import Forms, Lost, NotRead, fit
from .inprocess import run_here
from .installed import find_enzyme
from .reading import parse_text, print_module

__all__ = ["enzyme_reads", "fit_for_enzyme"]

_IR: Any = ir
MLIRError: type[Exception] = _IR.MLIRError

_FORMS: dict[str, Forms] = {}
"""What is known of each Enzyme as a reader of the host's modules, by its folder."""


def fit_for_enzyme(
    text: str, enzyme: str | os.PathLike[str] | None = None, isolated: bool = True
) -> str:
    """A module in the form that Enzyme reads; as it is where Enzyme reads none.

    Enzyme is asked where the module has properties that it has not been seen to keep, once for each.

    Args:
        text: A module of the host in generic form.
        enzyme: The folder of another Enzyme; see `find_enzyme`.
        isolated: Whether Enzyme is asked in a process of its own.

    Raises:
        EnzymeRefusal: Enzyme would drop a property of an operation without a word.
    """
    folder = find_enzyme(enzyme)
    forms = _FORMS.setdefault(str(folder), Forms())
    read = enzyme_reads(folder, isolated)
    try:
        fit(text, read, str, _any, forms, is_sure=True, write_again=_host_again)
    except NotRead:
        pass
    except Lost as error:
        release = release_of(folder) or f"in {str(folder)!r}"
        raise EnzymeRefusal(f"{error}, which Enzyme {release} does not know") from None
    return forms.write(text, _any)


def _any(name: str) -> bool:
    """Operations that Enzyme does not know it refuses by itself."""
    del name
    return True


def enzyme_reads(
    enzyme: str | os.PathLike[str] | None, isolated: bool = True
) -> Callable[[str], str]:
    """What has Enzyme read a text and print it in generic form; raises `NotRead`."""
    folder = find_enzyme(enzyme)
    return _ask_in_child(folder) if isolated else _ask_here(folder)


def _host_again(text: str) -> str:
    with full_context() as context:
        try:
            return print_module(parse_text(text, context))
        except MLIRError as error:
            raise NotRead(str(error), text) from None


def _ask_in_child(folder: os.PathLike[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        verdict = ask(text, "generic", folder)
        if verdict.text is None:
            raise NotRead(_first_place(verdict.message), text)
        return verdict.text

    return read


def _ask_here(folder: os.PathLike[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        try:
            return run_here(text, "", folder)
        except EnzymeError as error:
            raise NotRead(_first_place(error.message), text) from None

    return read


def _first_place(message: str) -> str:
    """The message from the first error on, in front of which may be warnings."""
    found = re.search(r'loc\("-":\d+:\d+\): error: ', message)
    return message if found is None else message[found.start() :]
