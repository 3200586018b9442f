"""The generated module as a whole: what it exports, and on which host it runs."""

from __future__ import annotations

import builtins
import importlib
import inspect
import os
from typing import Any, Literal, get_args, get_origin

import pytest

import enzyme_mlir
from enzyme_mlir import lowering, testing
from enzyme_mlir._runtime.enums import case_of
from enzyme_mlir.dialects import enzyme

MODULES: list[Any] = [enzyme, enzyme_mlir, lowering, testing]
TEXTS = {"ActivityText", "AtomicOrderingText", "AtomicRMWKindText"}
"""The types of the texts of enums."""


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_all_is_sound(module: Any) -> None:
    assert module.__all__
    assert len(set(module.__all__)) == len(module.__all__)
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


def test_all_of_the_dialect_is_sorted() -> None:
    assert enzyme.__all__ == sorted(enzyme.__all__)


def test_a_star_import_hides_no_builtin() -> None:
    namespace: dict[str, Any] = {}
    exec("from enzyme_mlir.dialects.enzyme import *", namespace)
    taken = set(namespace) - {"__builtins__"}
    assert taken == set(enzyme.__all__)
    assert taken & set(dir(builtins)) == set()


def test_every_public_name_is_exported() -> None:
    modules = (enzyme.__name__, enzyme.gradient.__module__)  # what is generated, and what is written by hand
    defined = {
        name
        for name, found in vars(enzyme).items()
        if not name.startswith("_") and (getattr(found, "__module__", None) in modules or get_origin(found) is Literal)
    }
    assert defined == set(enzyme.__all__)
    assert defined >= TEXTS


def test_everything_exported_is_documented() -> None:
    bare = [name for name in enzyme.__all__ if not inspect.getdoc(getattr(enzyme, name))]
    assert set(bare) == TEXTS, "what stands behind a type is seen by editors alone"


def test_the_texts_of_an_enum_are_those_that_builders_take() -> None:
    assert get_args(enzyme.ActivityText)[:2] == ("active", "enzyme_active")
    for name in TEXTS:
        cases = getattr(enzyme, name.removesuffix("Text"))
        words = get_args(getattr(enzyme, name))
        assert {case_of(cases, word, "toy.run", "mode") for word in words} == set(cases)


def test_each_operation_has_a_function_and_a_class() -> None:
    classes = {name: getattr(enzyme, name) for name in enzyme.__all__ if name.endswith("Op")}
    assert len(classes) == 26
    names = {cls.OPERATION_NAME for cls in classes.values()}
    assert len(names) == 26
    for cls in classes.values():
        function = cls._build
        assert getattr(enzyme, function.__name__) is function
        of_class = list(inspect.signature(cls).parameters.values())
        assert of_class == list(inspect.signature(function).parameters.values())


def test_the_host_is_the_one_asked_for() -> None:
    asked = os.environ.get("ENZYME_MLIR_HOST")
    assert asked in (enzyme_mlir.HOST, None)
    assert enzyme_mlir.ir is importlib.import_module(f"{enzyme_mlir.HOST}.ir")
