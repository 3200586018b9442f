"""Type constraints in Python: the rules of the runtime, a constant of the module for each that is used."""

from __future__ import annotations

from opspec.constraints.parts import resolve
from opspec.exhaustive import assert_never
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
from opspec.pyview.module import PyConstant
from opspec.pyview.python import Expression, call, literal, own, rt

__all__ = ["ANY_TYPE", "TypeRules"]

ANY_TYPE = rt("ANY")
"""The rule that every type keeps."""


class TypeRules:
    """Gives the name of the rule for a constraint, and remembers which rules the module needs."""

    def __init__(self, dialect: Dialect, naming: NamingPolicy) -> None:
        self._dialect = dialect
        self._naming = naming
        self._needed: dict[str, PyConstant] = {}

    def rule(self, constraint: TypeConstraint) -> Expression:
        """The expression of a constraint's rule: a constant of the module, or of the runtime."""
        if isinstance(constraint, AnyConstraint):
            return ANY_TYPE
        if isinstance(constraint, ConstraintReference):
            inner: TypeConstraint = self._dialect.constraint(constraint.name)
        else:
            inner = constraint
        name = self._naming.type_rule(print_type(constraint))
        if name not in self._needed:
            expression = self._expression(inner)
            self._needed[name] = PyConstant(name, expression)
        return own(name)

    def whole(self, constraint: TypeConstraint) -> Expression:
        """The expression of a constraint's rule without the module's constants."""
        return self._expression(resolve(constraint, self._dialect))

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
                return call(rt("builtin_type"), literal(word))
            case IntegerOf(prefix, width):
                return call(rt("integer_type"), literal(prefix), literal(width))
            case DefinitionReference(dialect, mnemonic):
                return call(rt("defined_type"), literal(f"!{dialect}.{mnemonic}"))
            case InterfaceConstraint() | OpaqueConstraint():
                return call(rt("opaque_type"), literal(print_type(constraint)))
            case Shaped(container, element, modifiers):
                pairs = [literal((m.word, m.values)) for m in modifiers]
                return call(rt("shaped_type"), literal(container), self._inner(element), *pairs)
            case AnyOf(options):
                return call(rt("one_of_types"), *(self._inner(option) for option in options))  # type: ignore[arg-type]
            case _:
                assert_never(constraint)
