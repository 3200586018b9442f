"""Assembly formats: what `print` writes `parse` reads, also where values hold brackets, strings and arrows."""

from __future__ import annotations

import pytest

from opspec.notation.assembly import AssemblyFormat
from opspec.notation.scanning import split_list

ANGLED = "`<` $type `>`"
PAIR = "`<` $function `(` $argNumber `,` $depth `)` `>`"

VALUES = (
    "f64",
    "tensor<4x?xf32>",
    "memref<4xf32, strided<[1], offset: ?>, 3>",
    "(i32, f64) -> (i1, memref<?xi8>)",
    "() -> ()",
    "tuple<tuple<>, !d.t<[1, 2], {a = 1}>>",
    '"a > b"',
    '"a \\" > b, c) -> \\\\"',
    '#d.a<"[[[", 1>',
    "affine_map<(d0, d1) -> (d1 + 1)>",
)


@pytest.mark.parametrize("value", VALUES)
def test_a_parameter_in_angle_brackets_reads_back(value: str) -> None:
    form = AssemblyFormat(ANGLED)
    assert form.print({"type": value}) == f"<{value}>"
    assert form.parse(f"<{value}>") == {"type": value}


@pytest.mark.parametrize("value", VALUES)
def test_several_parameters_read_back(value: str) -> None:
    form = AssemblyFormat("`<` $a `,` $b `:` $c `>`")
    parameters = {"a": value, "b": "7", "c": value}
    assert form.print(parameters) == f"<{value}, 7 : {value}>"
    assert form.parse(form.print(parameters)) == parameters


@pytest.mark.parametrize(
    ("text", "parameters", "printed"),
    [
        (PAIR, {"function": "@f", "argNumber": "0", "depth": "2"}, "<@f(0, 2)>"),
        ("`<` $value `>`", {"value": "none"}, "<none>"),
        ("`<` `elem` `=` $t `,` `shape` `=` `[` $s `]` `>`", {"t": "f32", "s": "4, 5"}, "<elem = f32, shape = [4, 5]>"),
        ("`<` $f `->` $t `>`", {"f": "i32", "t": "f32"}, "<i32 -> f32>"),
        ("`<` `>`", {}, "<>"),
        ("", {}, ""),
    ],
)
def test_formats_print_as_mlir_does_and_read_back(text: str, parameters: dict[str, str], printed: str) -> None:
    form = AssemblyFormat(text)
    assert form.print(parameters) == printed
    assert form.parse(printed) == parameters


@pytest.mark.parametrize("loose", ["<@f(0,2)>", " < @f ( 0 , 2 ) > ", "<@f (0,\n2)>"])
def test_spaces_do_not_matter_to_reading(loose: str) -> None:
    assert AssemblyFormat(PAIR).parse(loose) == {"function": "@f", "argNumber": "0", "depth": "2"}


@pytest.mark.parametrize("text", ["", "<", "<f64", "f64>", "(f64)", "<f64> x", "<f64>>"])
def test_text_of_another_form_is_not_read(text: str) -> None:
    assert AssemblyFormat(ANGLED).parse(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("$", "has a part that is neither literal, parameter nor directive"),
        ("`open", "has a part that is neither literal, parameter nor directive"),
        ("$a | $b", "has a part that is neither literal, parameter nor directive"),
        ("attr-dict", "has a part that is neither literal, parameter nor directive"),
        ("dict", "has the unknown directive 'dict'"),
        ("$a?", "has '?' where a literal, a parameter or a directive is expected"),
        ("($a^", "has the end where a literal, a parameter or a directive is expected"),
        ("($a^)", "has the end where '?' is expected"),
        ("(`x` $a)?", "has the end where a group with an anchor is expected"),
        ("qualified($a, $b)", "has the end where a directive of 1 parameter is expected"),
        ("struct()", "has ')' where a literal, a parameter or a directive is expected"),
        ("custom(x)", "has '(' where '<' is expected"),
        ("custom<X>($a)", "has a directive that only C++ can read"),
        ("`<` struct($a, custom<X>($b)) `>`", "has a directive that only C++ can read"),
        ("(`<` custom<X>($a)^ `>`)?", "has a directive that only C++ can read"),
    ],
)
def test_a_format_beyond_this_notation_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError) as caught:
        AssemblyFormat(text)
    assert str(caught.value) == f"the assembly format {text!r} {said}"


def test_messages_show_the_format_bare() -> None:
    assert str(AssemblyFormat(PAIR)) == "<function(argNumber, depth)>"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("  ", []),
        ("a", ["a"]),
        ("a, b", ["a", "b"]),
        ("f<a, b>, (c, d) -> e, [f, g]", ["f<a, b>", "(c, d) -> e", "[f, g]"]),
        ('"a, b", "\\", c"', ['"a, b"', '"\\", c"']),
        ("{a = 1, b = 2}, @f", ["{a = 1, b = 2}", "@f"]),
    ],
)
def test_a_list_is_split_outside_brackets_and_strings(text: str, parts: list[str]) -> None:
    assert list(split_list(text)) == parts
