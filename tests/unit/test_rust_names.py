"""Names in Rust: keywords, what generated code uses itself, and two things that would be called alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.model.constraints import AnyConstraint, Attribute, AttributeKind, Value
from opspec.model.dialect import Dialect, Enum, EnumCase, NamedAttribute, NamedValue, Operation
from opspec.model.names import ChosenName, Names
from opspec.naming.rust import RsScope, rs_name, rust_policy
from opspec.spec.load import load_dialect

ROOT = Path(__file__).parents[2]


def enzyme() -> Dialect:
    found = load_dialect(ROOT / "opspecs" / "enzyme" / "dialect.yaml", Diagnostics())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("yield", "r#yield"),
        ("self", "self_"),
        ("Self", "Self_"),
        ("crate", "crate_"),
        ("gen", "r#gen"),
        ("match", "r#match"),
        ("value", "value"),
        ("2d", "_2d"),
        ("a-b", "a_b"),
        ("_", "unnamed"),
        ("größe", "gr__e"),
    ],
)
def test_any_text_becomes_a_legal_name(text: str, name: str) -> None:
    assert rs_name(text) == name


def test_a_name_is_given_once() -> None:
    scope = RsScope({"taken"})
    assert [scope.name(text) for text in ("taken", "taken", "loop", "loop", "other")] == [
        "taken_2",
        "taken_3",
        "r#loop",
        "loop_2",
        "other",
    ]


def test_names_of_the_family_follow_melior() -> None:
    dialect = enzyme()
    names = rust_policy(dialect)
    functions = {operation.mnemonic: str(names.function(operation)) for operation in dialect.operations}
    assert {name: functions[name] for name in ("autodiff", "addTo", "genericAdjoint", "yield", "set")} == {
        "autodiff": "autodiff",
        "addTo": "add_to",
        "genericAdjoint": "generic_adjoint",
        "yield": "r#yield",
        "set": "set",
    }
    assert names.operation(dialect.operation("fwddiff")) == "ForwardDiffOperation"
    assert names.related_type(dialect.operation("fwddiff"), "Options") == "ForwardDiffOptions"
    assert names.related_function(dialect.operation("yield"), "results") == "yield_results"
    assert list(names.cases(dialect.enum("Activity")).values()) == [
        "Active",
        "Dup",
        "Const",
        "DupNoNeed",
        "ActiveNoNeed",
        "ConstNoNeed",
    ]
    assert [str(names.definition(each)) for each in dialect.definitions] == [
        "ActivityAttribute",
        "ArgumentOriginAttribute",
        "PseudoAliasClassAttribute",
        "ReturnOriginAttribute",
        "FastMathFlagsAttribute",
        "CacheType",
        "GradientType",
    ]


def test_what_a_module_uses_itself_is_not_taken() -> None:
    case = EnumCase("Self", 0, "self")
    value = Value(AnyConstraint())
    run = Operation(
        "array",
        "ContextOp",
        (NamedValue("context", value), NamedAttribute("location", Attribute(AttributeKind.BOOL))),
        (NamedValue("operation", value),),
    )
    dialect = Dialect("declared", enums=(Enum("Attribute", "i32", (case,)),), operations=(run,))
    names = rust_policy(dialect)
    assert names.module(dialect) == "declared_dialect"
    assert names.function(run) == "array_2"
    assert names.enum(dialect.enums[0]) == "Attribute2"
    assert names.cases(dialect.enums[0]) == {"Self": "CaseSelf"}
    assert names.parts(run) == {"context": "context_2", "location": "location_2", "operation": "operation_2"}


def test_parts_that_facts_only_number_are_called_as_a_person_calls_them() -> None:
    """Other names of overlays are Python's."""
    chosen = Names(chosen=ChosenName("sendbuff"))
    parts = tuple(NamedValue(name, Value(AnyConstraint()), names=chosen) for name in ("operand_0", "data"))
    bare = NamedValue("operand_1", Value(AnyConstraint()))
    operation = Operation("send", "SendOp", arguments=(*parts, bare))
    names = rust_policy(Dialect("d", operations=(operation,))).parts(operation)
    assert names == {"operand_0": "sendbuff", "data": "data", "operand_1": "operand_1"}
