"""Attribute and type classes: made, parsed, recognised, read, compared and printed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from enzyme_mlir import ir, new_context
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.dialects.enzyme import (
    Activity,
    ActivityAttr,
    ArgumentOriginAttr,
    CacheType,
    FastMathFlags,
    FastMathFlagsAttr,
    GradientType,
    PseudoAliasClassAttr,
    ReturnOriginAttr,
)

ATTRIBUTES: list[tuple[Any, dict[str, Any], str]] = [
    (ActivityAttr, {"value": Activity.DUPNONEED}, "#enzyme.activity<enzyme_dupnoneed>"),
    (ArgumentOriginAttr, {"function": "f", "arg_number": 3}, "#enzyme.argorigin<@f(3)>"),
    (ReturnOriginAttr, {"function": "f", "return_number": 1}, "#enzyme.retorigin<@f(1)>"),
    (PseudoAliasClassAttr, {"function": "f", "arg_number": 0, "depth": 2}, "#enzyme.pseudoclass<@f(0, 2)>"),
    (FastMathFlagsAttr, {"value": FastMathFlags.NNAN}, "#arith.fastmath<nnan>"),
    (FastMathFlagsAttr, {"value": FastMathFlags.NNAN | FastMathFlags.NINF}, "#arith.fastmath<nnan,ninf>"),
    (FastMathFlagsAttr, {"value": FastMathFlags.NONE}, "#arith.fastmath<none>"),
    (FastMathFlagsAttr, {"value": FastMathFlags.FAST}, "#arith.fastmath<fast>"),
]
TYPES = [
    "f64",
    "tensor<2x?xf32>",
    "memref<4x4xf64, affine_map<(d0, d1) -> (d1, d0)>>",
    "!enzyme.Gradient<f64>",
    "tuple<f64, !enzyme.Cache<tensor<4xf64>>>",
    "(f64, index) -> !enzyme.Cache<f32>",
    '!other.type<a -> b, [1, 2], "text > with , brackets <">',
]


@pytest.fixture(autouse=True)
def context() -> Iterator[ir.Context]:
    with new_context() as entered:
        yield entered


@pytest.mark.parametrize(("cls", "parameters", "text"), ATTRIBUTES, ids=[text for _, _, text in ATTRIBUTES])
def test_attributes(cls: Any, parameters: dict[str, Any], text: str) -> None:
    made = cls.get(**parameters)
    assert str(made) == text
    assert isinstance(made, cls)
    assert isinstance(made, ir.Attribute)
    assert made == cls.parse(text) == ir.Attribute.parse(text)
    assert {name: getattr(made, name) for name in parameters} == parameters
    assert {name: getattr(cls.parse(text), name) for name in parameters} == parameters
    assert cls.isinstance(ir.Attribute.parse(text))


@pytest.mark.parametrize("cls", [CacheType, GradientType])
@pytest.mark.parametrize("element", TYPES)
def test_types(cls: Any, element: str) -> None:
    held = ir.Type.parse(element)
    made = cls.get(held)
    assert str(made) == f"{cls.PREFIX}<{held}>"
    assert isinstance(made, cls)
    assert isinstance(made, ir.Type)
    assert made == cls.parse(str(made)) == ir.Type.parse(str(made))
    assert cls.isinstance(ir.Type.parse(str(made)))
    assert (made.type if cls is CacheType else made.basetype) == held


def test_types_nest_and_open_again() -> None:
    inner = GradientType.get(ir.F64Type.get())
    outer = CacheType.get(CacheType.get(inner))
    assert str(outer) == "!enzyme.Cache<!enzyme.Cache<!enzyme.Gradient<f64>>>"
    assert GradientType(CacheType(outer.type).type).basetype == ir.F64Type.get()


@pytest.mark.parametrize("text", ["#enzyme.activity<enzyme_dup>", "#enzyme<activity<enzyme_dup>>"])
def test_both_spellings_of_a_dialect_attribute_are_one(text: str) -> None:
    assert ActivityAttr.parse(text) == ActivityAttr.get(Activity.DUP)
    assert str(ActivityAttr.parse(text)) == "#enzyme.activity<enzyme_dup>"


def test_different_parameters_are_different_attributes() -> None:
    assert ActivityAttr.get("dup") != ActivityAttr.get("const")
    assert ArgumentOriginAttr.get("f", 0) != ReturnOriginAttr.get("f", 0)
    assert CacheType.get(ir.F64Type.get()) != GradientType.get(ir.F64Type.get())


@pytest.mark.parametrize(
    ("cls", "text"),
    [
        (ActivityAttr, "unit"),
        (ActivityAttr, "#enzyme.argorigin<@f(0)>"),
        (ActivityAttr, "#enzyme.activityy<enzyme_dup>"),
        (ArgumentOriginAttr, "#enzyme.retorigin<@f(0)>"),
        (CacheType, "f64"),
        (CacheType, "!enzyme.Gradient<f64>"),
        (CacheType, "!enzyme.CacheLine<f64>"),
    ],
)
def test_parsing_something_else_is_refused(cls: Any, text: str) -> None:
    with pytest.raises(ValueError) as caught:
        cls.parse(text)
    assert str(caught.value) == f"{cls.__name__}: text is {text!r} (str), accepted is {cls.PREFIX}..."
    parse: Any = ir.Type.parse if cls is CacheType else ir.Attribute.parse
    assert not cls.isinstance(parse(text))


@pytest.mark.parametrize("other", [None, 3, "#enzyme.activity<enzyme_dup>", "!enzyme.Cache<f64>"])
def test_only_attributes_and_types_are_instances(other: object) -> None:
    assert not ActivityAttr.isinstance(other)
    assert not CacheType.isinstance(other)


def test_an_attribute_in_a_context_that_is_not_entered() -> None:
    other = new_context()
    made = ActivityAttr.get(Activity.CONST, other)
    origin = ArgumentOriginAttr.get("f", 2, context=other)
    assert (made.context, origin.context) == (other, other)
    assert (made.value, origin.arg_number) == (Activity.CONST, 2)
    cache = CacheType.get(ir.F64Type.get(other), other)
    assert cache.type == ir.F64Type.get(other)


@pytest.mark.parametrize("given", [Activity.DUP, "enzyme_dup", "DUP", "dup", 1])
def test_the_helper_for_one_activity(given: Any) -> None:
    assert enzyme.activity_attribute(given) == ActivityAttr.get(Activity.DUP)


def test_the_helper_takes_an_attribute_as_it_is() -> None:
    one = ir.Attribute.parse("#enzyme.activity<enzyme_const>")
    assert enzyme.activity_attribute(one) == one


def test_the_helper_for_several_activities() -> None:
    made = enzyme.activity_array_attribute([Activity.DUP, "const", 0, ActivityAttr.get("constnoneed")])
    assert str(made) == (
        "[#enzyme.activity<enzyme_dup>, #enzyme.activity<enzyme_const>, "
        "#enzyme.activity<enzyme_active>, #enzyme.activity<enzyme_constnoneed>]"
    )
    assert str(enzyme.activity_array_attribute(())) == "[]"


def test_the_helpers_take_a_context() -> None:
    other = new_context()
    assert enzyme.activity_attribute("dup", context=other).context == other
    assert enzyme.activity_array_attribute(["dup", 2], context=other).context == other
    assert ir.Context.current != other


def test_helpers_say_which_parameter_is_wrong() -> None:
    with pytest.raises(ValueError, match=r"^activity_attribute: value is 'dupp' \(str\), accepted is one of "):
        enzyme.activity_attribute("dupp")
    with pytest.raises(TypeError) as caught:
        enzyme.activity_array_attribute("dup")
    assert str(caught.value) == (
        "activity_array_attribute: values is 'dup' (str), accepted is a sequence, each item a case of Activity, or "
        "its name"
    )


@pytest.mark.parametrize("number", [0, 1, 2**32 - 1])
def test_numbers_within_bounds(number: int) -> None:
    assert ArgumentOriginAttr.get("f", number).arg_number == number
    assert PseudoAliasClassAttr.get("f", number, number).depth == number


@pytest.mark.parametrize("number", [-1, 2**32])
def test_numbers_out_of_bounds_name_the_parameter_as_python_spells_it(number: int) -> None:
    with pytest.raises(ValueError) as caught:
        ArgumentOriginAttr.get("f", number)
    assert str(caught.value) == (
        f"ArgumentOriginAttr: arg_number is {number} (int), accepted is an int from 0 to 4294967295"
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: ArgumentOriginAttr.get("f", True),
            r"ArgumentOriginAttr: arg_?[nN]umber is True \(bool\), accepted is an int",
        ),
        (
            lambda: PseudoAliasClassAttr.get("f", 0, "1"),
            r"PseudoAliasClassAttr: depth is '1' \(str\), accepted is an int",
        ),
        (
            lambda: ReturnOriginAttr.get(3, 0),
            r"ReturnOriginAttr: function is 3 \(int\), accepted is the name of a symbol",
        ),
        (lambda: CacheType.get("f64"), r"CacheType: type is 'f64' \(str\), accepted is a Type"),
        (lambda: GradientType.get(None), r"GradientType: basetype is None \(NoneType\), accepted is a Type"),
        (
            lambda: ActivityAttr.get(1.0),
            r"ActivityAttr: value is 1\.0 \(float\), accepted is a case of Activity, or its name",
        ),
    ],
    ids=["bool for int", "str for int", "int for symbol", "str for type", "None for type", "float for enum"],
)
def test_parameters_of_the_wrong_kind(make: Any, message: str) -> None:
    with pytest.raises(TypeError, match=f"^{message}$"):
        make()


@pytest.mark.parametrize("flags", [128, 1 << 20, -1, -128])
def test_unknown_flags_are_refused(flags: int) -> None:
    with pytest.raises(ValueError, match=rf"^FastMathFlagsAttr: value is {flags} \(int\), accepted is "):
        FastMathFlagsAttr.get(flags)
