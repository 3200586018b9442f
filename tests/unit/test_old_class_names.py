"""Old names of classes: each is there for type checkers, operations and enums alike."""

from __future__ import annotations

import ast

from opspec.emitters.python.module import module_text
from opspec.model.dialect import Dialect, Enum, EnumCase, Operation
from opspec.model.names import Names, OldName
from opspec.naming.policy import policy_of
from opspec.pyview.build import build_module


def _operation(name: str) -> Operation:
    old = OldName(f"was_{name}", class_name=f"Was{name.title()}Op")
    return Operation(name, f"{name.title()}Op", names=Names(old=(old,)))


def _enum(name: str) -> Enum:
    return Enum(name, "i32", cases=(EnumCase("a", 0, "a"),), names=Names(old=(OldName(f"Was{name}", is_python=True),)))


def test_every_old_name_of_a_class_is_known_to_type_checkers() -> None:
    dialect = Dialect(
        "toy", operations=tuple(map(_operation, ("run", "walk", "stop"))), enums=tuple(map(_enum, ("Mode", "Pace")))
    )
    tree = ast.parse(module_text(build_module(dialect, policy_of("mnemonic").of_dialect(dialect)), "# Generated."))
    (checked,) = (
        node
        for node in tree.body
        if isinstance(node, ast.If) and any("__getattr__" in ast.unparse(each) for each in node.orelse)
    )
    names = [
        each.name if isinstance(each, ast.ClassDef) else ast.unparse(each.targets[0])
        for each in checked.body
        if isinstance(each, (ast.ClassDef, ast.Assign))
    ]
    assert sorted(names) == ["WasMode", "WasPace", "WasRunOp", "WasStopOp", "WasWalkOp"]
