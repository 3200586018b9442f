"""Whether a document surely fits a JSON Schema: said soon, so that the long check explains only what may be wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from opspec.spec.nodes import ListNode, MapNode, Node, ScalarNode

__all__ = ["Fits", "compiled_pattern", "fitting"]

Fits: TypeAlias = Callable[[Node], bool]
"""True where the node surely fits; False says nothing."""

_WORDS = frozenset(("$schema", "$defs", "title", "description"))
"""Keywords that demand nothing."""

_SCALARS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


@cache
def compiled_pattern(pattern: str) -> re.Pattern[str]:
    """A schema's pattern as JSON Schema means it: `$` is the end of the text, never a place before a line break."""
    return re.compile(re.sub(r"\$$", r"\\Z", pattern))


def fitting(schema: Mapping[str, Any]) -> Fits:
    """The check of a whole schema."""
    made: dict[str, Fits] = {}

    def check(part: Mapping[str, Any] | bool) -> Fits:
        if isinstance(part, bool):
            return lambda _: part
        return _all([_keyword(name, value, part, check, reference) for name, value in part.items()])

    def reference(path: str) -> Fits:
        if path not in made:
            made[path] = lambda node: made[path](node)  # a schema may be part of itself
            found: Any = schema
            for step in path.removeprefix("#/").split("/"):
                found = found[step]
            made[path] = check(found)
        return made[path]

    return check(schema)


def _all(checks: Sequence[Fits | None]) -> Fits:
    wanted = [each for each in checks if each is not None]
    if len(wanted) == 1:
        return wanted[0]
    return lambda node: all(each(node) for each in wanted)


def _keyword(
    name: str,
    value: Any,
    schema: Mapping[str, Any],
    check: Callable[[Any], Fits],
    reference: Callable[[str], Fits],
) -> Fits | None:
    """What one keyword demands; None where that is nothing."""
    match name:
        case "type":
            return _kinds([value] if isinstance(value, str) else value)
        case "$ref":
            return reference(value)
        case "properties":
            return None if "additionalProperties" in schema else _entries(value, None, check)
        case "additionalProperties":
            return _entries(schema.get("properties", {}), value, check)
        case "propertyNames":
            key = check(value)
            return lambda node: not isinstance(node, MapNode) or all(key(name) for name, _ in node.entries)
        case "required":
            return lambda node: not isinstance(node, MapNode) or all(node.get(key) is not None for key in value)
        case "items":
            item = check(value)
            return lambda node: not isinstance(node, ListNode) or all(item(each) for each in node.items)
        case "anyOf":
            ways = [check(each) for each in value]
            return lambda node: any(way(node) for way in ways)
        case "enum" | "const":
            allowed = {(type(each), each) for each in (value if name == "enum" else [value])}
            return lambda node: isinstance(node, ScalarNode) and (type(node.value), node.value) in allowed
        case "pattern":
            return _pattern(compiled_pattern(value))
        case "minimum":
            return _range(value, math.inf)
        case "maximum":
            return _range(-math.inf, value)
        case "minProperties":
            return lambda node: not isinstance(node, MapNode) or len(node.entries) >= value
        case "minItems":
            return lambda node: not isinstance(node, ListNode) or len(node.items) >= value
        case _ if name in _WORDS:
            return None
        case _:
            return lambda _: False


def _kinds(kinds: Sequence[str]) -> Fits:
    """A node of one of the kinds that JSON Schema names; a truth value is no number."""
    scalars = {kind for name in kinds for kind in _SCALARS.get(name, ())}
    is_map, is_list = "object" in kinds, "array" in kinds

    def fits(node: Node) -> bool:
        if isinstance(node, ScalarNode):
            return type(node.value) in scalars
        return is_map if isinstance(node, MapNode) else is_list

    return fits


def _pattern(pattern: re.Pattern[str]) -> Fits:
    def fits(node: Node) -> bool:
        value = node.value if isinstance(node, ScalarNode) else None
        return not isinstance(value, str) or pattern.search(value) is not None

    return fits


def _range(least: float, most: float) -> Fits:
    def fits(node: Node) -> bool:
        value = node.value if isinstance(node, ScalarNode) else None
        return isinstance(value, (int, float)) and least <= value <= most

    return fits


def _entries(known: Mapping[str, Any], rest: Any, check: Callable[[Any], Fits]) -> Fits:
    """A mapping whose values fit what is said of their keys; `rest` is about the other keys, None allows them."""
    checks = {key: check(part) for key, part in known.items()}
    others = check(rest) if rest is not None else None

    def fits(node: Node) -> bool:
        if not isinstance(node, MapNode):
            return True
        for key, value in node.entries:
            wanted = checks.get(key.text, others)
            if wanted is not None and not wanted(value):
                return False
        return True

    return fits
