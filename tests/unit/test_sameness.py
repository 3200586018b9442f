"""Things that are equal to Python, and not the same to MLIR."""

from __future__ import annotations

from dataclasses import replace

import pytest

from opspec.diagnostics import Location
from opspec.diff.sameness import is_same
from opspec.model.dialect import Dialect, NamedAttribute, Operation
from opspec.notation import parse_argument


def with_default(default: object) -> Dialect:
    attribute = parse_argument("attr f64")
    named = NamedAttribute("x", replace(attribute, default=default))  # type: ignore[type-var, arg-type]
    return Dialect("d", operations=(Operation("run", "RunOp", arguments=(named,)),))


@pytest.mark.parametrize(("one", "other"), [(1, True), (1, 1.0), (0.0, -0.0), ((1, 2), (1, 2.0)), (1, 2), (1, None)])
def test_another_kind_of_value_is_another_thing(one: object, other: object) -> None:
    assert not is_same(with_default(one), with_default(other))
    assert is_same(with_default(one), with_default(one))


def test_where_it_stands_does_not_matter() -> None:
    one = Operation("run", "RunOp", location=Location("a", 1, 1))
    assert is_same(one, replace(one, location=Location("b", 2, 2)))
