"""The further and the old names of a thing, as Python has them.

One overlay serves every convention. A name that some convention makes the thing's own (`fwd_diff`, an alias of
`fwddiff` by default and its name under `snake`) is no further name there, and is left out; so is the second of two
that a convention makes one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from opspec.dataclass import dataclass
from opspec.diagnostics import Location
from opspec.model.dialect import Definition, Enum, EnumCase, NamedParameter, Operation
from opspec.model.names import Names, OldName
from opspec.naming.pynames import made_name
from opspec.naming.rules import NamingPolicy, PyName

__all__ = [
    "FurtherName",
    "further_of_case",
    "further_of_class",
    "further_of_function",
    "further_of_parameter",
    "old_classes_of",
]


@dataclass(frozen=True, slots=True)
class FurtherName:
    """A further name, or with `is_old` an old one. `text` is what the overlay says, `until` when it is to go."""

    name: PyName
    text: str
    location: Location
    is_old: bool = False
    until: str = ""


def _further(target: PyName, names: Names, name_of: Callable[[OldName], PyName]) -> tuple[FurtherName, ...]:
    def found() -> Iterator[FurtherName]:
        for alias in names.aliases:
            yield FurtherName(PyName(alias.text), alias.text, alias.location)
        for old in names.old:
            yield FurtherName(name_of(old), old.text, old.location, True, old.until)

    return _distinct(found(), target)


def _distinct(names: Iterable[FurtherName], target: PyName) -> tuple[FurtherName, ...]:
    """The names that are not the thing's own, each once."""
    by_name: dict[PyName, FurtherName] = {}
    for further in names:
        if further.name != target:
            by_name.setdefault(further.name, further)
    return tuple(by_name.values())


def further_of_function(operation: Operation, naming: NamingPolicy) -> tuple[FurtherName, ...]:
    """What else the builder of an operation is called."""
    return _further(naming.function(operation), operation.names, lambda old: naming.old_function(operation, old))


def old_classes_of(operation: Operation, naming: NamingPolicy) -> tuple[FurtherName, ...]:
    """What the class of an operation was called."""
    target = naming.operation_class(operation)
    names = (
        FurtherName(naming.class_after(old.class_name), old.class_name, old.location, True, old.until)
        for old in operation.names.old
        if old.class_name
    )
    return _distinct(names, target)


def further_of_class(owner: Enum | Definition, target: PyName) -> tuple[FurtherName, ...]:
    """What else the class of an enum, attribute or type is called, which is called `target`."""
    return _further(target, owner.names, lambda old: made_name(old.text))


def further_of_case(enum: Enum, case: EnumCase, naming: NamingPolicy) -> tuple[FurtherName, ...]:
    """What else a case is called."""
    return _further(naming.enum_case(enum, case.symbol), case.names, lambda old: naming.old_case(enum, old))


def further_of_parameter(parameter: NamedParameter, naming: NamingPolicy) -> tuple[FurtherName, ...]:
    """What else a parameter of an attribute or type is called."""
    return _further(naming.parameter_of(parameter), parameter.names, naming.old_parameter)
