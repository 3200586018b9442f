"""The values of a sample's attributes in Rust, for tests: as parameters take them."""

from __future__ import annotations

from opspec.model.constraints import (
    AnyConstraint,
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Confined,
    DefinitionReference,
    DenseArray,
    EnumReference,
    TypeOf,
)
from opspec.model.dialect import Dialect
from opspec.model.sample import SampleValue
from opspec.naming.rust import RustPolicy, case_words
from opspec.rsview.code import Array, Atom, Chain, Expression, Reference, Use, atom, call, melior
from opspec.rsview.enums import definition_of
from opspec.rsview.kinds import Kinds
from opspec.rsview.text import rs_literal
from opspec.samples.ir import print_attribute

__all__ = ["CONTEXT", "Values", "helper"]

CONTEXT = "&context"
_UNWRAP = call("unwrap")
_LONG = 26
"""The length of a case from which its attribute is read from its text, which takes one line."""


def helper(name: str) -> Atom:
    """A function beside the tests."""
    return Atom(name, (Use("helper", name),))


class Values:
    """Gives the expressions of values."""

    def __init__(self, dialect: Dialect, names: RustPolicy, kinds: Kinds) -> None:
        self._dialect = dialect
        self._names = names
        self._kinds = kinds

    def value(self, constraint: AttributeConstraint, value: SampleValue, *, is_held: bool = False) -> Expression:
        """What a function takes for an attribute, or with `is_held` what options take."""
        kind = self._kinds.kind(constraint)
        match kind.read.text, value:
            case _, tuple() if kind.is_list:
                return self._list(constraint, value, is_held=is_held)
            case "bool", _:
                return Atom(str(bool(value)).lower())
            case "i64", int():  # what no sign fits is given by its bits
                return Atom(str(value - (1 << 64) if value >= 1 << 63 else int(value)))
            case "u64", int():
                return Atom(str(int(value)))
            case "f64", int() | float():
                return Atom(repr(float(value)))
        return self._single(constraint, value)

    def _single(self, constraint: AttributeConstraint, value: SampleValue) -> Expression:
        while isinstance(constraint, Confined):
            constraint = constraint.base
        match constraint:
            case EnumReference(name):
                return self._case(name, str(value))
            case DefinitionReference():
                return self._definition(constraint, value)
            case AttributeKind.STRING | AttributeKind.SYMBOL_NAME:
                new = atom("StringAttribute::new", melior("ir::attribute::StringAttribute"))
                return call(new, CONTEXT, rs_literal(str(value)))
            case AttributeKind.FLAT_SYMBOL_REF:
                new = atom("FlatSymbolRefAttribute::new", melior("ir::attribute::FlatSymbolRefAttribute"))
                return call(new, CONTEXT, rs_literal(str(value).removeprefix("@")))
            case DenseArray("i32" | "i64" as word) if isinstance(value, tuple):
                name = f"Dense{word.upper()}ArrayAttribute"
                items = Array(tuple(Atom(str(item)) for item in value))
                return call(atom(f"{name}::new", melior(f"ir::attribute::{name}")), CONTEXT, Reference(items))
            case AttributeKind.TYPE | TypeOf():
                new = atom("TypeAttribute::new", melior("ir::attribute::TypeAttribute"))
                return call(new, call(helper("parse_type"), CONTEXT, rs_literal(str(value))))
            case _:
                return self._parsed(constraint, value)

    def _parsed(self, constraint: AttributeConstraint, value: SampleValue) -> Expression:
        text = print_attribute(self._dialect, constraint, value)
        return call(helper("parse_attribute"), CONTEXT, rs_literal(text))

    def case(self, name: str, symbol: str) -> Atom:
        """A case of an enum, or a flag."""
        enum = self._dialect.enum(name)
        case = self._names.cases(enum)[symbol]
        return Atom(f"{self._names.enum(enum)}::{case_words(case) if enum.bits else case}")

    def _case(self, name: str, text: str) -> Atom:
        enum = self._dialect.enum(name)
        return Atom(" | ".join(self.case(name, case.symbol).text for case in enum.cases_in(text)))

    def _definition(self, reference: DefinitionReference, value: SampleValue) -> Expression:
        definition = self._dialect.attribute(reference.dialect, reference.mnemonic)
        if definition is None:
            return self._parsed(reference, value)
        enum = self._dialect.enum_of(reference)
        if enum is not None and definition_of(self._dialect, enum) == definition and enum.cases_in(str(value)):
            case = self._case(enum.name, str(value))
            if " " not in case.text and len(case.text) < _LONG:
                return Chain(case, (call("attribute", CONTEXT), _UNWRAP))
        return self._parsed(reference, value)

    def _list(self, constraint: AttributeConstraint, value: tuple[SampleValue, ...], *, is_held: bool) -> Expression:
        while isinstance(constraint, Confined):
            constraint = constraint.base
        element: AttributeConstraint = constraint.element if isinstance(constraint, ArrayOf) else AnyConstraint()
        is_plain = self._kinds.kind(constraint).given.text == "&[Attribute<'c>]"
        items = [self._parsed(element, item) if is_plain else self._single(element, item) for item in value]
        if not is_held:
            return Reference(Array(tuple(items)))
        if not is_plain:
            items = [Chain(item, (call("into"),)) for item in items]
        new = atom("ArrayAttribute::new", melior("ir::attribute::ArrayAttribute"))
        return call(new, CONTEXT, Reference(Array(tuple(items))))
