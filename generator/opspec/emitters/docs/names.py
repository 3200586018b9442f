"""Further and old names in the reference, as finished lines."""

from __future__ import annotations

from collections.abc import Iterable

from opspec.pyview.module import PyAlias, PyDefinition, PyEnum, PyOperation

__all__ = ["names_of_definition", "names_of_enum", "names_of_operation"]


def _also(aliases: Iterable[PyAlias]) -> list[str]:
    names = [f"`{alias.name}`" for alias in aliases if not alias.message]
    return [f"Also called {', '.join(names)}."] if names else []


def _old(messages: Iterable[str]) -> list[str]:
    texts = list(dict.fromkeys(messages))
    return [f"- {text}." for text in texts]


def _block(also: list[str], old: list[str]) -> str:
    lines = also
    if old:
        lines = [*also, *([""] if also else []), "Old names, which still work and warn:", "", *old]
    return "\n".join(lines)


def names_of_operation(operation: PyOperation) -> str:
    """What else an operation's functions, classes and parts are or were called; empty where there is nothing."""
    old = [alias.message for alias in (*operation.functions, *operation.classes) if alias.message]
    old += [rename.message for rename in operation.old_parameters]
    old += [accessor.message for accessor in operation.old_accessors]
    return _block(_also(operation.functions), _old(old))


def names_of_enum(enum: PyEnum) -> str:
    """What else an enum and its cases are or were called."""
    also = _also(enum.classes)
    for case in enum.cases:
        names = [f"`{alias.name}`" for alias in case.aliases if not alias.message]
        also += [f"`{case.name}` is also called {', '.join(names)}."] if names else []
    aliases = (*enum.classes, *(alias for case in enum.cases for alias in case.aliases))
    return _block(also, _old(alias.message for alias in aliases if alias.message))


def names_of_definition(definition: PyDefinition) -> str:
    """What else an attribute or type and its parameters are or were called."""
    aliases = (*definition.classes, *(alias for parameter in definition.parameters for alias in parameter.old))
    return _block(_also(definition.classes), _old(alias.message for alias in aliases if alias.message))
