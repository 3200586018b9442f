"""What a binary calls an attribute constraint, read: the words that MLIR's own definitions have for theirs."""

from __future__ import annotations

import re

from opspec.learn.summaries import read_summary
from opspec.model.constraints import AttributeConstraint, Confined, Refinement, TypeOf
from opspec.notation import parse_attribute

__all__ = ["listed_cases", "read_attribute_words"]

_INTEGERS = {"signless integer": "i", "signed integer": "si", "unsigned integer": "ui", "integer": "int"}
_WORDS = {
    "any attribute": "any",
    "index attribute": "index",
    "bool attribute": "bool",
    "arbitrary integer attribute": "integer",
    "arbitrary float attribute": "float",
    "string attribute": "string",
    "unit attribute": "unit",
    "array attribute": "array",
    "any type attribute": "type",
    "symbol reference attribute": "symbol_ref",
    "flat symbol reference attribute": "flat_symbol_ref",
    "dictionary of named attribute values": "dictionary",
    "constant vector/tensor attribute": "elements",
    "AffineMap attribute": "affine_map",
    "IntegerSet attribute": "integer_set",
    "location attribute": "location",
    "AffineMap array attribute": "array<affine_map>",
    "1-bit boolean array attribute": "array<bool>",
    "string array attribute": "array<string>",
    "type array attribute": "array<type>",
    "symbol ref array attribute": "array<symbol_ref>",
    "flat symbol ref array attribute": "array<flat_symbol_ref>",
    "Array of 64-bit integer array attributes": "array<array<i64>>",
    "Array of dictionary attributes": "array<dictionary>",
}
_PATTERNS = (
    (re.compile(r"(\d+)-bit (signless integer|signed integer|unsigned integer|integer) attribute"), None),
    (re.compile(r"(\d+)-bit integer array attribute"), "array<i{}>"),
    (re.compile(r"(\d+)-bit float array attribute"), "array<f{}>"),
    (re.compile(r"(\d+)-bit float attribute"), "f{}"),
    (re.compile(r"(\w+) dense array attribute"), "dense_array<{}>"),
    (re.compile(r"(\w+) instance"), "interface({})"),
)
_TYPE_OF = re.compile(r"type attribute of (.*)")
_CONDITIONS = (
    (re.compile(r"whose minimum value is (-?\d+)"), "min"),
    (re.compile(r"whose maximum value is (-?\d+)"), "max"),
    (re.compile(r"whose value is non-negative"), "non_negative"),
    (re.compile(r"whose value is positive"), "positive"),
    (re.compile(r"whose value is a power of two > 0"), "power_of_two"),
    (re.compile(r"whose value is not 0"), "non_zero"),
    (re.compile(r"with at least (\d+) elements"), "min_count"),
    (re.compile(r"with at most (\d+) elements"), "max_count"),
    (re.compile(r"with exactly (\d+) elements"), "count"),
)
_CASES = re.compile(r"allowed (\d+)-bit (signless|signed|unsigned) integer cases: (.*)")
_JOINT = re.compile(r" (?=whose |with )| and (?=whose |with )")
_OPAQUE = Refinement("opaque")


def listed_cases(words: str) -> tuple[str, tuple[int, ...]] | None:
    """The storage (`i64`) and the numbers of an enum, where the words list them."""
    match = _CASES.fullmatch(words)
    if match is None:
        return None
    prefix = {"signless": "i", "signed": "si", "unsigned": "ui"}[match[2]]
    return f"{prefix}{match[1]}", tuple(int(number) for number in match[3].split(","))


def read_attribute_words(words: str) -> AttributeConstraint | None:
    """The constraint that the words stand for; None where they are none of MLIR's own."""
    base, *conditions = re.split(_JOINT, words.strip())
    found = _base(base)
    if found is None or not conditions:
        return found
    return Confined(found, tuple(_refinement(condition.strip().removesuffix(" and")) for condition in conditions))


def _base(words: str) -> AttributeConstraint | None:
    if words in _WORDS:
        return parse_attribute(_WORDS[words])
    for pattern, notation in _PATTERNS:
        match = pattern.fullmatch(words)
        if match is not None:
            return parse_attribute(notation.format(match[1]) if notation else f"{_INTEGERS[match[2]]}{match[1]}")
    match = _TYPE_OF.fullmatch(words)
    inner = next(read_summary(match[1]), None) if match is not None else None
    return TypeOf(inner) if inner is not None else None


def _refinement(condition: str) -> Refinement:
    for pattern, word in _CONDITIONS:
        match = pattern.fullmatch(condition)
        if match is not None:
            return Refinement(word, tuple(int(group) for group in match.groups()))
    return _OPAQUE
