"""Parents that traits name by their C++ classes: found among the operations of a project's dialects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from opspec.model.constraints import HasParent, Trait
from opspec.model.dialect import Dialect, Operation

__all__ = ["find_parents", "known_parents", "opaque_parents"]


def known_parents(trait: HasParent) -> tuple[str, ...]:
    """The full names of the operations that are known."""
    return tuple(name for name in trait.operations if "." in name)


def opaque_parents(trait: HasParent) -> tuple[str, ...]:
    """The C++ classes whose operations nobody knows."""
    return tuple(name for name in trait.operations if "." not in name)


def find_parents(dialects: Sequence[Dialect]) -> tuple[Dialect, ...]:
    """The dialects with operations in place of the C++ classes that one of them has.

    A class without namespaces is the dialect's own, one with namespaces is of the dialect that the last is called like.
    What none of them has stays a class.
    """
    by_class = {
        (_plain(each.name), operation.class_name): f"{each.name}.{operation.mnemonic}"
        for each in dialects
        for operation in each.operations
    }
    return tuple(_with_parents(dialect, by_class) for dialect in dialects)


def _with_parents(dialect: Dialect, by_class: Mapping[tuple[str, str], str]) -> Dialect:

    def name(written: str) -> str:
        path = written.split("::")
        space = path[-2] if len(path) > 1 else dialect.name
        return by_class.get((_plain(space), path[-1]), written)

    def trait(found: Trait) -> Trait:
        if not isinstance(found, HasParent) or not opaque_parents(found):
            return found
        return HasParent(tuple(dict.fromkeys(each if "." in each else name(each) for each in found.operations)))

    def operation(found: Operation) -> Operation:
        return replace(found, traits=tuple(map(trait, found.traits)))

    return replace(dialect, operations=tuple(map(operation, dialect.operations)))


def _plain(name: str) -> str:
    """A name of a dialect or of a namespace, as it is compared: `LLVM` is `llvm`."""
    return name.replace("_", "").replace(".", "").lower()
