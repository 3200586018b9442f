"""Python values for every kind of attribute, and existing attributes against every constraint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from enzyme_mlir import _runtime as rt
from enzyme_mlir import ir, new_context
from enzyme_mlir._runtime.attributes import held
from enzyme_mlir._runtime.numeric import integer_value
from enzyme_mlir.dialects.enzyme import Activity, ActivityAttr, AtomicOrdering, FastMathFlags

numpy = pytest.importorskip("numpy")


@pytest.fixture(autouse=True)
def context() -> Iterator[ir.Context]:
    with new_context() as entered:
        yield entered


class Symbol:
    """An operation that defines a symbol, made where there is a context."""

    def __call__(self) -> Any:
        with ir.Location.unknown():
            return ir.Operation.create("test.symbol", attributes={"sym_name": ir.StringAttr.get("f")})


def positive() -> Any:
    return rt.confined(rt.integer_of("i", 64), ("positive", 0), ("power_of_two", 0))


# (coercer, given, text): what is callable and no class makes its value where there is a context.
ACCEPTED: list[tuple[Any, Any, str]] = [
    (rt.bool_attribute, True, "true"),
    (rt.bool_attribute, numpy.bool_(False), "false"),
    (rt.integer_of("i", 8), -128, "-128 : i8"),
    (rt.integer_of("i", 8), 255, "-1 : i8"),
    (rt.integer_of("i", 8), numpy.int64(7), "7 : i8"),
    (rt.integer_of("i", 8), numpy.array(7), "7 : i8"),
    (rt.integer_of("i", 1), 1, "true"),
    (rt.integer_of("i", 1), lambda: ir.BoolAttr.get(False), "false"),
    (rt.integer_of("i", 64), 2**64 - 1, "-1 : i64"),
    (rt.integer_of("i", 128), 2**100, f"{2**100} : i128"),
    (rt.integer_of("si", 16), -(2**15), "-32768 : si16"),
    (rt.integer_of("ui", 64), 2**64 - 1, f"{2**64 - 1} : ui64"),
    (rt.integer_of("ui", 64), lambda: ir.Attribute.parse("5 : ui64"), "5 : ui64"),
    (rt.integer_of("int", 8), lambda: ir.Attribute.parse("5 : si8"), "5 : si8"),
    (rt.any_integer, -3, "-3 : i64"),
    (rt.any_integer, lambda: ir.Attribute.parse(f"{2**100} : i128"), f"{2**100} : i128"),
    (rt.index_attribute, 3, "3 : index"),
    (rt.float_of("f64"), 3, "3.000000e+00 : f64"),
    (rt.float_of("f32"), numpy.float32(0.5), "5.000000e-01 : f32"),
    (rt.float_of("f32"), float("inf"), "0x7F800000 : f32"),
    (rt.float_of("bf16"), 1.0, "1.000000e+00 : bf16"),
    (rt.any_float, lambda: ir.Attribute.parse("1.0 : f16"), "1.000000e+00 : f16"),
    (rt.string, "ü\n", r'"\C3\BC\0A"'),
    (rt.symbol_name, "f", '"f"'),
    (rt.flat_symbol_ref, "@f", "@f"),
    (rt.flat_symbol_ref, "std::f", '@"std::f"'),
    (rt.flat_symbol_ref, Symbol(), "@f"),
    (rt.symbol_ref, "m::f", "@m::@f"),
    (rt.symbol_ref, "@m::@f", "@m::@f"),
    (rt.symbol_ref, ["m", "std::f"], '@m::@"std::f"'),
    (rt.symbol_ref, ("f",), "@f"),
    (rt.symbol_ref, Symbol(), "@f"),
    (rt.type_attribute, ir.F32Type.get, "f32"),
    (rt.type_attribute_of(rt.builtin_type("float")), ir.BF16Type.get, "bf16"),
    (rt.type_attribute_of(rt.integer_type("i", 8)), lambda: ir.TypeAttr.get(ir.Type.parse("i8")), "i8"),
    (rt.unit, True, "unit"),
    (rt.affine_map, lambda: ir.AffineMap.get_identity(2), "affine_map<(d0, d1) -> (d0, d1)>"),
    (rt.integer_set, lambda: ir.IntegerSet.get_empty(1, 0), "affine_set<(d0) : (1 == 0)>"),
    (rt.location, ir.Location.unknown, "loc(unknown)"),
    (rt.array, [1, 2.0, "x", True, [numpy.int8(1)]], '[1, 2.000000e+00, "x", true, [1]]'),
    (rt.array_of(rt.string), ("a", "b"), '["a", "b"]'),
    (rt.array_of(rt.integer_of("i", 32)), numpy.arange(2), "[0 : i32, 1 : i32]"),
    (rt.array_of(rt.array_of(rt.bool_attribute)), [[True], []], "[[true], []]"),
    (rt.array_of(rt.dictionary), [{"a": 1}, {}], "[{a = 1 : i64}, {}]"),
    (rt.dense_array("i1"), [True, numpy.False_], "array<i1: true, false>"),
    (rt.dense_array("i8"), [127, -128], "array<i8: 127, -128>"),
    (rt.dense_array("i64"), numpy.array([1, 2]), "array<i64: 1, 2>"),
    (rt.dense_array("i64"), (n for n in (1, 2)), "array<i64: 1, 2>"),
    (rt.dense_array("f32"), [1, 0.5], "array<f32: 1.000000e+00, 5.000000e-01>"),
    (rt.dense_array("f64"), numpy.ones(1), "array<f64: 1.000000e+00>"),
    (rt.dense_array("i32"), [], "array<i32>"),
    (rt.dictionary, {"a": {"b": [1]}}, "{a = {b = [1]}}"),
    (rt.elements, numpy.array([[1, 2], [3, 4]]).T, "dense<[[1, 3], [2, 4]]> : tensor<2x2xi64>"),
    (rt.elements, numpy.array([True]), "dense<true> : tensor<1xi1>"),
    (rt.elements, [[1, 2.5]], "dense<[[1.000000e+00, 2.500000e+00]]> : tensor<1x2xf64>"),
    (rt.elements, [], "dense<> : tensor<0xi64>"),
    (rt.elements, [True, False], "dense<[true, false]> : tensor<2xi1>"),
    (rt.elements, 3, "dense<3> : tensor<i64>"),
    (rt.elements, lambda: ir.Attribute.parse("sparse<0, 1> : tensor<2xi64>"), "sparse<0, 1> : tensor<2xi64>"),
    (rt.any_attribute, numpy.float64(0.5), "5.000000e-01 : f64"),
    (rt.any_attribute, numpy.array([0.5]), "dense<5.000000e-01> : tensor<1xf64>"),
    (rt.any_attribute, ir.F32Type.get, "f32"),
    (rt.any_attribute, {"x": [True]}, "{x = [true]}"),
    (rt.any_attribute, Symbol(), "@f"),
    (positive(), 8, "8 : i64"),
    (positive(), 1, "1 : i64"),
    (rt.confined(rt.any_integer, ("non_zero", 0)), -1, "-1 : i64"),
    (rt.confined(rt.any_integer, ("non_negative", 0)), 0, "0 : i64"),
    (rt.confined(rt.any_integer, ("non_positive", 0)), 0, "0 : i64"),
    (rt.confined(rt.any_integer, ("min", 2), ("max", 2)), 2, "2 : i64"),
    (rt.confined(rt.any_integer, ("opaque", 0)), 2, "2 : i64"),
    (rt.float_of("bf16"), 2.0**127, "1.701410e+38 : bf16"),
    (rt.confined(rt.integer_of("ui", 64), ("min", 1)), 2**64 - 1, f"{2**64 - 1} : ui64"),
    (rt.confined(rt.array, ("min_count", 1), ("max_count", 2)), [1], "[1]"),
    (rt.confined(rt.dense_array("i64"), ("count", 2)), [1, 2], "array<i64: 1, 2>"),
    (rt.any_of(rt.string, rt.integer_of("i", 32)), 3, "3 : i32"),
    (rt.any_of(rt.string, rt.integer_of("i", 32)), "3", '"3"'),
    (rt.enum_attribute(AtomicOrdering, "i", 32), "acq_rel", "6 : i32"),
    (rt.enum_attribute(AtomicOrdering, "i", 32), numpy.int16(7), "7 : i32"),
    (rt.enum_attribute(FastMathFlags, "i", 32), "nnan|ninf", "6 : i32"),
    (rt.enum_attribute(FastMathFlags, "i", 32), 0, "0 : i32"),
    (rt.enum_attribute(FastMathFlags, "i", 32), numpy.int32(0), "0 : i32"),
    (rt.enum_attribute(FastMathFlags, "i", 32), FastMathFlags.NNAN & FastMathFlags.NINF, "0 : i32"),
    (rt.enum_attribute(FastMathFlags, "i", 32), 127, "127 : i32"),
    (rt.enum_attribute(AtomicOrdering, "i", 32), 0, "0 : i32"),
    (rt.enum_attribute(FastMathFlags, "i", 32), ~FastMathFlags.NNAN, "125 : i32"),
    (ActivityAttr.coerce, Activity.DUP, "#enzyme.activity<enzyme_dup>"),
]

# (coercer, given, the message behind "op: x is ")
ENDLESS: list[Any] = []
ENDLESS.append(ENDLESS)

REFUSED: list[tuple[Any, Any, type[Exception], str]] = [
    (rt.bool_attribute, 1, TypeError, "1 (int), accepted is a bool"),
    (rt.bool_attribute, None, TypeError, "None (NoneType), accepted is a bool"),
    (rt.integer_of("i", 8), True, TypeError, "True (bool), accepted is an int or an attribute of type i8"),
    (rt.integer_of("i", 8), numpy.True_, TypeError, "np.True_ (bool), accepted is an int or an attribute of type i8"),
    (rt.integer_of("i", 8), 256, ValueError, "256 (int), accepted is an int of 8 bits (-128 to 255)"),
    (rt.integer_of("ui", 8), -1, ValueError, "-1 (int), accepted is an int of 8 bits (0 to 255)"),
    (rt.integer_of("si", 8), 128, ValueError, "128 (int), accepted is an int of 8 bits (-128 to 127)"),
    (rt.integer_of("i", 64), -(2**63) - 1, ValueError, "accepted is an int of 64 bits"),
    (rt.integer_of("i", 64), "5 : i32", ValueError, "accepted is an int or an attribute of type i64"),
    (rt.integer_of("i", 64), "5 : index", ValueError, "accepted is an int or an attribute of type i64"),
    (rt.integer_of("si", 64), "5 : i64", ValueError, "accepted is an int or an attribute of type si64"),
    (
        rt.integer_of("i", 8),
        "1 : si8",
        ValueError,
        "accepted is an int or an attribute of type i8",
    ),
    (
        rt.integer_of("i", 8),
        "1 : ui8",
        ValueError,
        "accepted is an int or an attribute of type i8",
    ),
    (rt.integer_of("si", 8), "1 : ui8", ValueError, "accepted is an int or an attribute of type si8"),
    (rt.integer_of("ui", 8), "1 : i8", ValueError, "accepted is an int or an attribute of type ui8"),
    (rt.integer_of("ui", 8), "1 : si8", ValueError, "accepted is an int or an attribute of type ui8"),
    (rt.integer_of("int", 8), "1 : i16", ValueError, "accepted is an int or an attribute of type int8"),
    (rt.integer_of("int", 8), "1 : index", ValueError, "accepted is an int or an attribute of type int8"),
    (rt.float_of("bf16"), 3.5e38, ValueError, "accepted is a float that bf16 has room for"),
    (rt.float_of("f8E4M3FN"), 500.0, ValueError, "accepted is a float that f8E4M3FN has room for"),
    (rt.confined(rt.any_integer, ("non_zero", 0)), 0, ValueError, "0 (int), accepted is an int that is not zero"),
    (rt.confined(rt.any_integer, ("non_positive", 0)), 1, ValueError, "accepted is an int that is not positive"),
    (rt.integer_of("i", 64), "1.0 : f64", TypeError, "accepted is an int or an attribute of type i64"),
    (rt.any_integer, 2**64, ValueError, "accepted is an int of 64 bits"),
    (rt.any_integer, "1.0 : f64", TypeError, "accepted is an int or an IntegerAttr"),
    (rt.index_attribute, 2**63, ValueError, "accepted is an int of 64 bits"),
    (rt.index_attribute, "5 : i64", ValueError, "accepted is an int or an attribute of type index"),
    (rt.float_of("f32"), 1e300, ValueError, "accepted is a float that f32 has room for"),
    (rt.float_of("f16"), 1e6, ValueError, "accepted is a float that f16 has room for"),
    (rt.float_of("f64"), 10**400, ValueError, "accepted is a float that f64 has room for"),
    (rt.float_of("f64"), "1.0 : f32", ValueError, "accepted is a float or an attribute of type f64"),
    (rt.float_of("f64"), True, TypeError, "accepted is a float"),
    (rt.any_float, "5 : i64", TypeError, "accepted is a float"),
    (rt.string, "\ud800", ValueError, "accepted is text that UTF-8 can write"),
    (rt.string, b"x", TypeError, "accepted is a str"),
    (rt.string, "unit", TypeError, "accepted is a str"),
    (rt.symbol_name, "", ValueError, "accepted is a name that is not empty"),
    (rt.flat_symbol_ref, "@", ValueError, "accepted is the name of a function, or the function"),
    (rt.flat_symbol_ref, "@m::@f", TypeError, "accepted is the name of a function, or the function"),
    (rt.flat_symbol_ref, "\ud800", ValueError, "accepted is text that UTF-8 can write"),
    (rt.symbol_ref, "m::", ValueError, "accepted is the name of a function"),
    (rt.symbol_ref, [], ValueError, "accepted is one name or more"),
    (rt.symbol_ref, ["m", 3], TypeError, "x[1] is 3 (int), accepted is a name on the way to a function"),
    (rt.symbol_ref, 3, TypeError, "accepted is the name of a function"),
    (rt.type_attribute, "unit", TypeError, "accepted is a Type"),
    (rt.type_attribute_of(rt.builtin_type("float")), "i32", ValueError, "accepted is a Type: float"),
    (rt.type_attribute_of(rt.integer_type("i", 8)), ir.F32Type, ValueError, "accepted is a Type: i8"),
    (rt.unit, False, TypeError, "accepted is a bool"),
    (rt.unit, "true", TypeError, "accepted is a bool"),
    (rt.affine_map, "affine_set<(d0) : (d0 >= 0)>", TypeError, "accepted is an AffineMap"),
    (rt.integer_set, "affine_map<() -> ()>", TypeError, "accepted is an IntegerSet"),
    (rt.location, "unit", TypeError, "accepted is a Location"),
    (rt.array_of(rt.string), ["a", 3], TypeError, "x[1] is 3 (int), accepted is a str"),
    (
        rt.array_of(rt.string),
        '["a", 3 : i64]',
        TypeError,
        "x[1] is IntegerAttr(3 : i64) (IntegerAttr), accepted is a str",
    ),
    (rt.array_of(rt.flat_symbol_ref), '["a"]', TypeError, 'x[0] is StringAttr("a") (StringAttr), accepted is @a'),
    (rt.array_of(rt.string), "unit", TypeError, "accepted is a sequence, each item a str"),
    (rt.array_of(ActivityAttr.coerce), "[#enzyme.activity<enzyme_dpu>]", ValueError, "did you mean 'enzyme_dup'?"),
    (rt.dense_array("i8"), [1, 128], ValueError, "x[1] is 128 (int), accepted is an int of 8 bits (-128 to 127)"),
    (rt.dense_array("i8"), [True], TypeError, "x[0] is True (bool), accepted is an int"),
    (rt.dense_array("i64"), numpy.array([0.5]), TypeError, "accepted is an int"),
    (rt.dense_array("i64"), numpy.array([[1]]), TypeError, "accepted is an int"),
    (rt.dense_array("f32"), [1e300], ValueError, "accepted is a float that f32 has room for"),
    (rt.dense_array("i1"), [1], TypeError, "accepted is a bool"),
    (rt.dense_array("i64"), "array<i32: 1>", TypeError, "accepted is a sequence of ints"),
    (rt.dictionary, {3: 1}, TypeError, "a name in x is 3 (int), accepted is a str"),
    (rt.dictionary, {"": 1}, ValueError, "accepted is a name that is not empty"),
    (rt.dictionary, {"a": {"b": object}}, TypeError, "x['a']['b'] is"),
    (rt.dictionary, "[]", TypeError, "accepted is a mapping of names to attributes"),
    (rt.elements, [[1], [1, 2]], ValueError, "x[1] is [1, 2] (list), accepted is of shape [1], as the first"),
    (rt.elements, ["a"], TypeError, "accepted is a float"),
    (rt.elements, ENDLESS, ValueError, "x is [[...]] (list), accepted is what is not nested so deeply"),
    (rt.elements, numpy.array([1j]), TypeError, "accepted is an array of bools, ints or floats"),
    (rt.elements, "array<i64: 1>", TypeError, "accepted is an elements attribute"),
    (rt.any_attribute, object, TypeError, "accepted is an Attribute"),
    (rt.any_attribute, None, TypeError, "accepted is an Attribute"),
    (rt.any_attribute, Activity.DUP, TypeError, "Activity.DUP, accepted is an Attribute"),
    (rt.any_attribute, 2**70, ValueError, "accepted is an int of 64 bits"),
    (positive(), 0, ValueError, "0 (int), accepted is an int that is positive"),
    (positive(), 6, ValueError, "6 (int), accepted is an int that is a power of two"),
    (positive(), "-4 : i64", ValueError, "accepted is an int that is positive"),
    (rt.confined(rt.any_integer, ("max", 3)), f"{2**100} : i128", ValueError, "accepted is an int that is at most 3"),
    (rt.confined(rt.array, ("min_count", 1)), [], ValueError, "accepted is an array of length 1 or more"),
    (
        rt.any_of(rt.string, rt.integer_of("i", 8)),
        300,
        ValueError,
        "accepted is a str or an int of 8 bits (-128 to 255)",
    ),
    (rt.any_of(rt.string, rt.bool_attribute), 3, TypeError, "accepted is a str or a bool"),
    (rt.enum_attribute(AtomicOrdering, "i", 32), "3 : i32", ValueError, "3 (int), accepted is one of 0, 1, 2, 4"),
    (
        rt.enum_attribute(AtomicOrdering, "i", 32),
        "4 : i64",
        ValueError,
        "accepted is an int or an attribute of type i32",
    ),
    (rt.enum_attribute(AtomicOrdering, "i", 32), "ACQUIR", ValueError, "did you mean 'acquire'?"),
    (rt.enum_attribute(AtomicOrdering, "i", 32), "relaese", ValueError, "did you mean 'release'?"),
    (rt.enum_attribute(FastMathFlags, "i", 32), FastMathFlags.NNAN | 1024, ValueError, "1026"),
    (rt.enum_attribute(FastMathFlags, "i", 32), -1, ValueError, "-1 (int), accepted is one of 0, 1"),
    (rt.enum_attribute(FastMathFlags, "i", 32), 128, ValueError, "128 (int), accepted is one of 0, 1"),
    (rt.enum_attribute(FastMathFlags, "i", 32), "nnan|infn", ValueError, "did you mean 'ninf'?"),
    (rt.enum_attribute(FastMathFlags, "i", 32), Activity.DUP, TypeError, "accepted is a case of FastMathFlags"),
]


def made(given: Any) -> Any:
    """The value of a case: what is callable and no class is called here, where there is a context."""
    return given() if callable(given) and not isinstance(given, type) else given


@pytest.mark.parametrize(("coerce", "given", "text"), ACCEPTED, ids=[text for _, _, text in ACCEPTED])
def test_accepted(coerce: Any, given: Any, text: str) -> None:
    attribute = coerce(made(given), "op", "x")
    assert isinstance(attribute, ir.Attribute)
    assert str(attribute) == text
    assert held(coerce, attribute, "op", "x") == attribute  # what is made satisfies the constraint
    assert held(coerce, ir.Attribute(attribute), "op", "x") == attribute  # also as an object of no class


@pytest.mark.parametrize(("coerce", "given", "error", "said"), REFUSED, ids=[said for _, _, _, said in REFUSED])
def test_refused(coerce: Any, given: Any, error: type[Exception], said: str) -> None:
    """Texts that are attributes stand for those: they are what a rule checks in existing IR."""
    given = attribute_or_value(given)
    with pytest.raises((TypeError, ValueError)) as caught:
        coerce(given, "op", "x")
    assert caught.type is error
    assert str(caught.value).startswith("op: ")
    assert said in str(caught.value)


def attribute_or_value(given: Any) -> Any:
    """The attribute that a text writes; else the value itself."""
    if isinstance(given, type) and given is not object:
        return given.get()
    if (isinstance(given, str) and any(mark in given for mark in (" : ", "[", "<", "@m"))) or given in (
        "unit",
        "true",
        "i32",
    ):
        return ir.Attribute.parse(given)
    return given


def test_an_attribute_of_another_context_does_not_get_into_an_array_or_dictionary() -> None:
    with new_context():
        foreign = ir.StringAttr.get("x")
    for coerce, given in ((rt.array, [foreign]), (rt.dictionary, {"a": foreign})):
        with pytest.raises(ValueError, match="accepted is an attribute of the current context"):
            coerce(given, "op", "x")


def test_the_attributes_are_taken_as_they_are() -> None:
    """No copy, no conversion: the same object comes back."""
    for text, coerce in (("5 : i64", rt.integer_of("i", 64)), ('["a"]', rt.array_of(rt.string)), ("@f", rt.symbol_ref)):
        attribute = ir.Attribute.parse(text)
        assert coerce(attribute, "op", "x") is attribute


def test_numbers_in_wide_attributes_are_read_without_an_abort() -> None:
    for number, kind in ((2**127 - 1, "i128"), (-(2**100), "si128"), (2**64 - 1, "ui64"), (-1, "i64"), (5, "index")):
        assert integer_value(ir.Attribute.parse(f"{number} : {kind}")) == number
