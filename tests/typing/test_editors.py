"""Editors know the parameters of builders and of classes, which have their builder's: asked of jedi, as editors ask."""

from __future__ import annotations

from pathlib import Path

import pytest

jedi = pytest.importorskip("jedi")

PACKAGE = Path(__file__).parents[2] / "generated" / "python"


def signatures(module: str, name: str) -> list[str]:
    """What an editor shows behind `name(`, without annotations."""
    code = f"from enzyme_mlir.dialects.{module} import {name}\n{name}("
    script = jedi.Script(code, project=jedi.Project(str(PACKAGE), sys_path=[str(PACKAGE)], smart_sys_path=False))
    found = script.get_signatures(2, len(name) + 1)
    return [", ".join(parameter.name for parameter in each.params) for each in found]


@pytest.mark.parametrize(
    ("module", "function", "cls"),
    [
        ("enzyme", "autodiff", "AutoDiffOp"),
        ("enzyme", "autodiff_region", "AutoDiffRegionOp"),
        ("enzyme", "init", "InitOp"),
        ("enzyme", "yield_", "YieldOp"),
        ("impulse", "infer", "InferOp"),
    ],
)
def test_a_class_has_the_parameters_of_its_builder(module: str, function: str, cls: str) -> None:
    (known,) = signatures(module, function)
    assert known.endswith("loc, ip, verify")
    assert signatures(module, cls) == [known]


def test_the_parameters_are_those_of_the_operation() -> None:
    assert signatures("enzyme", "AutoDiffOp") == [
        "fn, inputs, activity, ret_activity, results, width, strong_zero, atomic_add, loc, ip, verify"
    ]
