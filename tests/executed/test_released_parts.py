"""Operations that do not have the same parts in every release: the golden dialect `released`, built and read back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.golden.trees import generate

pytest.importorskip("mlir")

PROGRAM = Path(__file__).with_name("parts_program.py")
Found = dict[str, Any]

BUILT = {
    "None": (
        'grow"(%arg0, %arg2, %arg0) {operandSegmentSizes = array<i32: 2, 1>} : (f64, i64, f64) -> (f64, f32)',
        'lose"(%arg0, %arg0) : (f64, f64) -> f64',
        'change"(%arg0) : (f64) -> ()',
        'hold"() ({ ^bb0: }) {name = "a"} : () -> ()',
        'fade"(%arg0, %arg0) : (f64, f64) -> ()',
        'spread"() {name = "a"} : () -> (f64, i64)',
    ),
    "1.0": (
        'grow"(%arg0, %arg2, %arg0) {operandSegmentSizes = array<i32: 2, 1>} : (f64, i64, f64) -> (f64, f32)',
        'lose"(%arg0, %arg0) : (f64, f64) -> f64',
        'change"(%arg0) : (f64) -> ()',
        'hold"() {name = "a"} : () -> ()',
        'fade"(%arg0) : (f64) -> ()',
        'spread"() {name = "a"} : () -> (f64, i64)',
    ),
    "2.0": (
        'grow"(%arg3, %arg0, %arg2, %arg0) {operandSegmentSizes = array<i32: 1, 2, 1>} : (index, f64, i64, f64) '
        "-> (f64, i64, f32)",
        'lose"(%arg0) : (f64) -> f64',
        'change"(%arg0, %arg1) : (f64, f32) -> ()',
        'hold"() ({ ^bb0: }) {name = "a"} : () -> ()',
        'fade"(%arg0) : (f64) -> ()',
        'spread"() {name = "a"} : () -> (f64, i64)',
    ),
    "3.0": (
        'grow"(%arg3, %arg0, %arg2, %arg0, %arg0, %arg1) {mode = 3 : i64, operandSegmentSizes = '
        "array<i32: 1, 2, 1, 2>} : (index, f64, i64, f64, f64, f32) -> (f64, i64, f32, f32)",
        'lose"(%arg0, %arg0) : (f64, f64) -> ()',
        'change"(%arg2, %arg0) : (i64, f64) -> i64',
        'hold"() ({ ^bb0: }, { ^bb0: }, { }, { }) {name = "a"} : () -> ()',
        'fade"(%arg0) : (f64) -> ()',
        'spread"() {name = "a"} : () -> ()',
    ),
}
FIRST = (
    (None, ["f64", "i64"], "f64", [], "f64", None, "f32", None),
    ("f64", "f64", "f64"),
    ("f64", None, None),
)
READ = {
    "None": (*FIRST, (None, 1, []), ("f64", "f64"), (["f64", "i64"],)),
    "1.0": (*FIRST, (None, None, []), ("f64", None), (["f64", "i64"],)),
    "2.0": (
        ("index", ["f64", "i64"], "f64", [], "f64", "i64", "f32", None),
        ("f64", None, "f64"),
        ("f64", "f32", None),
        (None, 1, []),
        ("f64", None),
        (["f64", "i64"],),
    ),
    "3.0": (
        ("index", ["f64", "i64"], "f64", ["f64", "f32"], "f64", "i64", "f32", "f32"),
        ("f64", "f64", None),
        ("i64", "f64", "i64"),
        (1, 1, [0, 0]),
        ("f64", None),
        ([],),
    ),
}
LEAVE = "leave it out, or name the release in use with use_release"


def lacking(parameter: str, release: str, there: str) -> str:
    """What is said of a part that is given for a release that lacks it."""
    has = f"which does not have it, accepted is a release that has: it is there {there}"
    return f"released.{parameter} is given for {release}, {has}; {LEAVE}"


REFUSED = (
    lacking("grow: start", "release 1.0 of toy", "since release 2.0"),
    lacking("grow: last", "release 1.0 of toy", "since release 3.0"),
    "released.grow: start is not given, accepted is a Value: release 2.0 of toy requires it",
    "released.grow: logs_type is not given, accepted is a Type: release 2.0 of toy requires it",
    "released.grow: count(last) is 1, accepted is count(last) == 2",
    lacking("grow: logs_type", "the spec", "in releases 2.0 and 3.0"),
    lacking("lose: right", "release 2.0 of toy", "since release 3.0"),
    "released.lose: right is not given, accepted is a Value: release 1.0 of toy requires it",
    lacking("lose: value_type", "release 3.0 of toy", "up to release 2.0"),
    "released.lose: right is of type f32, accepted is the type of left: f64",
    "released.change: more is of type f64, accepted is f32 in release 2.0",
    lacking("hold: body", "release 1.0 of toy", "since release 2.0"),
    lacking("hold: num_rest", "release 2.0 of toy", "since release 3.0"),
    lacking("hold: before", "release 2.0 of toy", "since release 3.0"),
    lacking("hold: before", "release 2.0 of toy", "since release 3.0"),
    lacking("spread: values_types", "release 3.0 of toy", "up to release 2.0"),
    "released.uncertain: results is 0 values, accepted is 2 in release 3.0",
    lacking("fade: right", "release 2.0 of toy", "in no release known"),
)
VERIFIED = {
    "1.0": [
        "released.grow: mode is given, and release 1.0 of toy does not have it, accepted is a release that has it: it "
        "is there since release 3.0",
        "released.grow: operandSegmentSizes is [1, 2, 1, 2], accepted is the sizes of inputs, seed, 6 in all",
        "released.grow: results is 4 values, accepted is 2 (value, state)",
        "released.lose: results is 0 values, accepted is 1 (value)",
        "released.change: operands is 2 values, accepted is 1 (value)",
        "released.change: results is 1 value, accepted is none",
        "released.hold: regions is 4 regions, accepted is 0 regions",
    ],
    "2.0": [
        "released.grow: mode is given, and release 2.0 of toy does not have it, accepted is a release that has it: it "
        "is there since release 3.0",
        "released.grow: operandSegmentSizes is [1, 2, 1, 2], accepted is the sizes of first, inputs, seed, 6 in all",
        "released.grow: results is 4 values, accepted is 3 (value, logs, state)",
        "released.lose: operands is 2 values, accepted is 1 (left)",
        "released.lose: results is 0 values, accepted is 1 (value)",
        "released.change: value is of type i64, accepted is f64",
        "released.change: more is of type f64, accepted is f32 in release 2.0",
        "released.change: results is 1 value, accepted is none",
        "released.hold: regions is 4 regions, accepted is 1 region",
    ],
    "3.0": [],
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What the program says of the generated package."""
    root = tmp_path_factory.mktemp("released")
    generate("released", root)
    done = subprocess.run(
        [sys.executable, str(PROGRAM)],
        env={**os.environ, "PYTHONPATH": str(root / "python")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    result: Found = json.loads(done.stdout)
    return result


@pytest.mark.parametrize("release", BUILT)
def test_each_release_gets_the_parts_that_it_has(found: Found, release: str) -> None:
    made = found["made"][release]
    assert tuple(each["text"] for each in made.values()) == BUILT[release]
    assert tuple(tuple(each["parts"].values()) for each in made.values()) == READ[release]
    assert all(each["alike"] and not each["wrong"] for each in made.values()), "made again, and found right"


def test_what_one_release_made_is_not_taken_for_another(found: Found) -> None:
    assert found["again"] == found["made"]["1.0"]


def test_parts_that_a_release_lacks_and_those_that_it_needs_are_told(found: Found) -> None:
    assert tuple(found["refused"]) == REFUSED


def test_the_form_of_another_release_is_found_wrong(found: Found) -> None:
    assert found["verified"] == VERIFIED


def test_what_was_made_for_another_release_is_not_read_as_this_one_has_it(found: Found) -> None:
    hint = "name the release that the operation is made for with using_release"
    has = "accepted is what release 3.0 of toy has"
    assert found["read"] == [
        "released.grow: operandSegmentSizes is array<i32: 2, 1>, accepted is the sizes of 4 parts, 3 in all",
        f"released.grow: results is 2 values, {has}: value, logs, state, others; {hint}",
        "",  # both have two operands
        f"released.lose: results is 1 value, {has}: none; {hint}",
        *[f"released.hold: regions is 0 regions, {has}: before, body, rest; {hint}"] * 3,
    ]


def test_operands_are_replaced_where_they_are(found: Found) -> None:
    assert found["replaced"] == {
        "there": "f64",
        "gone": "released.lose: right is not there, accepted is one that is: the number of operands cannot change",
    }
