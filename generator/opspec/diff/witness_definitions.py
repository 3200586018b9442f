"""Witnesses of changes to attribute and type definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from opspec.diff.changes import Change
from opspec.diff.scopes import definition_key
from opspec.diff.witness_calls import OldSide, Witness
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Definition, Dialect
from opspec.notation import print_parameter
from opspec.pyview.text import py_literal

__all__ = ["about_definitions"]


def about_definitions(change: Change, old: OldSide) -> Iterator[Witness | None]:
    """Witnesses of a change to a definition or one of its parameters."""
    section, key = change.place.owner
    definitions: tuple[Definition, ...] = old.dialect.attributes if section == "attributes" else old.dialect.types
    definition = next((d for d in definitions if definition_key(d) == key), None)
    if definition is None:
        return
    name = old.naming.definition_class(definition)
    if change.rule in ("definition-removed", "definition-class-renamed"):
        yield old.expression(f"{name}.__name__")
    elif change.rule == "definition-renamed":
        yield old.expression(f"{old.naming.helper(definition.mnemonic, 'attribute')}.__name__")
    elif change.rule == "parameter-removed" and not is_opaque(definition):
        yield old.expression(f"{name}.{old.naming.parameter(change.place.name)}.__class__.__name__")
    elif change.rule == "definition-format-closed":
        yield old.expression(f"{name}.get.__name__")
    elif not is_opaque(definition):
        yield _get(change, old, definition)


def _get(change: Change, old: OldSide, definition: Definition) -> Witness:
    """A call of `get`: by keyword for what is gone or renamed, else by position."""
    by_keyword = change.rule == "parameter-renamed"
    named, module = change.place.name, old.module
    python = next(d for d in module.definitions if d.name == old.naming.definition_class(definition))
    arguments = []
    for index, parameter in enumerate(definition.parameters):
        declared = python.parameters[index]
        if declared.default is not None and not (by_keyword and parameter.name == named):
            continue
        value = _parameter_value(old.dialect, definition, index)
        is_named = by_keyword or declared.default is not None
        arguments.append(f"{declared.name}={value}" if is_named else value)
    lines = (
        "with sample() as (module,):",
        f"    print({module.name}.{python.name}.get({', '.join(arguments)}))",
    )
    return Witness(module.name, lines)


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
