"""Objects of another host: refused by every parameter of every operation, in words, and without a trace."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import inspect
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from enzyme_mlir import HOST, ir, new_context, verification
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.hosts import HOSTS, host_of, installed
from enzyme_mlir.testing import sample
from tests.executed.building import SQUARE, autodiff, names

GENERATED = Path(__file__).parents[2] / "generated" / "tests"
TESTS = sorted(GENERATED.glob("test_*.py" if "ENZYME_MLIR_HOST" not in os.environ else "test_enzyme.py"))
"""All dialects; only one of them where all tests are run once more on another host."""
_PARTS = ("value", "type", "array")
CANNOT_SHARE = {"mlir", "iree.compiler"}  # their libraries bear the same name: one process takes one of them


def _other_host() -> str | None:
    """Another installed host that this process can take beside the one in use."""
    for host in installed():
        if host != HOST and {host, HOST} != CANNOT_SHARE and not {host, *_loaded()} >= CANNOT_SHARE:
            return host
    return None


def _loaded() -> list[str]:
    return [host for host in HOSTS if f"{host}.ir" in sys.modules]


OTHER = _other_host()
pytestmark = pytest.mark.skipif(OTHER is None, reason="there is no second host")


@pytest.fixture(scope="module")
def strangers() -> dict[str, Any]:
    """An object of each kind, of the other host; none of its contexts stays current."""
    other: Any = importlib.import_module(f"{OTHER}.ir")
    context = other.Context()
    context.allow_unregistered_dialects = True
    with context, other.Location.unknown() as location:
        module = other.Module.create()
        with other.InsertionPoint(module.body) as point:
            f64 = other.F64Type.get()
            operation = other.Operation.create("test.op", results=[f64])
        return {
            "value": operation.results[0],
            "operation": operation,
            "view": module.operation.opview if hasattr(module.operation, "opview") else module.operation,
            "type": f64,
            "string": other.StringAttr.get("square"),
            "integer": other.IntegerAttr.get(other.IntegerType.get_signless(64), 1),
            "array": other.ArrayAttr.get([other.StringAttr.get("square")]),
            "numbers": other.DenseI64ArrayAttr.get([1, 2]),
            "dictionary": other.DictAttr.get({}),
            "symbol": other.FlatSymbolRefAttr.get("square"),
            "map": other.AffineMap.get_identity(1),
            "location": location,
            "point": point,
            "block": module.body,
            "context": context,
        }


def _module_of(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"mixed_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _changed(given: Any, stranger: Any) -> Iterator[Any]:
    """Arguments in the place of `given` that hold the stranger: itself, in a list, in the place of one element."""
    yield stranger
    if isinstance(given, list):
        yield [stranger]
        yield from ([*given[:i], stranger, *given[i + 1 :]] for i in range(len(given)))


def _some(strangers: dict[str, Any], number: int) -> Iterator[tuple[str, Any]]:
    """Those kinds that are parts of operations, and others in turn."""
    others = [pair for pair in strangers.items() if pair[0] not in _PARTS]
    yield from ((what, strangers[what]) for what in _PARTS)
    yield from (others[(number + step) % len(others)] for step in range(2))


def _trial(function: Callable[..., Any], tried: list[tuple[str, str]], strangers: dict[str, Any]) -> Callable[..., Any]:
    """The function; but before its work, each of its parameters is tried with some of the strangers.

    What was passed and what came of it is added to `tried`.
    """
    signature = inspect.signature(function)

    @functools.wraps(function)
    def with_trials(*args: Any, **kwargs: Any) -> Any:
        right = signature.bind(*args, **kwargs)
        for name in [name for name in signature.parameters if name != "verify"]:  # which is only looked at
            for what, stranger in _some(strangers, len(tried)):
                for given in _changed(right.arguments.get(name), stranger):
                    wrong = inspect.BoundArguments(signature, right.arguments | {name: given})
                    try:
                        outcome = f"taken: {function(*wrong.args, **wrong.kwargs)}"
                    except TypeError as error:
                        outcome = str(error)
                    tried.append((f"{function.__name__}({name}={what})", outcome))
        return function(*args, **kwargs)

    return with_trials


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_every_parameter_refuses_them_and_nothing_is_left_behind(
    path: Path, strangers: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    tests = _module_of(path)
    dialect: Any = next(found for name, found in vars(tests).items() if name == path.stem.removeprefix("test_"))
    tried: list[tuple[str, str]] = []
    for name in dialect.__all__:
        if hasattr(getattr(dialect, name), "OPERATION_NAME"):
            function = getattr(dialect, name)._build
            monkeypatch.setattr(dialect, function.__name__, _trial(function, tried, strangers))
    for name, test in vars(tests).items():
        if name.startswith("test_compile_"):
            try:
                with verification(False):  # it looks at what is of the right kind
                    test()  # compares what was built with its snapshot
            except AssertionError as error:
                tried.append((name, str(error)))
    expected = f"of the host {OTHER}, accepted are objects of {HOST}"
    assert [found for found in tried if expected not in found[1]] == []
    assert len(tried) > 40


def test_the_whole_message(strangers: dict[str, Any]) -> None:
    with sample("f64", "f64", setup=SQUARE) as (module, x, _):
        with pytest.raises(TypeError) as caught:
            autodiff(x, strangers["value"])
        assert names(module) == []
    assert str(caught.value) == (
        f"enzyme.autodiff: inputs[1] is OpResult of the host {OTHER}, accepted are objects of {HOST}, which "
        f"enzyme_mlir is built on: objects of two hosts cannot be mixed; build it with enzyme_mlir.ir, or call "
        f"enzyme_mlir.use_host({OTHER!r}) before anything else"
    )


def test_attributes_and_types_refuse_them(strangers: dict[str, Any]) -> None:
    refusals: list[Callable[[Any], Any]] = [
        lambda stranger: enzyme.ActivityAttr.get(stranger),
        lambda stranger: enzyme.ArgumentOriginAttr.get(stranger, 0),
        lambda stranger: enzyme.ArgumentOriginAttr.get("f", stranger),
        lambda stranger: enzyme.CacheType.get(stranger),
        lambda stranger: enzyme.CacheType.get(ir.F64Type.get(), stranger),
        lambda stranger: enzyme.activity_attribute(stranger),
        lambda stranger: enzyme.activity_array_attribute([stranger]),
    ]
    with new_context():
        for stranger in strangers.values():
            for refuse in refusals:
                with pytest.raises(TypeError, match=f"of the host {OTHER}, accepted are objects of {HOST}"):
                    refuse(stranger)
            assert not enzyme.ActivityAttr.isinstance(stranger)
            assert not enzyme.CacheType.isinstance(stranger)


def test_setters_and_bodies_refuse_them(strangers: dict[str, Any]) -> None:
    refused = pytest.raises(TypeError, match=f"of the host {OTHER}, accepted are objects of {HOST}")
    with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
        op = enzyme.AutoDiffOp("square", [x, seed], ["active"], ["activenoneed"], results=x.type)
        before = str(module)
        for stranger in strangers.values():
            with refused:
                op.width = stranger
            with refused:
                op.fn = stranger
            with refused:
                op.strong_zero = stranger
            with refused:
                op.inputs = [x, stranger]
            for returned in (stranger, [stranger]):
                with refused:
                    enzyme.autodiff_region(
                        [x, seed],
                        ["active"],
                        ["activenoneed"],
                        results=x.type,
                        body=lambda y, returned=returned: returned,
                        body_arguments=[x.type],
                    )
        region = enzyme.AutoDiffRegionOp([x, seed], ["active"], ["activenoneed"], results=x.type)
        with refused, region.build_body(strangers["type"]):
            pass
        with refused, region.build_body(x.type, loc=strangers["location"]):
            pass
        region.operation.erase()
        assert str(module) == before


def test_a_current_context_of_the_other_host_is_named(strangers: dict[str, Any]) -> None:
    context = new_context()
    cache = enzyme.CacheType.get(ir.F64Type.get(context), context)
    with strangers["context"], strangers["location"]:
        with pytest.raises(TypeError) as caught:
            enzyme.init(cache)
        with pytest.raises(TypeError, match=f"the current context is one of the host {OTHER}"):
            enzyme.ActivityAttr.get("enzyme_dup")
    assert str(caught.value).startswith(
        f"enzyme.init: the current location is one of the host {OTHER}, accepted is one of {HOST}, which enzyme_mlir "
    )


def test_each_object_knows_its_host(strangers: dict[str, Any]) -> None:
    assert {host_of(stranger) for stranger in strangers.values()} == {OTHER}
    with sample("f64") as (module, x):
        made = enzyme.InitOp(enzyme.CacheType.get(x.type))
        assert {host_of(given) for given in (module, x, made, x.type, enzyme.ActivityAttr.get("dup"))} == {HOST}
    assert [host_of(given) for given in (1, "x", None, [x], enzyme.Activity.DUP)] == [None] * 5
