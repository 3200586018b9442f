"""The thing that a name means: as the IR writes it, as Python calls it, or its last part where that says enough."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.dataclass import dataclass
from opspec.diagnostics import near_match, visible
from opspec.emitters.docs.cards import Card, card_of, card_of_dialect
from opspec.emitters.docs.releases import written_name
from opspec.model.dialect import Definition, Dialect, Enum, Operation
from opspec.model.names import Names
from opspec.pipeline import Project, module_of, naming_of

__all__ = ["UnknownNameError", "find_card"]


class UnknownNameError(Exception):
    """No thing has the name, or several have it; the message says which names there are."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A thing under its full name; `others` are further ways to write it, the plain ones last."""

    name: str
    dialect: Dialect
    thing: Operation | Enum | Definition | None
    others: tuple[tuple[str, ...], ...] = ()


def _entries(project: Project) -> Iterator[_Entry]:
    """All that can be shown."""
    for dialect, _ in project.dialects:
        naming = naming_of(project.bindings, dialect)
        module = naming.module(dialect)
        yield _Entry(dialect.name, dialect, None, ((str(module),),))
        for operation in dialect.operations:
            own = naming.of_operation(operation)
            python = (str(own.function(operation)), str(own.operation_class(operation)), *_further(operation.names))
            qualified = tuple(f"{place}.{name}" for place in (module, dialect.name) for name in python)
            name = f"{dialect.name}.{operation.mnemonic}"
            yield _Entry(name, dialect, operation, (qualified, (operation.mnemonic, *python)))
        for enum in dialect.enums:
            class_name = str(naming.enum(enum))
            name = f"{dialect.name}.{enum.name}"
            yield _Entry(
                name, dialect, enum, ((f"{module}.{class_name}",), (enum.name, class_name, *_further(enum.names)))
            )
        for definition in dialect.definitions:
            name = written_name(dialect, definition)
            class_name = str(naming.definition_class(definition))
            qualified = (f"{module}.{class_name}", f"{dialect.name}.{class_name}")
            plain = (
                name[1:],
                name[0] + definition.mnemonic,
                definition.mnemonic,
                class_name,
                *_further(definition.names),
            )
            yield _Entry(name, dialect, definition, (qualified, plain))


def _further(names: Names) -> tuple[str, ...]:
    """What else the overlay calls a thing, and what it called it before."""
    return *(alias.text for alias in names.aliases), *(old.text for old in names.old)


def find_card(project: Project, given: str) -> Card:
    """The card of what a name means. Raises `UnknownNameError`."""
    wanted = given.partition("<")[0].strip()
    entries = list(_entries(project))
    for depth in range(3):
        found: dict[str, _Entry] = {}
        for entry in entries:
            names = (entry.name,) if not depth else entry.others[depth - 1] if depth <= len(entry.others) else ()
            if wanted in names:
                found.setdefault(entry.name, entry)
        if len(found) > 1:
            raise UnknownNameError(f"'{visible(given)}' may be one of {', '.join(sorted(found))}: say which")
        for entry in found.values():
            return _card(project, entry)
    raise UnknownNameError(f"there is no '{visible(given)}'; {_near(wanted, entries)}")


def _near(wanted: str, entries: list[_Entry]) -> str:
    """The closest full name, or word where no dialect was said; the dialects where nothing is close."""
    names = {entry.name for entry in entries}
    if "." not in wanted:
        names |= {word for entry in entries for word in entry.others[-1] if word.isidentifier()}
    hint = near_match(wanted, names)
    return hint if hint.startswith("did") else near_match("", (entry.name for entry in entries if entry.thing is None))


def _card(project: Project, entry: _Entry) -> Card:
    dialect, module = entry.dialect, module_of(project, entry.dialect)
    naming, package = naming_of(project.bindings, dialect), project.bindings.package
    if entry.thing is None:
        return card_of_dialect(dialect, module, naming, package)
    return card_of(dialect, module, naming, package, entry.thing)
