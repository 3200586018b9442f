"""Witnesses of changes to enums, named constraints, and the names of whole dialects."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from opspec.diff.changes import Change
from opspec.diff.witness_calls import OldSide, Shows, Types, Witness
from opspec.diff.witness_definitions import get_call
from opspec.diff.witness_operations import call, types_tied_to
from opspec.model.constraints import ConstraintReference
from opspec.model.dialect import Dialect, Enum, Operation
from opspec.naming.policy import NamingPolicy
from opspec.samples.witnesses import type_that_is_refused

__all__ = [
    "constrained_call",
    "convention",
    "dialect_module",
    "dialect_names",
    "enum_case",
    "enum_flags",
    "first_case",
    "in_general",
    "of_names",
]


def _of_enum(make: Callable[[str, OldSide, Enum], Witness]) -> Shows:
    """A witness of a change of an enum, which the old side has."""

    def shows(change: Change, old: OldSide) -> Witness | None:
        enum = next((e for e in old.dialect.enums if e.name == change.place.owner[1]), None)
        return make(change.place.name, old, enum) if enum is not None else None

    return shows


def _case(name: str, old: OldSide, enum: Enum) -> Witness:
    return old.expression(f"{old.naming.enum(enum)}.{old.naming.enum_case(enum, name)}")


enum_case = _of_enum(_case)
first_case = _of_enum(lambda name, old, enum: _case(enum.cases[0].symbol, old, enum))
enum_class = _of_enum(lambda name, old, enum: old.expression(f"{old.naming.enum(enum)}.__name__"))


@_of_enum
def enum_flags(name: str, old: OldSide, enum: Enum) -> Witness:
    """Two cases joined."""
    python = old.naming.enum(enum)
    cases = [old.naming.enum_case(enum, case.symbol) for case in enum.cases if case.value][:2]
    lines = (
        f"made = {' | '.join(f'{old.module.name}.{python}.{case}' for case in cases)}",
        "print(made.__class__.__mro__[1].__name__, made)",
    )
    return Witness(old.module.name, lines, False)


def constrained_call(change: Change, old: OldSide) -> Witness | None:
    """A call of an operation that refers to the constraint."""
    new_name = change.new.place.name if change.new is not None else change.place.name
    first, second = ConstraintReference(change.place.name), ConstraintReference(new_name)
    for operation in old.dialect.operations:
        for operand in operation.operands:
            if old.new is not None and operand.value.type == first:
                text = type_that_is_refused(first, second, old.dialect, old.new)
                if text is not None:
                    tied = types_tied_to(operation, operand.name, text)
                    return old.call(operation, operands=tied, results=_results(operation, text))
    return None


def _results(operation: Operation, text: str) -> Types:
    """Types of results that have to be those of the operands."""
    if not operation.has_trait("SameOperandsAndResultType"):
        return ()
    return tuple((result.name, (text,)) for result in operation.results)


def in_general(section: str) -> Shows | None:
    """What makes witnesses of the changes in a section, but for rules that say how themselves."""
    match section:
        case "operations":
            return call
        case "enums":
            return enum_class
        case "attributes" | "types":
            return get_call
        case "constraints":
            return constrained_call
        case _:
            return None


def of_names(of_operations: Shows) -> Shows:
    """What makes witnesses of changes to names: a way of its own for what belongs to operations."""

    def shows(change: Change, old: OldSide) -> Witness | None:
        section = change.place.owner[0]
        make = of_operations if section == "operations" else in_general(section)
        return make(change, old) if make is not None else None

    return shows


def dialect_module(change: Change, old: OldSide) -> Witness | None:
    """A look at the module."""
    name = old.naming.module(old.dialect)
    return Witness(name, (f"print({name}.__doc__)",), False)


def dialect_names(change: Change, old: OldSide) -> Witness | None:
    """A look at the first name of a dialect that is another now."""
    if old.new is None:
        return None
    return next(_other_names(old.dialect, old.naming, old.projects.new.policy(old.new)), None)


def convention(change: Change, old: OldSide) -> Witness | None:
    """A look at the first name of any dialect that another convention writes otherwise."""
    first, second = old.projects.old, old.projects.new
    for dialect in first.dialects:
        if dialect.name in second.names():
            for found in _other_names(dialect, first.policy(dialect), second.policy(dialect)):
                return found
    return None


def _other_names(dialect: Dialect, first: NamingPolicy, second: NamingPolicy) -> Iterator[Witness]:
    """The first name that a convention writes otherwise."""
    module = first.module(dialect)
    for operation in dialect.operations:
        if first.function(operation) != second.function(operation):
            yield Witness(module, (f"print({module}.{first.function(operation)}.__name__)",), False)
        if first.operation_class(operation) != second.operation_class(operation):
            yield Witness(module, (f"print({module}.{first.operation_class(operation)}.__name__)",), False)
    for enum in dialect.enums:
        for case in enum.cases:
            if first.enum_case(enum, case.symbol) != second.enum_case(enum, case.symbol):
                text = f"{module}.{first.enum(enum)}.{first.enum_case(enum, case.symbol)}"
                yield Witness(module, (f"print({text}.__class__.__name__)",), False)
