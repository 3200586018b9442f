"""Programs on the package of the old side: calls of its operations, and expressions over its modules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias, TypeVar

from opspec.dataclass import dataclass
from opspec.diff.changes import Change
from opspec.diff.sides import ProjectPair
from opspec.model.constraints import AttributeConstraint, HasParent
from opspec.model.dialect import Dialect, Operation
from opspec.model.sample import Sample, SampleValue
from opspec.naming.policy import NamingPolicy, PyName
from opspec.pyview.examples import Way, build_example, imported
from opspec.pyview.module import PyModule
from opspec.pyview.text import py_literal
from opspec.samples.values import sample_value

__all__ = ["OldSide", "Shows", "Types", "Values", "Witness"]

Types = tuple[tuple[str, tuple[str, ...]], ...]
"""Types of parts, in MLIR's syntax, by the parts' names."""
Values = tuple[tuple[str, SampleValue], ...]
"""Values of attributes, by the attributes' names."""

_V = TypeVar("_V")


def _over(given: tuple[tuple[str, _V], ...], more: tuple[tuple[str, _V], ...]) -> tuple[tuple[str, _V], ...]:
    """Pairs with others in the place of those of the same name."""
    return tuple(dict((*given, *more)).items())


@dataclass(frozen=True, slots=True)
class Witness:
    """A program: the module of a dialect that it imports, and its lines."""

    module: str
    lines: tuple[str, ...]
    is_call: bool = True

    def program(self, package: str) -> str:
        """The whole program, on a generated package; it prints what it builds or reads."""
        imports = [f"from {package} import ir", f"from {package}.testing import next_block, printed, sample"]
        imports = imports if self.is_call else []
        module = imported(PyName(self.module)) if self.is_call else self.module
        return "\n".join([*imports, f"from {package}.dialects import {module}", "", *self.lines]) + "\n"


class OldSide:
    """The old side of a dialect that a change is in, and calls of its operations; `later` is its name on the new."""

    def __init__(self, projects: ProjectPair, name: str, later: str) -> None:
        self.projects = projects
        self.new = projects.new.dialect(later)
        self._dialect = projects.old.dialect(name)

    @property
    def dialect(self) -> Dialect:
        """The dialect, which the old side has."""
        assert self._dialect is not None, "a change of a dialect is in both sides"
        return self._dialect

    @property
    def naming(self) -> NamingPolicy:
        """How its things are called in Python."""
        return self.projects.old.policy(self.dialect)

    @property
    def module(self) -> PyModule:
        """What it looks like in Python."""
        return self.projects.old.module(self.dialect)

    def expression(self, text: str) -> Witness:
        """A witness that prints an expression over the module."""
        return Witness(self.module.name, (f"print({self.module.name}.{text})",), False)

    def call(
        self,
        operation: Operation,
        *,
        as_class: bool = False,
        by_keyword: bool = False,
        more: tuple[str, ...] = (),
        read: str = "",
        parent: str = "",
        operands: Types = (),
        attributes: Values = (),
        results: Types = (),
    ) -> Witness:
        """A call of the operation's function or class with its sample's values, but for those given.

        It prints the module, or `read` of what the call returns; it stands in the operation `parent`.
        """
        given = operation.sample or Sample()
        sample = replace(
            given,
            operands=_over(given.operands, operands),
            attributes=_over(given.attributes, attributes),
            results=_over(given.results, results),
        )
        way = Way(by_keyword, more, "made = " * bool(read))
        focus = replace(operation, sample=sample)
        if "." in parent:  # not the C++ class of one that nobody knows
            focus = replace(focus, traits=tuple(t for t in focus.traits if not isinstance(t, HasParent)))
            focus = replace(focus, traits=(*focus.traits, HasParent((parent,))))
        example = build_example(self.dialect, focus, self.naming, self.module, as_class=as_class, way=way)
        opened = example.opening(py_literal(example.setup), 0)
        return Witness(self.module.name, (*opened, *example.lines, f"    print({read or 'printed(module)'})"))

    def operation(self, change: Change) -> Operation | None:
        """The operation that a change is about, on the old side."""
        section, name = change.place.owner
        if section != "operations" or self._dialect is None:
            return None
        return next((o for o in self._dialect.operations if o.mnemonic == name), None)

    def later(self, change: Change) -> Operation | None:
        """The same on the new side."""
        place = change.new.place if change.new is not None else change.place
        operations = self.new.operations if self.new is not None else ()
        return next((o for o in operations if o.mnemonic == place.owner[1]), None)

    def value(self, constraint: AttributeConstraint) -> SampleValue:
        """A value of an attribute; not the one that samples use where there is another."""
        value = sample_value(self.dialect, constraint)
        return value + 1 if value.__class__ is int else value


Shows: TypeAlias = Callable[[Change, OldSide], Witness | None]
"""What makes a witness of a change; None where none can be made."""
