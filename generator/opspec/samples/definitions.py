"""An attribute or type of a definition, in MLIR's syntax, for samples."""

from __future__ import annotations

from collections.abc import Mapping

from opspec.model.constraints import (
    AttributeConstraint,
    AttributeKind,
    AttributeParameter,
    DefinitionReference,
    DenseArray,
    EnumReference,
    ListOf,
    ParameterConstraint,
    ParameterKind,
)
from opspec.model.definitions import layout_of
from opspec.model.dialect import AttributeDefinition, Definition, Dialect
from opspec.notation.assembly import AssemblyFormat
from opspec.notation.scanning import body_of, written

__all__ = ["sample_parameter", "sample_text"]

_PARAMETERS = {
    ParameterKind.BOOL: "true",
    ParameterKind.FLOAT: "1.000000e+00",
    ParameterKind.DOUBLE: "1.000000e+00",
    ParameterKind.STRING: '"name"',
    ParameterKind.TYPE: "f64",
    ParameterKind.ATTRIBUTE: "unit",
}
_ATTRIBUTES: dict[AttributeConstraint, str] = {
    AttributeKind.BOOL: "true",
    AttributeKind.INTEGER: "1 : i64",
    AttributeKind.FLOAT: "1.000000e+00 : f64",
    AttributeKind.STRING: '"name"',
    AttributeKind.TYPE: "f64",
    AttributeKind.ARRAY: "[]",
    AttributeKind.DICTIONARY: "{}",
    AttributeKind.SYMBOL_REF: "@name",
    AttributeKind.FLAT_SYMBOL_REF: "@name",
    AttributeKind.AFFINE_MAP: "affine_map<(d0) -> (d0)>",
    AttributeKind.INTEGER_SET: "affine_set<(d0) : (d0 >= 0)>",
}


def _parameter(constraint: ParameterConstraint, dialect: Dialect) -> str:
    match constraint:
        case EnumReference(name):
            return dialect.enum(name).cases[0].text
        case ListOf(element):
            return _parameter(element, dialect)
        case AttributeParameter(DenseArray(element)):
            return {"i1": "[true]", "f32": "[1.000000e+00]", "f64": "[1.000000e+00]"}.get(element, "[1]")
        case AttributeParameter(DefinitionReference(owner, mnemonic)):
            definition = dialect.attribute(owner, mnemonic)
            return _body(definition, dialect) or "" if definition is not None else f"#{owner}.{mnemonic}"
        case AttributeParameter(inner):
            return _ATTRIBUTES.get(inner, "unit")
        case ParameterKind():
            return _PARAMETERS.get(constraint, "1")
        case _:
            return "1"


def _body(definition: Definition, dialect: Dialect, given: Mapping[str, str] | None = None) -> str | None:
    """What stands behind the mnemonic, with the required parameters alone; None where only C++ knows."""
    layout = layout_of(definition)
    if layout is None:
        return None
    required = [p for p in definition.parameters if not p.parameter.optional and p.parameter.default is None]
    names = [parameter.name for parameter in definition.parameters]
    texts = {p.name: _parameter(p.parameter.constraint, dialect) for p in required}
    return AssemblyFormat(layout, names).print({**texts, **(given or {})})


def _prefix(definition: Definition, dialect: Dialect) -> str:
    """Sigil, dialect and mnemonic."""
    sigil = "#" if isinstance(definition, AttributeDefinition) else "!"
    return f"{sigil}{definition.dialect or dialect.name}.{definition.mnemonic}"


def sample_text(definition: Definition, dialect: Dialect, given: Mapping[str, str] | None = None) -> str:
    """An attribute or type of that definition, which `dialect` holds; only the mnemonic where C++ alone knows more.

    `given` are texts of parameters that it shall have.
    """
    return written(_prefix(definition, dialect), _body(definition, dialect, given) or "")


def sample_parameter(definition: Definition, dialect: Dialect, parameter: str, text: str) -> str | None:
    """The text of one parameter of the attribute or type that `text` writes; None where only C++ can tell."""
    layout = layout_of(definition)
    body = body_of(_prefix(definition, dialect), text)
    if layout is None or body is None:
        return None
    found = AssemblyFormat(layout, [named.name for named in definition.parameters]).parse(body)
    return None if found is None else found.get(parameter)
