"""Every public name of a dialect's module as a table, and what changed between two of them.

Two tables of one dialect under two conventions say what a change of the convention means to callers; two tables of two
versions of a dialect say what a change upstream means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from enum import Enum

from opspec.dataclass import dataclass
from opspec.diagnostics import Location
from opspec.model.dialect import AttributeDefinition, Dialect
from opspec.model.parts import with_all_parts
from opspec.naming.check import names_of_part, parts_of, role_names
from opspec.naming.further import (
    FurtherName,
    further_of_case,
    further_of_class,
    further_of_function,
    further_of_parameter,
    old_classes_of,
)
from opspec.naming.policy import NamingPolicy, PyName

__all__ = ["NameChange", "NameKind", "NameLevel", "PublicName", "compare_names", "public_names"]


_NOWHERE = Location("<unknown>")


class NameKind(Enum):
    """What a public name is the name of."""

    MODULE = "module"
    FUNCTION = "function"
    CLASS = "class"
    PARAMETER = "parameter"
    ACCESSOR = "accessor"
    ENUM = "enum"
    TEXTS = "type of the texts"
    CASE = "case"
    DEFINITION = "definition"
    DEFINITION_PARAMETER = "definition parameter"


class NameLevel(Enum):
    """What a change of a name does to a caller: breaks the call, or leaves the old name with or without a warning."""

    BREAKING = "breaking"
    DEPRECATED = "deprecated"
    COMPATIBLE = "compatible"


@dataclass(frozen=True, slots=True)
class PublicName:
    """A name: `place` says in the spec's words what has it (`fwddiff.activity`), `index` which of several it is.

    `aliases` are further names of the same thing, `old` those that still work with a warning.
    """

    kind: NameKind
    place: str
    name: PyName
    index: int = 0
    aliases: tuple[PyName, ...] = ()
    old: tuple[PyName, ...] = ()
    location: Location = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NameChange:
    """A thing that was called `old` and is called `new`."""

    kind: NameKind
    place: str
    old: PyName
    new: PyName
    level: NameLevel
    location: Location

    @property
    def message(self) -> str:
        """The change in words."""
        how = {
            NameLevel.BREAKING: "the old name is gone",
            NameLevel.DEPRECATED: "the old name still works, with a warning",
            NameLevel.COMPATIBLE: "the old name still works",
        }[self.level]
        return f"the {self.kind.value} of {self.place} was called {self.old} and is called {self.new}: {how}"


def public_names(dialect: Dialect, naming: NamingPolicy) -> tuple[PublicName, ...]:
    """Every public name of the dialect's module under a policy that knows the dialect, in the order of the spec."""
    return tuple(_public_names(with_all_parts(dialect), naming))


def _public_names(dialect: Dialect, naming: NamingPolicy) -> Iterator[PublicName]:
    yield PublicName(NameKind.MODULE, dialect.name, naming.module(dialect), location=dialect.location)
    for enum in dialect.enums:
        name = naming.enum(enum)
        yield _row(NameKind.ENUM, enum.name, name, enum.location, further_of_class(enum, name))
        text = naming.enum_text(enum)
        if text is not None:
            yield PublicName(NameKind.TEXTS, enum.name, text, location=enum.location)
        for case in enum.cases:
            place, name = f"{enum.name}.{case.symbol}", naming.enum_case(enum, case.symbol)
            yield _row(NameKind.CASE, place, name, case.location, further_of_case(enum, case, naming))
    for definition in dialect.definitions:
        sigil = "#" if isinstance(definition, AttributeDefinition) else "!"
        place = f"{sigil}{definition.dialect or dialect.name}.{definition.mnemonic}"
        name = naming.definition_class(definition)
        yield _row(NameKind.DEFINITION, place, name, definition.location, further_of_class(definition, name))
        for parameter in definition.parameters:
            name, further = naming.parameter_of(parameter), further_of_parameter(parameter, naming)
            yield _row(NameKind.DEFINITION_PARAMETER, f"{place}.{parameter.name}", name, parameter.location, further)
    for operation in dialect.operations:
        place, where = operation.mnemonic, operation.location
        further = further_of_function(operation, naming)
        yield _row(NameKind.FUNCTION, place, naming.function(operation), where, further)
        yield _row(NameKind.CLASS, place, naming.operation_class(operation), where, old_classes_of(operation, naming))
        own = naming.of_operation(operation)
        for _, part in parts_of(operation):
            now = names_of_part(operation, part, own)
            before = [names_of_part(operation, part, own.calling(part.name, own.old_part(o))) for o in part.names.old]
            for side, kind in enumerate((NameKind.PARAMETER, NameKind.ACCESSOR)):
                for index, name in enumerate(now[side]):
                    old = tuple(then[side][index] for then in before if index < len(then[side]))
                    yield PublicName(
                        kind=kind,
                        place=f"{place}.{part.name}",
                        name=name,
                        index=index,
                        aliases=(),
                        old=old,
                        location=part.location,
                    )
        for index, name in enumerate(role_names(operation, own)):
            yield PublicName(NameKind.ACCESSOR, f"{place}.contract", name, index, location=where)


def _row(kind: NameKind, place: str, name: PyName, location: Location, further: Sequence[FurtherName]) -> PublicName:
    aliases = tuple(other.name for other in further if not other.is_old)
    old = tuple(other.name for other in further if other.is_old)
    return PublicName(kind=kind, place=place, name=name, index=0, aliases=aliases, old=old, location=location)


def compare_names(old: Sequence[PublicName], new: Sequence[PublicName]) -> tuple[NameChange, ...]:
    """The things that both tables have and call differently, in the order of the new one.

    A name that the new table keeps as an alias does not break anybody; one that it keeps as an old name warns.
    """
    now = {(name.kind, name.place, name.index): name for name in old}
    changes = []
    for name in new:
        was = now.get((name.kind, name.place, name.index))
        if was is None or was.name == name.name:
            continue
        level = NameLevel.BREAKING
        if was.name in name.aliases:
            level = NameLevel.COMPATIBLE
        elif was.name in name.old:
            level = NameLevel.DEPRECATED
        changes.append(
            NameChange(
                kind=name.kind, place=name.place, old=was.name, new=name.name, level=level, location=name.location
            )
        )
    return tuple(changes)
