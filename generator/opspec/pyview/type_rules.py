"""Type constraints in Python: the rules of the runtime, a constant of the module for each that is used."""

from __future__ import annotations

from typing import assert_never

from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    Builtin,
    ConstraintReference,
    DefinitionReference,
    IntegerOf,
    InterfaceConstraint,
    OpaqueConstraint,
    Shaped,
    TypeConstraint,
)
from opspec.model.dialect import Dialect
from opspec.naming.policy import NamingPolicy
from opspec.notation import print_type
from opspec.pyview.expressions import Expression, called, flat
from opspec.pyview.layout import py_literal
from opspec.pyview.module import PyConstant

__all__ = ["TypeRules"]


class TypeRules:
    """Gives the name of the rule for a constraint, and remembers which rules the module needs."""

    def __init__(self, dialect: Dialect, naming: NamingPolicy) -> None:
        self._dialect = dialect
        self._naming = naming
        self._needed: dict[str, PyConstant] = {}

    def rule(self, constraint: TypeConstraint) -> str:
        """The expression of a constraint's rule: a constant of the module, or of the runtime."""
        if isinstance(constraint, AnyConstraint):
            return "_rt.ANY"
        if isinstance(constraint, ConstraintReference):
            inner: TypeConstraint = self._dialect.constraint(constraint.name)
        else:
            inner = constraint
        name = self._naming.type_rule(print_type(constraint))
        if name not in self._needed:
            expression = self._expression(inner)
            self._needed[name] = PyConstant(name, expression)
        return str(name)

    def whole(self, constraint: TypeConstraint) -> str:
        """The expression of a constraint's rule on one line, without the module's constants."""
        return flat(self._expression(self._resolved(constraint)))

    def _resolved(self, constraint: TypeConstraint) -> TypeConstraint:
        match constraint:
            case ConstraintReference(name):
                return self._resolved(self._dialect.constraint(name))
            case Shaped(container, element, modifiers):
                return Shaped(container, self._resolved(element), modifiers)
            case AnyOf(options):
                return AnyOf(tuple(self._resolved(option) for option in options))  # type: ignore[arg-type]
            case _:
                return constraint

    def constants(self) -> tuple[PyConstant, ...]:
        """The module's constants so far, each behind those that it uses."""
        return tuple(self._needed.values())

    def _inner(self, constraint: TypeConstraint) -> Expression:
        if isinstance(constraint, (AnyConstraint, ConstraintReference)):
            return self.rule(constraint)
        return self._expression(constraint)

    def _expression(self, constraint: TypeConstraint) -> Expression:
        match constraint:
            case AnyConstraint() | ConstraintReference():
                return self.rule(constraint)
            case Builtin(word):
                return called("_rt.builtin_type", py_literal(word))
            case IntegerOf(prefix, width):
                return called("_rt.integer_type", py_literal(prefix), str(width))
            case DefinitionReference(dialect, mnemonic):
                return called("_rt.defined_type", py_literal(f"!{dialect}.{mnemonic}"))
            case InterfaceConstraint() | OpaqueConstraint():
                return called("_rt.opaque_type", py_literal(print_type(constraint)))
            case Shaped(container, element, modifiers):
                pairs = [py_literal((m.word, m.values)) for m in modifiers]
                return called("_rt.shaped_type", py_literal(container), self._inner(element), *pairs)
            case AnyOf(options):
                return called("_rt.one_of_types", *(self._inner(option) for option in options))  # type: ignore[arg-type]
            case _:
                assert_never(constraint)
