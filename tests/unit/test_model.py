"""Questions that the model answers."""

from __future__ import annotations

import pytest

from opspec.model.constraints import (
    AnyConstraint,
    ArrayOf,
    Attribute,
    AttributeConstraint,
    Builtin,
    Confined,
    DefinitionReference,
    EnumReference,
    Multiplicity,
    Parameter,
    ParameterKind,
    Refinement,
    Value,
)
from opspec.model.dialect import (
    AttributeDefinition,
    Dialect,
    Enum,
    EnumCase,
    NamedAttribute,
    NamedParameter,
    NamedValue,
    Operation,
    OperationGroup,
)

A, B, C = (Operation(name, f"{name.title()}Op") for name in ("a", "b", "c"))
MODE = Enum("Mode", "i32", (EnumCase("slow", 0, "slow"),))


def test_operations_stand_in_their_groups_and_the_others_behind() -> None:
    assert Dialect("toy", operations=(A, B, C)).grouped == (("", (A, B, C)),)
    grouped = Dialect("toy", operations=(A, B, C), groups=(OperationGroup("First", ("c", "gone")),)).grouped
    assert grouped == (("First", (C,)), ("Others", (A, B)))
    whole = Dialect("toy", operations=(A, B), groups=(OperationGroup("One", ("b",)), OperationGroup("Two", ("a",))))
    assert whole.grouped == (("One", (B,)), ("Two", (A,)))


def _definition(mnemonic: str, *constraints: EnumReference | ParameterKind) -> AttributeDefinition:
    parameters = tuple(NamedParameter(f"p{i}", Parameter(each)) for i, each in enumerate(constraints))
    return AttributeDefinition(mnemonic, f"{mnemonic.title()}Attr", parameters, None)


DIALECT = Dialect(
    "toy",
    enums=(MODE,),
    attributes=(
        _definition("mode", EnumReference("Mode")),
        _definition("two", EnumReference("Mode"), EnumReference("Mode")),
        _definition("plain", ParameterKind.TYPE),
    ),
)


@pytest.mark.parametrize(
    ("constraint", "is_mode"),
    [
        (EnumReference("Mode"), True),
        (EnumReference("Other"), False),
        (Confined(EnumReference("Mode"), (Refinement("positive"),)), True),
        (DefinitionReference("toy", "mode"), True),
        (DefinitionReference("other", "mode"), False),
        (DefinitionReference("toy", "two"), False),
        (DefinitionReference("toy", "plain"), False),
        (ArrayOf(EnumReference("Mode")), False),
        (Builtin("f32"), False),
    ],
)
def test_the_enum_of_an_attribute(constraint: AttributeConstraint, is_mode: bool) -> None:
    assert DIALECT.enum_of(constraint) == (MODE if is_mode else None)


VALUES = NamedValue("values", Value(AnyConstraint(), Multiplicity.VARIADIC))
ONE = NamedValue("one", Value(AnyConstraint()))
MAYBE = NamedAttribute("maybe", Attribute(Builtin("f32"), optional=True))
NEEDED = NamedAttribute("needed", Attribute(Builtin("f32")))


@pytest.mark.parametrize(
    ("operation", "passes"),
    [
        (Operation("yield", "YieldOp", arguments=(VALUES,)), True),
        (Operation("yield", "YieldOp", arguments=(VALUES, MAYBE)), True),
        (Operation("yield", "YieldOp", arguments=(VALUES, NEEDED)), False),
        (Operation("yield", "YieldOp", arguments=(NEEDED,)), False),
        (Operation("yield", "YieldOp", arguments=(ONE,)), False),
        (Operation("yield", "YieldOp", arguments=(VALUES, ONE)), False),
        (Operation("yield", "YieldOp", arguments=(VALUES,), results=(ONE,)), False),
        (Operation("yield", "YieldOp"), False),
    ],
)
def test_what_passes_a_list_of_values_on(operation: Operation, passes: bool) -> None:
    assert operation.passes_values_on is passes
