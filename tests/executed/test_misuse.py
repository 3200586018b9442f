"""Wrong use: each mistake is a TypeError or ValueError that names operation, parameter, what was given and accepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enzyme_mlir import ir
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.dialects.enzyme import AtomicOrdering, FastMathFlags
from enzyme_mlir.testing import sample
from tests.executed.building import SQUARE, atomic_rmw, autodiff, names
from tests.executed.mistakes import ACTIVITIES, MISTAKES, VALUE, Mistake, Surroundings


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_is_explained(mistake: Mistake) -> None:
    types = ("f64", "f64", "memref<4xf64>", "index", "!enzyme.Cache<f64>", "!enzyme.Gradient<f64>")
    with sample(*types, setup=SQUARE) as given:
        surroundings = Surroundings(*given)
        with pytest.raises(mistake.error) as caught:
            mistake.make(surroundings)
        assert type(caught.value) is mistake.error
        assert str(caught.value) == mistake.message
        assert names(surroundings.module) == []


KINDS = (
    "accepted is one of addf, addi, andi, assign, maximumf, maxnumf, maxs, maxu, minimumf, minnumf, mins, minu, mulf, "
    "muli, ori, xori"
)
BITS = "accepted is one of 0, 1, 2, 4, 8, 16, 32, 64, 127, or a sum of them"


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"kind": "addff"}, ValueError, f"kind is 'addff' (str), {KINDS}; did you mean 'addf'?"),
        ({"kind": 16}, ValueError, f"kind is 16 (int), accepted is one of {', '.join(map(str, range(16)))}"),
        (
            {"kind": AtomicOrdering.ACQUIRE},
            TypeError,
            "kind is AtomicOrdering.ACQUIRE, accepted is a case of AtomicRMWKind, or its name",
        ),
        ({"kind": True}, TypeError, "kind is True (bool), accepted is a case of AtomicRMWKind, or its name"),
        ({"ordering": 3}, ValueError, "ordering is 3 (int), accepted is one of 0, 1, 2, 4, 5, 6, 7"),
        (
            {"ordering": None},
            TypeError,
            "ordering is None (NoneType), accepted is a case of AtomicOrdering, or its name",
        ),
        (
            {"fastmath": None},
            TypeError,
            "fastmath is None (NoneType), accepted is a case of FastMathFlags, or its name",
        ),
        (
            {"fastmath": False},
            TypeError,
            "fastmath is False (bool), accepted is a case of FastMathFlags, or its name",
        ),
        ({"fastmath": 128}, ValueError, f"fastmath is 128 (int), {BITS}"),
        ({"fastmath": FastMathFlags.NNAN | 128}, ValueError, f"fastmath is 130 (int), {BITS}"),
        (
            {"fastmath": AtomicOrdering.NOT_ATOMIC},
            TypeError,
            "fastmath is AtomicOrdering.NOT_ATOMIC, accepted is a case of FastMathFlags, or its name",
        ),
        ({"alignment": 0}, ValueError, "alignment is 0 (int), accepted is an int that is positive"),
        ({"alignment": -8}, ValueError, "alignment is -8 (int), accepted is an int that is positive"),
        ({"alignment": 3}, ValueError, "alignment is 3 (int), accepted is an int that is a power of two"),
        ({"results": "f64"}, TypeError, "results is 'f64' (str), accepted is a Type or a sequence of types"),
    ],
    ids=lambda given: (
        ", ".join(f"{name}={value!r}" for name, value in given.items()) if isinstance(given, dict) else ""
    ),
)
def test_a_wrong_enum_or_bound_is_explained(changes: dict[str, Any], error: type[Exception], message: str) -> None:
    with sample("f64", "memref<4xf64>", "index") as (module, x, memref, index):
        with pytest.raises(error) as caught:
            atomic_rmw(x, memref, index, **changes)
        assert (type(caught.value), str(caught.value)) == (error, f"enzyme.atomic_rmw: {message}")
        assert names(module) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("#enzyme.activity<>", f"'<>' (str), {ACTIVITIES}"),
        (
            "#enzyme.activity<enzyme_dup, enzyme_dup>",
            f"'enzyme_dup, enzyme_dup' (str), {ACTIVITIES}; did you mean 'enzyme_dupnoneed' or 'enzyme_dup'?",
        ),
        ("#enzyme<activity enzyme_dop>", f"'enzyme_dop' (str), {ACTIVITIES}; did you mean 'enzyme_dup'?"),
        ("unit", "UnitAttr(unit) (UnitAttr), accepted is an attribute #enzyme.activity..."),
        ("1 : i32", "IntegerAttr(1 : i32) (IntegerAttr), accepted is an attribute #enzyme.activity..."),
    ],
)
def test_an_attribute_that_is_no_activity_is_refused(text: str, message: str) -> None:
    with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
        attribute = ir.Attribute.parse(text)
        for given in ([attribute], ir.ArrayAttr.get([attribute])):
            with pytest.raises(ValueError) as caught:
                autodiff(x, seed, activity=given)
            assert str(caught.value) == f"enzyme.autodiff: activity[0] is {message}"
        assert names(module) == []


@pytest.mark.parametrize(
    ("call", "function", "argument"),
    [
        (lambda: enzyme.autodiff("f", [], []), "autodiff", "ret_activity"),
        (lambda: enzyme.AutoDiffOp("f", [], []), "AutoDiffOp.__init__", "ret_activity"),
        (lambda: enzyme.broadcast(None, None), "broadcast", "shape"),
        (lambda: enzyme.push(None), "push", "value"),
        (lambda: enzyme.init(), "init", "result_type"),
        (lambda: enzyme.LoadOp(None, []), "LoadOp.__init__", "sizes"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_missing_argument_is_named(call: Callable[[], Any], function: str, argument: str) -> None:
    with pytest.raises(TypeError) as caught:
        call()
    assert f"{function}() missing" in str(caught.value)
    assert f"'{argument}'" in str(caught.value)


def test_optional_arguments_are_keyword_only() -> None:
    with pytest.raises(TypeError, match=r"autodiff\(\) takes 4 positional arguments but 5 were given"):
        enzyme.autodiff("f", [], [], [], [])  # type: ignore[misc]


def test_an_unknown_argument_is_named() -> None:
    with pytest.raises(TypeError, match=r"autodiff\(\) got an unexpected keyword argument 'widht'"):
        enzyme.autodiff("f", [], [], [], results=[], widht=2)  # type: ignore[call-arg]


def test_a_broken_repr_does_not_hide_the_mistake() -> None:
    class Broken:
        def __repr__(self) -> str:
            raise RuntimeError("no repr")

    with sample("!enzyme.Cache<f64>") as (_, cache):
        with pytest.raises(TypeError) as caught:
            enzyme.push(cache, Broken())  # type: ignore[arg-type]
        assert str(caught.value) == f"enzyme.push: value is Broken, {VALUE}"


def test_long_values_are_shortened() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        with pytest.raises(ValueError) as caught:
            autodiff(x, seed, activity=["a" * 1000])
        assert str(caught.value) == f"enzyme.autodiff: activity[0] is '{'a' * 76}... (str), {ACTIVITIES}"


def test_an_operation_without_a_result_is_no_value() -> None:
    with sample("!enzyme.Cache<f64>", "f64") as (_, cache, x):
        pushed = enzyme.push(cache, x)
        with pytest.raises(ValueError) as caught:
            enzyme.push(cache, pushed)
        assert str(caught.value) == f"enzyme.push: value is enzyme.push, an operation with 0 results, {VALUE}"


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: enzyme.activity_attribute("dup"), "activity_attribute"),
        (lambda: enzyme.activity_array_attribute(["dup"]), "activity_array_attribute"),
        (lambda: enzyme.ActivityAttr.get("dup"), "ActivityAttr"),
        (lambda: enzyme.ArgumentOriginAttr.get("f", 0), "ArgumentOriginAttr"),
        (lambda: enzyme.ActivityAttr.parse("#enzyme.activity<enzyme_dup>"), "ActivityAttr"),
    ],
    ids=["one", "several", "get", "get of two parameters", "parse"],
)
def test_no_context_is_explained(call: Callable[[], Any], name: str) -> None:
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value) == (
        f"{name}: context is not given and there is no current one, accepted is a Context: pass context=, or enter one "
        "(`with Context():`)"
    )
