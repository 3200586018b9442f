"""Modules between the host and Enzyme: MLIR's generic form, which both read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._runtime.host import ir
from .aliases import put_in_place
from .forms import Forms, Lost, NotRead, drops, fit
from .properties import merge_properties
from .sentences import name_operations

__all__ = [
    "Unread",
    "parse_text",
    "print_module",
    "read_module",
    "read_own",
    "show_hidden",
]

_IR: Any = ir
_FORMS: dict[str, Forms] = {}
"""What is known of the host as a reader of modules, by who writes them."""


def print_module(module: Any) -> str:
    """A module in generic form, with all locations."""
    text: str = module.operation.get_asm(
        enable_debug_info=True, print_generic_op_form=True
    )
    return text


def parse_text(text: str, context: Any) -> Any:
    """A module as the host parses it; its threads wait, because the host dies where two of them complain at a time.

    Raises:
        MLIRError: The host cannot read it.
    """
    has_threads = context.get_num_threads() > 1
    if has_threads:
        context.enable_multithreading(False)
    try:
        return _IR.Module.parse(text, context)
    finally:
        if has_threads:
            context.enable_multithreading(True)


def _forms_of(writer: str) -> Forms:
    return _FORMS.setdefault(writer, Forms())


def read_module(
    text: str,
    context: Any,
    write_again: Callable[[str], str] | None = None,
    writer: str = "",
) -> Any:
    """A module in generic form, as the host has it; attributes of operations that it does not know are in sight.

    Args:
        text: The module.
        context: The context that it gets.
        write_again: Has whoever wrote the module read a text and print it; raises `NotRead`.
        writer: Who wrote the module: the folder of an Enzyme; empty for the host.

    Raises:
        Unread: The host cannot read it, or drops something of it.
    """

    def read(spelled: str) -> Any:
        try:
            return parse_text(spelled, context)
        except _IR.MLIRError as error:
            raise NotRead(_words(error), spelled) from None

    try:
        known = context.is_registered_operation
        forms = _forms_of(writer)
        return fit(
            put_in_place(text),
            read,
            print_module,
            known,
            forms,
            write_again=write_again,
        )
    except NotRead as error:
        raise Unread(name_operations(str(error), error.text)) from None
    except Lost as error:
        raise Unread(str(error)) from None


def read_given(text: str, context: Any) -> Any:
    """A module from a user's text, of which nothing is hidden or dropped.

    Raises:
        MLIRError: The host cannot read it.
        Unread: The host would drop something of it.
    """
    module = parse_text(text, context)
    if "<{" not in text:
        return module
    shown = print_module(module)
    if drops(text, shown, context.is_registered_operation, _forms_of("")):
        return read_module(text, context)
    return read_own(shown, context)


def show_hidden(module: Any) -> Any:
    """A module of the host's own in which attributes of operations that it does not know are in sight."""
    return read_own(print_module(module), module.context)


def read_own(text: str, context: Any) -> Any:
    """A module that the host has printed in generic form, as `show_hidden` gives it; raises as `parse_text` does."""
    known = context.is_registered_operation
    return parse_text(merge_properties(text, lambda name: not known(name)), context)


def _words(error: Exception) -> str:
    """What the host says, without what it says in front of everything."""
    return str(error).partition("\n")[2] or str(error)


class Unread(Exception):
    """The host cannot read a module in generic form; the words are its own, or say what it would drop."""
