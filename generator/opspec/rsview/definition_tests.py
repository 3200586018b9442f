"""Tests of attributes and types: what constructors make of parameters is the text that the format says."""

from __future__ import annotations

from opspec.model.constraints import (
    AttributeKind,
    AttributeParameter,
    DenseArray,
    EnumReference,
    ListOf,
    ParameterConstraint,
    ParameterKind,
)
from opspec.model.definitions import layout_of
from opspec.model.dialect import AttributeDefinition, Definition, Dialect
from opspec.naming.rust import RustPolicy
from opspec.naming.words import snake_case
from opspec.notation.assembly import AssemblyFormat
from opspec.notation.scanning import written
from opspec.rsview.code import Array, Atom, Chain, Do, Expression, Function, Let, Reference, Statement, call
from opspec.rsview.definitions import has_constructor
from opspec.rsview.text import rs_literal
from opspec.rsview.values import CONTEXT, Values, helper
from opspec.samples.definitions import sample_case

__all__ = ["build_definition_test"]

_TEXTS = {
    AttributeKind.STRING: '"name"',
    AttributeKind.FLAT_SYMBOL_REF: "@name",
    AttributeKind.FLOAT: "1.000000e+00 : f64",
    AttributeKind.INTEGER: "1 : i64",
    AttributeKind.TYPE: "f64",
}
_PLAIN = {
    ParameterKind.BOOL: ("true", "true"),
    ParameterKind.FLOAT: ("1.5", "1.5e0"),
    ParameterKind.DOUBLE: ("1.5", "1.5e0"),
    ParameterKind.STRING: ('"name"', '"name"'),
}


def _value(dialect: Dialect, values: Values, constraint: ParameterConstraint) -> tuple[Expression, str]:
    """A value of a parameter in Rust, and its text."""
    match constraint:
        case EnumReference(name):
            text = sample_case(name, dialect)
            symbol = dialect.enum(name).cases_in(text)[0].symbol
            return values.case(name, symbol), text
        case ListOf(element):
            inner, text = _value(dialect, values, element)
            return Reference(Array((inner,))), text
        case AttributeParameter(DenseArray("i1")):
            return Atom("&[true]"), "[true]"
        case AttributeParameter(DenseArray("i8" | "i16" | "i32" | "i64")):
            return Atom("&[1]"), "[1]"
        case AttributeParameter(inner):
            text = _TEXTS.get(inner, "unit") if isinstance(inner, AttributeKind) else "unit"
            return call(helper("parse_attribute"), CONTEXT, rs_literal(text)), text
        case ParameterKind.TYPE:
            return call(helper("parse_type"), CONTEXT, rs_literal("f64")), "f64"
        case ParameterKind() if constraint in _PLAIN:
            given, text = _PLAIN[constraint]
            return Atom(given), text
        case ParameterKind.ATTRIBUTE:
            return call(helper("parse_attribute"), CONTEXT, rs_literal("unit")), "unit"
        case ParameterKind():
            return Atom("1"), "1"
        case _:
            return call(helper("parse_attribute"), CONTEXT, rs_literal("unit")), "unit"


def build_definition_test(
    dialect: Dialect, definition: Definition, names: RustPolicy, values: Values
) -> tuple[Function, ...]:
    """The test of an attribute or type of this dialect: with all parameters, and with those that it needs."""
    layout = layout_of(definition)
    if layout is None or definition.dialect or not has_constructor(dialect, definition, names):
        return ()
    prefix = f"{'#' if isinstance(definition, AttributeDefinition) else '!'}{dialect.name}.{definition.mnemonic}"
    form = AssemblyFormat(layout, [named.name for named in definition.parameters])
    name = names.definition(definition)
    body: list[Statement] = [Let("context", call(helper("create_context")))]
    found: dict[str, list[Statement]] = {}
    for is_full in (True, False):
        given: list[Expression] = [Atom(CONTEXT)]
        texts: dict[str, str] = {}
        for named in definition.parameters:
            value, text = _value(dialect, values, named.parameter.constraint)
            is_open = named.parameter.optional or named.parameter.default is not None
            if is_open and not is_full:
                given.append(Atom("None"))
                continue
            given.append(call("Some", value) if is_open else value)
            texts[named.name] = text
        expected = written(prefix, form.print(texts))
        made = Let("made", call(f"{name}::new", *given))
        text_of = Let("text", Chain(Atom("made"), (call("unwrap"), call("to_string"))))
        found.setdefault(expected, [made, text_of, Do(call("assert_eq!", "text", rs_literal(expected)))])
    for statements in found.values():
        body += statements
    return (Function(f"{snake_case(name)}_text", (), None, tuple(body), head="fn", attributes=("#[test]",)),)
