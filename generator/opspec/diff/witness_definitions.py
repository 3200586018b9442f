"""Witnesses of changes to attribute and type definitions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from opspec.diff.changes import Change
from opspec.diff.sections import definition_key
from opspec.diff.witness_calls import OldSide, Shows, Witness
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Definition, Dialect
from opspec.notation import print_parameter
from opspec.pyview.text import py_literal

__all__ = [
    "definition_class",
    "definition_get",
    "definition_helper",
    "get_by_keyword",
    "get_call",
    "parameter_accessor",
]


def _shows(make: Callable[[Change, OldSide, Definition], Witness | None]) -> Shows:
    """A witness of a change of a definition, which the old side has."""

    def shows(change: Change, old: OldSide) -> Witness | None:
        section, key = change.place.owner
        definitions: tuple[Definition, ...] = old.dialect.attributes if section == "attributes" else old.dialect.types
        definition = next((d for d in definitions if definition_key(d) == key), None)
        return make(change, old, definition) if definition is not None else None

    return shows


@_shows
def definition_class(change: Change, old: OldSide, definition: Definition) -> Witness | None:
    """A look at the class."""
    return old.expression(f"{old.naming.definition_class(definition)}.__name__")


@_shows
def definition_helper(change: Change, old: OldSide, definition: Definition) -> Witness | None:
    """A look at a function that is called after the mnemonic."""
    return old.expression(f"{old.naming.helper(definition.mnemonic, 'attribute')}.__name__")


@_shows
def definition_get(change: Change, old: OldSide, definition: Definition) -> Witness | None:
    """A look at what makes one from parameters."""
    return old.expression(f"{old.naming.definition_class(definition)}.get.__name__")


@_shows
def parameter_accessor(change: Change, old: OldSide, definition: Definition) -> Witness | None:
    """A look at the accessor of a parameter."""
    if is_opaque(definition):
        return None
    name = old.naming.definition_class(definition)
    return old.expression(f"{name}.{old.naming.parameter(change.place.name)}.__class__.__name__")


def _get(old: OldSide, definition: Definition, keyword: str = "") -> Witness | None:
    """A call of `get`: by position but for the parameter `keyword` and those with a default."""
    if is_opaque(definition):
        return None
    module = old.module
    python = module.definition(old.naming.definition_class(definition))
    arguments = []
    for index, parameter in enumerate(definition.parameters):
        declared = python.parameters[index]
        if declared.default is not None and parameter.name != keyword:
            continue
        value = _parameter_value(old.dialect, definition, index)
        is_named = keyword or declared.default is not None
        arguments.append(f"{declared.name}={value}" if is_named else value)
    lines = (
        "with sample() as (module,):",
        f"    print({module.name}.{python.name}.get({', '.join(arguments)}))",
    )
    return Witness(module.name, lines)


get_by_keyword = _shows(lambda change, old, definition: _get(old, definition, change.place.name))
get_call = _shows(lambda change, old, definition: _get(old, definition))


_PARAMETERS = {"type": 'ir.Type.parse("f64")', "string": '"name"', "bool": "True", "float": "1.0", "double": "1.0"}


def _parameter_value(dialect: Dialect, definition: Definition, index: int) -> str:
    """A Python expression for a parameter; numbers differ from each other."""
    text = print_parameter(replace(definition.parameters[index].parameter, optional=False, default=None))
    if text.startswith("enum "):
        return py_literal(dialect.enum(text.removeprefix("enum ")).cases[0].text)
    if text.startswith("list<"):
        return "[1]"
    if text.startswith("attr flat_symbol_ref"):
        return '"name"'
    return _PARAMETERS.get(text, str(index + 1))
