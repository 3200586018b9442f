"""Where result types follow from: single operands alone, and in a drop-in only where mlir-tblgen infers them too."""

from __future__ import annotations

import pytest

from opspec.model.dialect import Dialect, NamedValue, Operation
from opspec.naming.policy import NamingPolicy, policy_of
from opspec.notation import parse_trait, parse_value
from opspec.pyview.inference import infer_results
from opspec.pyview.printer import code


def inferred(
    trait: str, operand: str = "any", result: str = "any", *, naming: NamingPolicy | None = None, interface: str = ""
) -> tuple[list[str], bool]:
    """Where the result types come from, and whether the host infers them."""
    operation = Operation(
        "run",
        "RunOp",
        arguments=tuple(NamedValue(name, parse_value(text)) for name, text in (("a", operand), ("b", "any"))),
        results=(NamedValue("r", parse_value(result)),),
        traits=(parse_trait(trait),),
        interfaces=(interface,) if interface else (),
    )
    found = infer_results(Dialect("d", operations=(operation,)), operation, naming or NamingPolicy())
    return [code(expression) for expression in found.sources], found.by_host


@pytest.mark.parametrize(
    ("trait", "expected"),
    [
        ("AllTypesMatch(a, r)", "_rt.type_from('a')"),
        ("AllTypesMatch(r, b, a)", "_rt.type_from('b')"),
        ("TypesMatchWith(r = same(a))", "_rt.type_from('a')"),
        ("TypesMatchWith(r = element_type(a))", "_rt.element_from('a')"),
        ("SameOperandsAndResultType", "_rt.type_from('a')"),
    ],
)
def test_a_result_type_follows_from_a_single_operand(trait: str, expected: str) -> None:
    assert inferred(trait) == ([expected.replace("'", '"')], False)


@pytest.mark.parametrize("operand", ["variadic any", "optional any"])
@pytest.mark.parametrize(
    "trait", ["AllTypesMatch(a, r)", "TypesMatchWith(r = same(a))", "TypesMatchWith(r = element_type(a))"]
)
def test_nothing_follows_from_an_operand_that_may_be_none_or_many(operand: str, trait: str) -> None:
    assert inferred(trait, operand) == ([], False)


@pytest.mark.parametrize("operand", ["variadic any", "optional any"])
def test_the_next_single_operand_is_the_source(operand: str) -> None:
    assert inferred("AllTypesMatch(a, b, r)", operand) == (['_rt.type_from("b")'], False)
    assert inferred("SameOperandsAndResultType", operand) == (['_rt.type_from("b")'], False)


@pytest.mark.parametrize(
    "trait", ["AllTypesMatch(a, b)", "TypesMatchWith(b = same(a))", "TypesMatchWith(r = parameter(a, d.T.x))", "Pure"]
)
def test_nothing_follows_from_what_is_about_other_parts(trait: str) -> None:
    assert inferred(trait) == ([], False)


@pytest.mark.parametrize("result", ["variadic any", "optional any"])
def test_the_number_of_results_does_not_follow(result: str) -> None:
    assert inferred("AllTypesMatch(a, r)", "any", result) == ([], False)


def test_a_drop_in_infers_what_upstream_infers() -> None:
    upstream = policy_of("upstream")
    assert inferred("AllTypesMatch(a, r)", naming=upstream) == ([], False)
    assert inferred("Pure", naming=upstream, interface="InferTypeOpInterface") == ([], True)
    assert inferred("AllTypesMatch(a, r)", naming=upstream, interface="InferTypeOpInterface") == (
        ['_rt.type_from("a")'],
        False,
    )
    assert inferred("SameOperandsAndResultType", naming=upstream) == (['_rt.type_from("a")'], False)
    assert inferred("SameOperandsAndResultType", "variadic any", "variadic any", naming=upstream) == ([], False)
    assert inferred("Pure", interface="InferTypeOpInterface") == ([], True)
