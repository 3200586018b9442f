"""Assembly formats: what `print` writes `parse` reads, also where values hold brackets, strings and arrows."""

from __future__ import annotations

import pytest

from opspec.notation.assembly import AssemblyFormat
from opspec.notation.scanning import body_of, split_list, written

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


SUPPORT = "`<` $kind (`,` `lower` `=` $lower^)? (`,` `upper` `=` $upper^)? `>`"
STEPS = "`<` (`depth` `=` $depth^)? (`,` `energy` `=` $energy^)? (`,` `adapt` `=` $adapt^)? `>`"
FLAGS = "`<` $flags (`,` `on` `=` $on^)? `>`"


@pytest.mark.parametrize(
    ("text", "printed", "parameters", "readable"),
    [
        (SUPPORT, "<real>", {"kind": "real"}, True),
        (SUPPORT, "<real, lower = 1.0 : f64>", {"kind": "real", "lower": "1.0 : f64"}, True),
        (SUPPORT, "<real, upper = 1.0 : f64>", {"kind": "real", "upper": "1.0 : f64"}, False),
        (SUPPORT, "<real, lower = 1, upper = 2>", {"kind": "real", "lower": "1", "upper": "2"}, True),
        (STEPS, "<>", {}, True),
        (STEPS, "<depth = 1>", {"depth": "1"}, True),
        (STEPS, "<, energy = 1>", {"energy": "1"}, True),
        (STEPS, "<, adapt = true>", {"adapt": "true"}, False),
        (STEPS, "<depth = 1, adapt = true>", {"depth": "1", "adapt": "true"}, False),
        (FLAGS, "<a, b>", {"flags": "a, b"}, True),
        (FLAGS, "<a, b, on = c>", {"flags": "a, b", "on": "c"}, False),
        ("`<` struct(params) `>`", "<flags = a, on = b>", {"flags": "a", "on": "b"}, True),
        ("(`[` $on^ `]`) : (`none`)?", "[x]", {"on": "x"}, True),
        ("(`[` $on^ `]`) : (`none`)?", " none", {}, True),
    ],
)
def test_what_mlir_itself_could_read(text: str, printed: str, parameters: dict[str, str], readable: bool) -> None:
    """As the real Enzyme does: of two groups that begin alike its parser never leaves out the first."""
    form = AssemblyFormat(text, ["flags", "on"], ["lower", "upper", "depth", "energy", "adapt", "on"], lists=["flags"])

    def check(name: str, value: str) -> bool:
        return "=" not in value and (name == "flags" or "," not in value)

    assert form.print(parameters) == printed
    assert form.parse(printed, check) == parameters
    assert form.parse_as_mlir(printed, check) == (parameters if readable else None)


@pytest.mark.parametrize("listing", ["params", "struct(params)"])
@pytest.mark.parametrize(("brackets", "printed"), [("`<` {} `>`", "<>"), ("{}", ""), ("`<` {} `,` `x` `>`", "<, x>")])
def test_a_list_of_no_parameters_is_nothing(listing: str, brackets: str, printed: str) -> None:
    form = AssemblyFormat(brackets.format(listing), [])
    assert form.print({}) == printed
    for read in (form.parse, form.parse_as_mlir):
        assert read(printed, lambda *_: True) == {}
        assert read("<y>", lambda *_: True) is None


def test_a_struct_is_read_in_any_order() -> None:
    form = AssemblyFormat("`<` struct(params) `>`", ["a", "b"], ["b"])
    assert form.parse("<b = 1, a = 2>") == {"a": "2", "b": "1"}
    assert form.parse("<b = 1>") is None
    assert form.parse("<a = 1, a = 2>") is None
    assert form.parse("<a = 1, c = 2>") is None


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("#d.m<x>", "<x>"),
        ("#d<m<x>>", "<x>"),
        ("#d<m x : y>", " x : y"),
        ("#d.m<x> : i32", "<x>"),
        ("#d.m<x : y>", "<x : y>"),
        ("#d.m", ""),
        ("#d<m>", ""),
        ("#d.more<x>", None),
        ("#d.m.n<x>", None),
        ("#e.m<x>", None),
        ("unit", None),
    ],
)
def test_the_body_of_an_attribute(text: str, body: str | None) -> None:
    assert body_of("#d.m", text) == body
    if body is not None and " : i32" not in text:
        assert body_of("#d.m", written("#d.m", body)) == body
