"""The JSON Schemas of the spec files, and validation against them with positions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from opspec.diagnostics import Diagnostics, Location, near_match
from opspec.spec.fitting import Fits, compiled_pattern, fitting
from opspec.spec.nodes import ListNode, MapNode, Node, ScalarNode, plain

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

__all__ = ["SCHEMAS", "schema_text", "validate"]

SCHEMAS = ("dialect", "overlay", "bindings", "releases", "accepted", "diff")

_KINDS = {
    "string": "text",
    "object": "a mapping",
    "array": "a list",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


def schema_text(name: str) -> str:
    """The JSON Schema called `name` (one of `SCHEMAS`), as committed."""
    return resources.files("opspec.spec").joinpath(f"schemas/{name}.schema.json").read_text(encoding="utf-8")


@cache
def _quick(name: str) -> Fits:
    return fitting(json.loads(schema_text(name)))


@cache
def _validator(name: str) -> Draft202012Validator:
    """The check that explains; it is loaded where something may be wrong."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import extend

    def pattern(_: object, wanted: str, instance: object, __: object) -> Iterator[ValidationError]:
        if isinstance(instance, str) and not compiled_pattern(wanted).search(instance):
            yield ValidationError(f"{instance!r} does not match {wanted!r}")

    made = extend(Draft202012Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]
    return cast("Draft202012Validator", made(json.loads(schema_text(name))))


def _kind(node: Node) -> str:
    if isinstance(node, MapNode):
        return "a mapping"
    if isinstance(node, ListNode):
        return "a list"
    value = node.value
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the truth value '{node.text}'"
    return f"the text '{node.text}'" if isinstance(value, str) else f"the number {node.text}"


def _at(node: Node, path: Iterable[str | int]) -> Node:
    """The node that a path of keys and indices leads to."""
    for step in path:
        if isinstance(node, MapNode):
            node = node.get(str(step)) or node
        elif isinstance(node, ListNode) and isinstance(step, int):
            node = node.items[step]
    return node


def _where(root: MapNode, path: list[str | int]) -> str:
    return ".".join(str(step) for step in path) or "the file"


def _missing_hint(schema: dict[str, Any], missing: list[str]) -> str:
    """What to write for keys that are missing: the lines themselves where they can have one value only."""
    known = {key: schema.get("properties", {}).get(key, {}).get("const") for key in missing}
    lines = [f"'{key}: {value}'" for key, value in known.items() if value is not None]
    return f"add the line {' and '.join(lines)}" if lines and len(lines) == len(missing) else "add it"


def _report(error: ValidationError, root: MapNode, diagnostics: Diagnostics) -> None:
    path = cast("list[str | int]", list(error.absolute_path))
    node = _at(root, path)
    if isinstance(node, ScalarNode) and node.is_reported:
        return
    place = _where(root, path)
    schema = cast("dict[str, Any]", error.schema)
    match error.validator:
        case "additionalProperties" if isinstance(node, MapNode):
            known = list(schema.get("properties", ()))
            for key, _ in node.entries:
                if key.text not in known:
                    message = f"unknown key '{key.text}' in {place}"
                    diagnostics.report("unknown-key", message, key.location, near_match(key.text, known))
        case "required" if isinstance(node, MapNode):
            missing = [key for key in cast("list[str]", error.validator_value) if node.get(key) is None]
            location = _key_location(root, path) or node.location
            names = ", ".join(f"'{key}'" for key in missing)
            diagnostics.report("missing-key", f"{place} lacks {names}", location, _missing_hint(schema, missing))
        case "type":
            wanted = error.validator_value
            kinds = [wanted] if isinstance(wanted, str) else cast("list[str]", wanted)
            expected = " or ".join(_KINDS[kind] for kind in kinds)
            message = f"{place} is {_kind(node)}, expected {expected}"
            hint = "put it in quotes" if "string" in kinds and isinstance(node, ScalarNode) else ""
            diagnostics.report("wrong-kind", message, node.location, hint)
        case "enum" | "const":
            wanted_values = error.validator_value if error.validator == "enum" else [error.validator_value]
            values = [str(value) for value in cast("list[object]", wanted_values)]
            found = node.text if isinstance(node, ScalarNode) else _kind(node)
            message = f"{place} is '{found}', expected {' or '.join(map(repr, values))}"
            diagnostics.report("wrong-value", message, node.location, near_match(found, values))
        case "pattern":
            name = str(error.instance)
            named = node.key(name) if isinstance(node, MapNode) else None
            what = f"the name {name!r} in {place} is" if named is not None else f"{place} is {name!r},"
            location = named.location if named is not None else node.location
            message = f"{what} not {_expected(schema)}" if named is not None else f"{what} expected {_expected(schema)}"
            diagnostics.report("wrong-value", message, location)
        case "anyOf":
            _report_alternatives(error, root, node, diagnostics)
        case "minProperties":
            location = _key_location(root, path) or node.location
            diagnostics.report("missing-key", f"{place} is empty, expected one entry or more", location)
        case _:
            diagnostics.report("wrong-value", f"{place}: {error.message}", node.location)


def _report_alternatives(error: ValidationError, root: MapNode, node: Node, diagnostics: Diagnostics) -> None:
    """Report what is wrong inside of a value that is of the right kind, or the kinds that it could be of."""
    context = list(error.context or ())
    depth = len(error.absolute_path)
    inner = [each for each in context if len(each.absolute_path) > depth or each.validator != "type"]
    for each in inner:
        _report(each, root, diagnostics)
    if not inner:
        kinds = (str(cast("dict[str, Any]", each.schema).get("type")) for each in context)
        expected = " or ".join(dict.fromkeys(_KINDS.get(kind, kind) for kind in kinds))
        message = f"{_where(root, list(error.absolute_path))} is {_kind(node)}, expected {expected}"
        diagnostics.report("wrong-kind", message, node.location)


_PATTERNS = {
    "^[A-Za-z_][A-Za-z0-9_]*$": "a Python identifier",
    "^[A-Za-z0-9_]+$": "a name of letters, digits and underscores",
    "^[A-Z][A-Za-z0-9_]*$": "a name that starts with a capital letter",
    "^((i|si|ui)[1-9][0-9]{0,7}|string)$": "an integer type such as 'i32', or 'string'",
    "^([0-9]{1,9}(\\.[0-9]{1,9})*|[0-9]{4}-[0-9]{2}-[0-9]{2})$": (
        "a version such as '0.5', or a date such as '2027-01-31'"
    ),
    "^[0-9]{1,9}(\\.[0-9]{1,9})*$": "a version such as '0.5'",
    "^[a-z][a-z0-9]*$": "a word of small letters and digits",
    "^[A-Za-z0-9]+$": "a word of letters and digits",
    "^[A-Za-z0-9]+(_[A-Za-z0-9]+)*$": "words joined by underscores",
    "^([A-Za-z_][A-Za-z0-9_]*\\{\\}[A-Za-z0-9_]*|\\{\\}[A-Za-z0-9_]+)$": "a name with '{}' in it, such as '{}_'",
    "^[0-9]{1,6}( or more)?$": "a number such as '2' or '9 or more'",
    "^[0-9a-f]{16}$": "a fingerprint of 16 hexadecimal digits",
    "^[a-z]+(-[a-z]+)*$": "the id of a rule",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "a date such as '2026-01-31'",
    "\\S": "some text",
}


def _expected(schema: dict[str, Any]) -> str:
    """What a pattern stands for, in words: the schema's own, or those of many schemas."""
    words: str | None = schema.get("title")
    return words or _PATTERNS.get(schema["pattern"], "a name of letters, digits, underscores and dots")


def _key_location(root: MapNode, path: list[str | int]) -> Location | None:
    """Where the key stands under which the path's node was given."""
    if not path:
        return None
    parent = _at(root, path[:-1])
    key = parent.key(str(path[-1])) if isinstance(parent, MapNode) else None
    return key.location if key else None


_Place = tuple[str | int, ...]


def _misnamed(error: ValidationError) -> _Place | None:
    """Where the name stands that a pattern refuses."""
    if error.validator != "pattern":
        return None
    place: _Place = tuple(error.absolute_path)
    return (*place, str(error.instance)) if "propertyNames" in error.absolute_schema_path else place


def _without(node: Node, places: frozenset[_Place], at: _Place = ()) -> Node:
    """The tree without what stands at these places."""
    if isinstance(node, MapNode):
        kept = ((key, value) for key, value in node.entries if (*at, key.text) not in places)
        entries = tuple((key, _without(value, places, (*at, key.text))) for key, value in kept)
        return MapNode(entries, node.location)
    if isinstance(node, ListNode):
        kept_items = (pair for pair in enumerate(node.items) if (*at, pair[0]) not in places)
        return ListNode(tuple(_without(item, places, (*at, index)) for index, item in kept_items), node.location)
    return node


def validate(root: MapNode, schema: str, diagnostics: Diagnostics) -> MapNode:
    """Report every place where the document departs from the schema.

    Returns the document without the names that are none: nothing else of opspec sees them.
    """
    if _quick(schema)(root):
        return root
    misnamed: set[_Place] = set()
    for error in _validator(schema).iter_errors(plain(root)):
        _report(error, root, diagnostics)
        place = _misnamed(error)
        if place is not None:
            misnamed.add(place)
    found = _without(root, frozenset(misnamed)) if misnamed else root
    assert isinstance(found, MapNode)
    return found
