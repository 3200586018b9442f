"""Defaults: which ones each kind of attribute takes."""

from __future__ import annotations

import pytest

from opspec.constraints.values import accepted_default
from opspec.model.constraints import Attribute
from opspec.notation import parse_argument

RIGHT = [
    "bool = true",
    "bool = false",
    "integer = -3",
    "index = 0",
    "float = 1",
    "float = 0.5",
    "f64 = 1e300",
    "f32 = 1",
    "i1 = 1",
    "i8 = -128",
    "i8 = 255",
    "i64 = 1",
    "i64 = 18446744073709551615",
    "si8 = 127",
    "ui8 = 255",
    "int16 = -1",
    'string = ""',
    'string = "a = b"',
    'symbol_name = "f"',
    'symbol_ref = "f"',
    'flat_symbol_ref = "f"',
    "array = []",
    "array = [1, true]",
    "array<i64> = [1, 2]",
    'array<string> = ["a"]',
    "array<array<i8>> = [[1], []]",
    "dense_array<i64> = []",
    "dense_array<i1> = [true]",
    "dense_array<f32> = [1, 0.5]",
    "dense_array<i8> = [-128]",
    "enum Mode = fast",
    "enum Mode = fast|slow",
    "toy.mode = fast",
    "arith.fastmath = none",
    "any = 3",
    "unit = true",
    "i64 where positive = 1",
    "i64 where min 0, max 8 = 8",
    "i64 where power_of_two = 4",
    "i64 where non_negative = 0",
    "i64 where non_zero = -1",
    "i64 where non_positive = 0",
    "i64 where power_of_two = 1",
    "i64 where even = 3",
    "i64 | opaque(A) = true",
    "array<opaque(A)> = [1]",
    "tf32 = 1e38",
    "bf16 = -3.38e38",
    "f8E4M3FN = 448",
    "f64 = -1",
    "array<i64> where count 2 = [1, 2]",
    "array<i64> where min_count 1 = [1]",
    "dense_array<i64> where max_count 0 = []",
    "i32 | string = 3",
    'i32 | string = "x"',
    "i64 = opaque",
    "bool = opaque",
    "opaque(Thing) = 3",
    "i64",
    "bool",
]
WRONG = [
    ("bool = 1", "true or false"),
    ("i64 = true", "an integer"),
    ("i64 = fast", "an integer"),
    ("si8 = 128", "an integer of -128 to 127"),
    ("i8 = 256", "an integer of -128 to 255"),
    ("ui64 = -1", "an integer of 0 to 18446744073709551615"),
    ("index = 0.5", "an integer"),
    ("f32 = true", "a number"),
    ("f32 = 1e300", "a number that f32 has room for"),
    ("string = fast", "a text in quotes"),
    ("symbol_name = 1", "a text in quotes"),
    ("symbol_ref = 1", "a text in quotes"),
    ("flat_symbol_ref = fast", "a text in quotes"),
    ("float = true", "a number"),
    ("float = 1" + "0" * 400, "a number that f64 has room for"),
    ("integer = 0.5", "an integer"),
    ("bool = 0.5", "true or false"),
    ("array<i64> = 1", "a list in brackets"),
    ("array<i64> = [true]", "a list of which each item is an integer"),
    ("dense_array<i1> = [1]", "a list of which each item is true or false"),
    ("i64 where max -2 = 0", "an integer that is -2 or less"),
    ("i64 where min 3 = 2", "an integer that is 3 or more"),
    ("i64 where positive = 0", "an integer that is above 0"),
    ("i64 where non_negative = -1", "an integer that is 0 or more"),
    ("i64 where non_positive = 1", "an integer that is 0 or less"),
    ("i64 where non_zero = 0", "an integer that is not zero"),
    ("i64 where power_of_two = 0", "an integer that is a power of two"),
    ("i64 where power_of_two = 6", "an integer that is a power of two"),
    ("i64 where even, positive = 0", "an integer that is above 0"),
    ("i8 where positive = 300", "an integer of -128 to 255"),
    ("bf16 = 3.5e38", "a number that bf16 has room for"),
    ("f8E4M3FN = -464", "a number that f8E4M3FN has room for"),
    ("f64 = 1" + "0" * 400, "a number that f64 has room for"),
    ("dense_array<f32> = [1e39]", "a list of which each item is a number that f32 has room for"),
    ("dense_array<i8> = [128]", "a list of which each item is an integer of -128 to 127"),
    ("array<i64> where count 2 = [1]", "a list of length 2"),
    ("array<i64> where max_count 2 = [1, 2, 3]", "a list of length 2 or less"),
    ("index = 18446744073709551616", "an integer of -9223372036854775808 to 18446744073709551615"),
    ("enum Mode = 0.5", "a case of Mode"),
    ("enum Mode = true", "a case of Mode"),
    ("enum Mode = [1]", "a case of Mode"),
    ("array = 1", "a list in brackets"),
    ("i32 | i8 = true", "an integer"),
    ("array<i64> where min_count 2 = []", "a list of length 2 or more"),
    ("i32 | string = 0.5", "an integer or a text in quotes"),
]


def accepted(text: str) -> str:
    """What an attribute declared so takes instead of its default; empty where it takes it."""
    declared = parse_argument(f"attr {text}")
    assert isinstance(declared, Attribute)
    return accepted_default(declared.default, declared.constraint)


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_default_passes(text: str) -> None:
    assert accepted(text) == ""


@pytest.mark.parametrize(("text", "words"), WRONG)
def test_a_wrong_default_is_told_what_is_accepted(text: str, words: str) -> None:
    assert accepted(text) == words
