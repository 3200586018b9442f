"""Type constraints in Rust: rules of types as constants."""

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
from opspec.notation import print_type
from opspec.rsview.code import Array, Atom, Call, Expression, Reference, atom, call, declared
from opspec.rsview.text import rs_literal

__all__ = ["type_rule"]

_RULE = declared("TypeRule")


def type_rule(dialect: Dialect, constraint: TypeConstraint) -> Expression:
    """The rule that a constraint is; the conditions on shapes are left to MLIR."""
    return _rule(resolve(constraint, dialect))


def _rule(constraint: TypeConstraint) -> Expression:
    match constraint:
        case AnyConstraint():
            return atom("TypeRule::Any", _RULE)
        case Builtin(word):
            return _call("Word", word)
        case IntegerOf(prefix, width):
            return _call("Word", f"{prefix}{width}")
        case DefinitionReference(owner, mnemonic):
            return _call("Defined", owner, mnemonic)
        case AnyOf(options):
            rules = tuple(_rule(option) for option in options)  # type: ignore[arg-type]
            return call(atom("TypeRule::OneOf", _RULE), Reference(Array(rules)))
        case Shaped(container, element, _):
            head = atom("TypeRule::Shaped", _RULE)
            return call(head, rs_literal(container), Reference(_rule(element)))
        case InterfaceConstraint() | OpaqueConstraint() | ConstraintReference():
            return _call("Opaque", print_type(constraint))
        case _:
            assert_never(constraint)


def _call(case: str, *texts: str) -> Call:
    return call(atom(f"TypeRule::{case}", _RULE), *(Atom(rs_literal(text)) for text in texts))
