"""Witnesses of changes to operations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from opspec.diff.changes import Change
from opspec.diff.witness_calls import OldSide, Shows, Types, Witness
from opspec.model.constraints import AllTypesMatch, AttributeKind, Multiplicity
from opspec.model.dialect import NamedAttribute, NamedValue, Operation
from opspec.samples.values import sample_value
from opspec.samples.witnesses import type_of_both, type_that_is_refused, value_that_is_refused

__all__ = [
    "alias",
    "body_call",
    "call",
    "call_without_contract",
    "chosen_name",
    "class_call",
    "differing_types",
    "keyword_call",
    "moved_argument",
    "moved_result",
    "moved_successor",
    "old_name",
    "parent_call",
    "refused_type",
    "refused_value",
    "result_count",
    "result_read",
    "types_tied_to",
]


_SYMBOLS = (AttributeKind.SYMBOL_REF, AttributeKind.FLAT_SYMBOL_REF)


def _part(operation: Operation, name: str) -> NamedValue | NamedAttribute | None:
    parts = (*operation.arguments, *operation.results)
    return next((part for part in parts if part.name == name), None)


def _with_part(old: OldSide, operation: Operation, name: str) -> Witness | None:
    """A call that gives a part, by keyword."""
    part = _part(operation, name)
    if isinstance(part, NamedAttribute):
        value = old.value(part.attribute.constraint)
        return old.call(operation, by_keyword=True, attributes=((name, value),))
    if isinstance(part, NamedValue) and part.value.multiplicity is Multiplicity.OPTIONAL:
        exact = type_of_both(part.value.type, old.dialect, "")
        return old.call(operation, by_keyword=True, operands=((name, (exact or "f64",)),))
    return old.call(operation, by_keyword=True)


def _refused_type(old: OldSide, operation: Operation, later: Operation, name: str, new_name: str) -> Witness | None:
    """A call with a type for a part that is refused now."""
    part, new_part = _part(operation, name), _part(later, new_name)
    if not isinstance(part, NamedValue) or not isinstance(new_part, NamedValue) or old.new is None:
        return None
    text = type_that_is_refused(part.value.type, new_part.value.type, old.dialect, old.new)
    if text is None:
        return None
    is_result = part in operation.results
    pairs = ((name, (text,)),)
    if is_result:
        # Where result types follow from operands, the operands have to follow them here.
        return old.call(operation, results=pairs, operands=_like(operation, text))
    return old.call(operation, operands=types_tied_to(operation, name, text))


def _like(operation: Operation, text: str) -> Types:
    if not operation.has_trait("SameOperandsAndResultType"):
        return ()
    return tuple((o.name, (text,)) for o in operation.operands if o.value.multiplicity is Multiplicity.ONE)


def types_tied_to(operation: Operation, name: str, text: str) -> Types:
    """Types of operands: one of them changed, and all that have to be the same with it."""
    names = {name}
    for trait in operation.traits:
        if isinstance(trait, AllTypesMatch) and name in trait.names:
            names |= set(trait.names)
    if operation.has_trait("SameOperandsAndResultType") or operation.has_trait("SameTypeOperands"):
        names |= {operand.name for operand in operation.operands}
    return tuple((operand.name, (text,)) for operand in operation.operands if operand.name in names)


def _refused_value(old: OldSide, operation: Operation, later: Operation, name: str, new_name: str) -> Witness | None:
    part, new_part = _part(operation, name), _part(later, new_name)
    if not isinstance(part, NamedAttribute) or not isinstance(new_part, NamedAttribute):
        return None
    value = value_that_is_refused(part.attribute.constraint, new_part.attribute.constraint)
    if value is None and part.attribute.required and part.attribute.constraint in _SYMBOLS:
        return old.call(operation)  # the sample's symbol is in sight
    if value is None:
        value = old.value(part.attribute.constraint)
    return old.call(operation, attributes=((name, value),))


def _moved_argument(old: OldSide, operation: Operation, name: str) -> Witness | None:
    """A call by position that reads the argument back by its name."""
    values = []
    for index, attribute in enumerate(operation.attributes):
        value = sample_value(old.dialect, attribute.attribute.constraint) if attribute.attribute.required else None
        if isinstance(value, int) and not isinstance(value, bool):
            values.append((attribute.name, value + index))  # so that no two are the same
    accessor = f"made.{old.naming.part(name)}"
    read = f"list(map(str, {accessor}))" if _is_list(operation, name) else accessor
    return old.call(operation, as_class=True, read=read, attributes=tuple(values))


def _moved_successor(old: OldSide, operation: Operation, name: str) -> Witness:
    """A call that gives the successor another block than the rest."""
    call = old.call(operation, by_keyword=True)
    argument = old.naming.argument(name)
    opened, *lines = call.lines
    text = [line.replace(f"{argument}=block", f"{argument}=other") for line in lines]
    text = [line.replace(f"{argument}=[block]", f"{argument}=[other]") for line in text]
    return replace(call, lines=(opened, "    other = block.create_after()", *text))


def _is_list(operation: Operation, name: str) -> bool:
    part = _part(operation, name)
    return isinstance(part, NamedValue) and part.value.is_list


def _result_accessor(old: OldSide, operation: Operation, name: str) -> str:
    is_only = len(operation.results) == 1
    return f"made.{old.naming.result_accessor(name, is_only=is_only)}"


def _moved_result(old: OldSide, operation: Operation, name: str) -> Witness:
    """A call that reads at which number the result stands."""
    accessor = _result_accessor(old, operation, name)
    numbers = f"[result.result_number for result in {accessor}]"
    return old.call(
        operation, as_class=True, read=numbers if _is_list(operation, name) else f"{accessor}.result_number"
    )


def _differing_types(old: OldSide, operation: Operation, facts: str) -> Witness | None:
    """A call with types that a new relation does not allow."""
    tied = [operand for operand in operation.operands if operand.name in facts or "(" not in facts]
    given: Types = ()
    for operand in reversed(tied):
        is_one = operand.value.multiplicity is Multiplicity.ONE
        text = type_of_both(operand.value.type, old.dialect, "f64" if is_one else "i64")
        if text is not None and operand.value.multiplicity is not Multiplicity.NESTED and not (is_one and given):
            given += ((operand.name, (text,)),)
    return old.call(operation, operands=given) if given else None


def _shows(make: Callable[[Change, OldSide, Operation], Witness | None]) -> Shows:
    """A witness of a change of an operation, which the old side has."""

    def shows(change: Change, old: OldSide) -> Witness | None:
        operation = old.operation(change)
        return make(change, old, operation) if operation is not None else None

    return shows


def _refused(make: Callable[[OldSide, Operation, Operation, str, str], Witness | None]) -> Shows:
    """A witness that gives a part something that the new side refuses."""

    def shows(change: Change, old: OldSide, operation: Operation) -> Witness | None:
        name, later = change.place.name, old.later(change)
        new_name = change.new.place.name if change.new is not None else name
        return make(old, operation, later, name, new_name) if later is not None else None

    return _shows(shows)


call = _shows(lambda change, old, operation: old.call(operation))
class_call = _shows(lambda change, old, operation: old.call(operation, as_class=True))
refused_type = _refused(_refused_type)
refused_value = _refused(_refused_value)
keyword_call = _shows(lambda change, old, operation: _with_part(old, operation, change.place.name))
moved_argument = _shows(lambda change, old, operation: _moved_argument(old, operation, change.place.name))
moved_result = _shows(lambda change, old, operation: _moved_result(old, operation, change.place.name))
moved_successor = _shows(lambda change, old, operation: _moved_successor(old, operation, change.place.name))
parent_call = _shows(lambda change, old, operation: old.call(operation, parent=change.place.name))


@_shows
def result_read(change: Change, old: OldSide, operation: Operation) -> Witness | None:
    """A call that reads a result by its accessor."""
    return old.call(operation, as_class=True, read=_result_accessor(old, operation, change.place.name))


@_shows
def result_count(change: Change, old: OldSide, operation: Operation) -> Witness | None:
    """A call with two of a variadic result, or with the result by keyword."""
    name = change.place.name
    part = _part(operation, name)
    types = ((name, ("f64", "f64")),) if _is_list(operation, name) and part is not None else ()
    return old.call(operation, by_keyword=True, results=_fitting(old, operation, types))


@_shows
def body_call(change: Change, old: OldSide, operation: Operation) -> Witness | None:
    """A call that names a region."""
    return old.call(operation, more=(f"{old.naming.argument(change.place.name)}=None",))


@_shows
def differing_types(change: Change, old: OldSide, operation: Operation) -> Witness | None:
    """A call with types that a new relation does not allow, or the sample's."""
    facts = change.new.facts if change.new is not None else ""
    return _differing_types(old, operation, facts) or old.call(operation)


@_shows
def call_without_contract(change: Change, old: OldSide, operation: Operation) -> Witness | None:
    """A call; the function that samples refer to takes and returns nothing."""
    if operation.sample is not None:
        return old.call(operation)
    nothing: Types = tuple((part.name, ()) for part in (*operation.operands, *operation.results))
    return old.call(operation, operands=nothing, results=nothing)


@_shows
def chosen_name(change: Change, old: OldSide, operation: Operation) -> Witness | None:
    """A call by the name that was chosen, of the function or the class."""
    return old.call(operation, as_class=change.place.path[2:] == ("python", "class"))


@_shows
def alias(change: Change, old: OldSide, operation: Operation) -> Witness | None:
    """A look at another name of the function; a call for one of a part."""
    if change.place.path[2] != "names":
        return old.call(operation)
    return old.expression(f"{change.place.name}.__name__")


@_shows
def old_name(change: Change, old: OldSide, operation: Operation) -> Witness | None:
    """A look at an old name of the function; a call for one of a part."""
    if change.place.path[2] != "names":
        return old.call(operation)
    for found in operation.names.old:
        if change.place.name == (f"{found.text} in Python" if found.is_python else found.text):
            return old.expression(f"{old.naming.old_function(operation, found)}.__name__")
    return None


def _fitting(old: OldSide, operation: Operation, types: Types) -> Types:
    """Types of a variadic result, as its constraint has them, two of them."""
    found = []
    for name, _ in types:
        part = _part(operation, name)
        assert isinstance(part, NamedValue)
        text = type_of_both(part.value.type, old.dialect, "") or "f64"
        found.append((name, (text, text)))
    return tuple(found)
