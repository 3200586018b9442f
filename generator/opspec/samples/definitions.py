"""An attribute or type of a definition, in MLIR's syntax, for samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opspec.model.constraints import (
    AttributeConstraint,
    AttributeKind,
    AttributeParameter,
    DefinitionReference,
    DenseArray,
    EnumReference,
    ListOf,
    OpaqueConstraint,
    ParameterConstraint,
    ParameterKind,
)
from opspec.model.definitions import layout_of
from opspec.model.dialect import AttributeDefinition, Definition, Dialect, NamedParameter
from opspec.notation.assembly import AssemblyFormat
from opspec.notation.scanning import body_of, written
from opspec.samples.upstream import BODIES, CASES, OWN_NUMBERS

__all__ = ["sample_case", "sample_parameter", "sample_text"]

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


def sample_case(name: str, dialect: Dialect) -> str:
    """The text of a case of an enum."""
    usual = CASES.get((dialect.name, name))
    cases = dialect.enum(name).cases
    return next((case.text for case in cases if case.text == usual), cases[0].text)


def _parameter(constraint: ParameterConstraint, dialect: Dialect) -> str:
    match constraint:
        case EnumReference(name):
            return sample_case(name, dialect)
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
    upstream = BODIES.get(_prefix(definition, dialect))
    if upstream is not None:
        return upstream
    layout = layout_of(definition)
    required = [p for p in definition.parameters if not p.parameter.optional and p.parameter.default is None]
    if layout is None and any(_is_unknown(p.parameter.constraint) for p in required):
        return None
    texts = {p.name: _parameter(p.parameter.constraint, dialect) for p in required} | dict(given or {})
    if layout is None:
        held = {p.name: _held(p, dialect) for p in required if p.parameter.constraint is ParameterKind.TYPE}
        return _usual(required, texts | {name: own for name, own in held.items() if own} | dict(given or {}))
    names = [parameter.name for parameter in definition.parameters]
    return AssemblyFormat(layout, names).print(texts)


def _held(parameter: NamedParameter, dialect: Dialect) -> str:
    """The type that a type holds which C++ prints: one of the dialect's own where it has its own numbers or objects.

    Such dialects write their types without `!` and name in each other.
    """
    mnemonics = [found.mnemonic for found in dialect.types if not (found.dialect or found.parameters)]
    if "object" in parameter.name.lower():
        return f"!{dialect.name}.{mnemonics[0]}" if mnemonics else ""
    return next((mnemonic for mnemonic in mnemonics if mnemonic in OWN_NUMBERS), "")


def _is_unknown(constraint: ParameterConstraint) -> bool:
    """Whether only C++ knows what a parameter is."""
    return isinstance(constraint.element if isinstance(constraint, ListOf) else constraint, OpaqueConstraint)


def _usual(required: Sequence[NamedParameter], texts: Mapping[str, str]) -> str:
    """What C++ that prints parameters itself usually writes: `<a, b>`, and `<4xf64>` for a shape and its elements."""
    kinds = [named.parameter.constraint for named in required]
    if kinds[:2] == [ListOf(ParameterKind.INT64), ParameterKind.TYPE]:
        _, element, *others = (texts[named.name] for named in required)
        return f"<{', '.join([f'4x{element}', *others])}>"
    return f"<{', '.join(texts[named.name] for named in required)}>" if required else ""


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
