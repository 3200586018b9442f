"""A call that was right before a change and is wrong after it, made from the old spec.

It is right where it builds what it builds without an error. After the change it raises, or what it builds or reads is
something else: tests run every witness on the packages of both sides.
"""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Change, Level, Tier
from opspec.diff.scopes import ProjectSide
from opspec.diff.witness_calls import OldSide, Types, Witness
from opspec.diff.witness_definitions import about_definitions
from opspec.diff.witness_operations import about_operations, types_tied_to
from opspec.model.constraints import ConstraintReference
from opspec.model.dialect import Dialect, Operation
from opspec.naming.policy import NamingPolicy
from opspec.samples.witnesses import type_that_is_refused

__all__ = ["Witness", "Witnesses", "find_witness"]


def _about_enums(change: Change, old: OldSide) -> Iterator[Witness | None]:
    enum = next((e for e in old.dialect.enums if e.name == change.place.owner[1]), None)
    if enum is None:
        return
    python = old.naming.enum(enum)
    match change.rule:
        case "case-removed" | "case-renamed":
            yield old.expression(f"{python}.{old.naming.enum_case(enum, change.place.name)}")
        case "case-added":
            yield old.expression(f"{python}.{old.naming.enum_case(enum, enum.cases[0].symbol)}")
        case "case-text-changed":
            yield old.expression(f"{python}.{old.naming.enum_case(enum, change.place.name)}")
        case "enum-made-plain":
            cases = [old.naming.enum_case(enum, case.symbol) for case in enum.cases if case.value][:2]
            lines = (
                f"made = {' | '.join(f'{old.module.name}.{python}.{case}' for case in cases)}",
                "print(made.__class__.__mro__[1].__name__, made)",
            )
            yield Witness(old.module.name, lines, False)
        case _:
            yield old.expression(f"{python}.__name__")


def _about_constraints(change: Change, old: OldSide) -> Iterator[Witness | None]:
    """A call of an operation that refers to the constraint."""
    if old.new is None:
        return
    for operation in old.dialect.operations:
        for operand in operation.operands:
            if operand.value.type == ConstraintReference(change.place.name):
                second = ConstraintReference(change.new.place.name if change.new is not None else change.place.name)
                text = type_that_is_refused(operand.value.type, second, old.dialect, old.new)
                if text is not None:
                    yield old.call(
                        operation,
                        operands=types_tied_to(operation, operand.name, text),
                        results=_results(operation, text),
                    )


def _results(operation: Operation, text: str) -> Types:
    """Types of results that have to be those of the operands."""
    if not operation.has_trait("SameOperandsAndResultType"):
        return ()
    return tuple((result.name, (text,)) for result in operation.results)


def _about_projects(change: Change, old: ProjectSide, new: ProjectSide) -> Iterator[Witness | None]:
    match change.rule:
        case "dialect-removed":
            for dialect in old.dialects:
                if dialect.name == change.place.dialect:
                    name = old.policy(dialect).module(dialect)
                    yield Witness(name, (f"print({name}.__doc__)",), False)
        case "convention-changed":
            for dialect in old.dialects:
                if dialect.name in new.names():
                    yield from _other_names(dialect, old.policy(dialect), new.policy(dialect))
        case _:
            pass


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


class Witnesses:
    """Finds witnesses of changes between two sides; the module of each dialect is built once."""

    def __init__(self, old: ProjectSide, new: ProjectSide) -> None:
        self._old = old
        self._new = new
        self._dialects: dict[str, OldSide] = {}

    def _side(self, dialect: Dialect) -> OldSide:
        if dialect.name not in self._dialects:
            later = next((d for d in self._new.dialects if d.name == dialect.name), None)
            policy = self._old.policy(dialect)
            self._dialects[dialect.name] = OldSide(dialect, policy, later)
        return self._dialects[dialect.name]

    def find(self, change: Change) -> Witness | None:
        """A call that the change breaks; None where it breaks none, or none can be made from the spec.

        None can be made for another package (the import alone fails), for what the module of the old side cannot build
        by itself, and for types and values of which only C++ knows whether a constraint takes them.
        """
        if change.level_in(Tier.SOURCE) is not Level.BREAKING:
            return None
        dialect = next((d for d in self._old.dialects if d.name == change.place.dialect), None)
        later = next((d for d in self._new.dialects if d.name == change.place.dialect), None)
        if change.rule == "dialect-naming-changed" and dialect is not None and later is not None:
            found: Iterator[Witness | None] = _other_names(dialect, self._old.policy(dialect), self._new.policy(later))
        elif dialect is None or change.rule == "dialect-removed":
            found = _about_projects(change, self._old, self._new)
        else:
            found = self._about(change, self._side(dialect))
        return next((witness for witness in found if witness is not None), None)

    @staticmethod
    def _about(change: Change, side: OldSide) -> Iterator[Witness | None]:
        operation = side.operation(change)
        match change.place.owner[0]:
            case "operations" if operation is not None:
                return about_operations(change, side, operation)
            case "enums":
                return _about_enums(change, side)
            case "attributes" | "types":
                return about_definitions(change, side)
            case "constraints":
                return _about_constraints(change, side)
            case _:
                return iter(())


def find_witness(change: Change, old: ProjectSide, new: ProjectSide) -> Witness | None:
    """A witness of one change, see `Witnesses.find`."""
    return Witnesses(old, new).find(change)
