"""A generated module imports what its code uses: names and words of a spec that look like it change nothing."""

from __future__ import annotations

import ast

import pytest

from opspec.emitters.python.module import module_text
from opspec.model.constraints import AnyConstraint, Attribute, AttributeConstraint, AttributeKind, Value
from opspec.model.dialect import Dialect, Doc, NamedAttribute, NamedValue, Operation
from opspec.model.names import Names, OldName
from opspec.naming.policy import policy_of
from opspec.pyview.build import build_module

X = NamedValue("x", Value(AnyConstraint()))


def _imported(operation: Operation) -> set[str]:
    """What the module of a dialect with this operation imports of the standard library; all of it is used."""
    dialect = Dialect("toy", operations=(operation,))
    text = module_text(build_module(dialect, policy_of("mnemonic").of_dialect(dialect)), "# Generated.")
    tree = ast.parse(text)
    bound = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module in ("typing", "collections.abc")
        for alias in node.names
    }
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    assert bound <= used
    return bound


@pytest.mark.parametrize("mnemonic", ["call_overload", "get_any", "Sequence", "type_checking"])
def test_a_name_that_looks_like_an_import_makes_none(mnemonic: str) -> None:
    operation = Operation(mnemonic, "HostileOp", arguments=(X,), doc=Doc("Has _Any[int], _overload and _Sequence[x]."))
    assert _imported(operation) == set()


@pytest.mark.parametrize(
    ("constraint", "imported"),
    [
        (AttributeKind.STRING, set()),
        (AttributeKind.ARRAY, {"_Sequence", "_Any"}),
        (AttributeKind.DICTIONARY, {"_Mapping", "_Any"}),
        (AttributeKind.ELEMENTS, {"_Any"}),
        (AttributeKind.SYMBOL_REF, {"_Sequence"}),
    ],
)
def test_what_types_need_is_imported(constraint: AttributeConstraint, imported: set[str]) -> None:
    attribute = NamedAttribute("held", Attribute(constraint))
    assert _imported(Operation("run", "RunOp", arguments=(X, attribute))) == imported


def test_old_names_of_parts_need_overloads() -> None:
    renamed = NamedValue("x", Value(AnyConstraint()), names=Names(old=(OldName("y"),)))
    assert "_overload" in _imported(Operation("run", "RunOp", arguments=(renamed,)))
