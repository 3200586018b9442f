"""The quick check of a document against its schema never calls fitting what the long check finds a fault in."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from opspec.diagnostics import Location
from opspec.spec.fitting import fitting
from opspec.spec.nodes import ListNode, MapNode, Node, ScalarNode
from opspec.spec.schema import SCHEMAS, schema_text

NOWHERE = Location("x.yaml")


def node_of(value: Any) -> Node:
    if isinstance(value, dict):
        return MapNode(tuple((key_of(key), node_of(each)) for key, each in value.items()), NOWHERE)
    if isinstance(value, list):
        return ListNode(tuple(map(node_of, value)), NOWHERE)
    return ScalarNode(value, str(value), NOWHERE)


def key_of(key: str) -> ScalarNode:
    return ScalarNode(key, key, NOWHERE)


SCHEMA = {
    "$defs": {"tree": {"type": "object", "additionalProperties": {"$ref": "#/$defs/tree"}}},
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z]+$"},
        "count": {"type": "integer", "minimum": 1, "maximum": 9},
        "size": {"type": "number"},
        "flag": {"type": ["boolean", "null"]},
        "word": {"enum": ["one", 1]},
        "same": {"const": "x"},
        "list": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "tree": {"$ref": "#/$defs/tree"},
        "open": {"type": "object", "propertyNames": {"pattern": "^k"}, "minProperties": 1},
        "either": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "integer"}}]},
    },
}


@pytest.mark.parametrize(
    ("document", "is_fine"),
    [
        ({"name": "a"}, True),
        ({"name": "A"}, False),
        ({"name": 1}, False),
        ({}, False),
        ({"name": "a", "other": 1}, False),
        ({"name": "a", "count": 9}, True),
        ({"name": "a", "count": 0}, False),
        ({"name": "a", "count": 10}, False),
        ({"name": "a", "count": True}, False),
        ({"name": "a", "size": 1}, True),
        ({"name": "a", "size": 1.5}, True),
        ({"name": "a", "size": False}, False),
        ({"name": "a", "flag": None}, True),
        ({"name": "a", "flag": True}, True),
        ({"name": "a", "flag": 0}, False),
        ({"name": "a", "word": 1}, True),
        ({"name": "a", "word": True}, False),
        ({"name": "a", "word": "two"}, False),
        ({"name": "a", "same": "x"}, True),
        ({"name": "a", "same": ["x"]}, False),
        ({"name": "a", "list": ["x"]}, True),
        ({"name": "a", "list": []}, False),
        ({"name": "a", "list": ["x", 1]}, False),
        ({"name": "a", "tree": {"a": {"b": {}}}}, True),
        ({"name": "a", "tree": {"a": {"b": "c"}}}, False),
        ({"name": "a", "open": {"k": 1}}, True),
        ({"name": "a", "open": {}}, False),
        ({"name": "a", "open": {"a": 1}}, False),
        ({"name": "a", "either": [1]}, True),
        ({"name": "a", "either": ["x"]}, False),
        ("name", False),
        ([], False),
    ],
)
def test_both_checks_agree(document: object, is_fine: bool) -> None:
    assert Draft202012Validator(SCHEMA).is_valid(document) is is_fine
    assert fitting(SCHEMA)(node_of(document)) is is_fine


def test_the_end_of_a_pattern_is_the_end_of_the_text() -> None:
    assert not fitting(SCHEMA)(node_of({"name": "a\n"}))


def test_a_keyword_that_is_not_known_is_left_to_the_long_check() -> None:
    assert not fitting({"type": "string", "maxLength": 3})(node_of("a"))


def made(schema: dict[str, Any], whole: dict[str, Any], random_: random.Random, depth: int = 0) -> Any:
    """A document that mostly fits, with something wrong here and there."""
    if random_.random() < 0.02:
        return random_.choice([None, True, 3, 2.5, "A b", [], {}, ["x"], {"x": 1}])
    if "$ref" in schema:
        found: Any = whole
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        return made(found, whole, random_, depth)
    if "anyOf" in schema:
        return made(random_.choice(schema["anyOf"]), whole, random_, depth)
    if "const" in schema or "enum" in schema:
        return random_.choice(schema.get("enum", [schema.get("const")]))
    kind = schema.get("type", "string")
    match random_.choice(kind) if isinstance(kind, list) else kind:
        case "object":
            known = dict(schema.get("properties", {}))
            rest = schema.get("additionalProperties")
            wanted = [key for key in known if key in schema.get("required", ()) or random_.random() < 0.5 / (depth + 1)]
            document = {key: made(known[key], whole, random_, depth + 1) for key in wanted}
            if isinstance(rest, dict) and depth < 6:
                document |= {
                    name: made(rest, whole, random_, depth + 1) for name in ("one", "Two")[: random_.randint(0, 2)]
                }
            return document
        case "array":
            item = schema.get("items", {})
            return [made(item, whole, random_, depth + 1) for _ in range(random_.randint(0, 2))]
        case "integer" | "number":
            return random_.randint(0, 9)
        case "boolean":
            return True
        case "null":
            return None
        case _:
            return random_.choice(["x", "Word", "i32", "1", "0.5", "2027-01-31", "a b", "{}_"])


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_called_fitting_is_so(name: str) -> None:
    schema = json.loads(schema_text(name))
    quick, long = fitting(schema), Draft202012Validator(schema)
    random_ = random.Random(name)
    counts = {True: 0, False: 0}
    for _ in range(400):
        document = made(schema, schema, random_)
        is_fitting = quick(node_of(document))
        assert not is_fitting or long.is_valid(document), document
        counts[is_fitting] += 1
    assert counts[False]
