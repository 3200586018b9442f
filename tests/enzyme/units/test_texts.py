"""What lowering reads in texts: operations in generic form, pipelines, and the places that Enzyme names."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")

from enzyme_mlir.lowering.pipelines import (
    PIPELINES,
    Pipeline,
    expands_batches,
    likely_pass,
    name_of,
    read_pipeline,
    split_passes,
)
from enzyme_mlir.lowering.properties import (
    drop_entries,
    entries_at,
    entries_called,
    merge_properties,
    names_in,
    operations,
    properties,
)
from enzyme_mlir.lowering.sentences import name_operations, name_unregistered, operation_at, point_to_operations

PLAIN = '"a.b"(%0, %1) <{fn = @f, n = 2 : i64}> : (f64, f64) -> f64'
NESTED = '"a.c"(%0)[^bb1] <{d = {x = "}>, ("}, m = [1, 2]}> ({\n  "a.in"() : () -> ()\n}) {kept} : (f64) -> ()'
BARE = '"a.d"() : () -> ()'
TEXT = "\n".join((PLAIN, NESTED, BARE))


def test_where_the_parts_of_an_operation_are() -> None:
    first, second, inner, bare = operations(TEXT)
    assert [each.name for each in (first, second, inner, bare)] == ["a.b", "a.c", "a.in", "a.d"]
    assert TEXT[first.start : first.end] == "<{fn = @f, n = 2 : i64}>"
    assert TEXT[first.attributes :].startswith(": (f64, f64)")
    assert TEXT[second.start : second.end] == '<{d = {x = "}>, ("}, m = [1, 2]}>'
    assert TEXT[second.attributes :].startswith("{kept} : (f64)")
    assert TEXT[second.type :].startswith(": (f64) -> ()")
    assert bare.start == bare.end == bare.attributes == bare.type
    assert TEXT[bare.type :] == ": () -> ()"


def test_the_names_of_properties() -> None:
    assert list(properties(TEXT)) == [("a.b", ("fn", "n")), ("a.c", ("d", "m"))]
    assert names_in("{}", 0, 2) == ()
    assert names_in('{"odd, name" = 1, unit}', 0, 23) == ("odd, name", "unit")


def test_properties_become_attributes_of_the_operations_asked_for() -> None:
    assert merge_properties(TEXT, lambda name: name == "a.b") == TEXT.replace(
        "<{fn = @f, n = 2 : i64}> : (f64, f64)", " {fn = @f, n = 2 : i64} : (f64, f64)"
    )
    merged = merge_properties(TEXT, lambda name: name == "a.c")
    assert '"a.c"(%0)[^bb1]  ({' in merged
    assert '{d = {x = "}>, ("}, m = [1, 2], kept} : (f64) -> ()' in merged
    assert PLAIN in merged
    assert merge_properties(BARE, lambda name: True) == BARE
    empty = '"a.b"(%0) <{n = 2}> {} : (f64) -> ()'
    assert merge_properties(empty, lambda name: True) == '"a.b"(%0)  {n = 2} : (f64) -> ()'


def test_groups_of_nothing_are_left_out() -> None:
    def merged(entries: str) -> str:
        return merge_properties(f'"a.b"() <{{{entries}}}> : () -> ()', lambda name: True).removeprefix('"a.b"()  ')

    assert merged("operandSegmentSizes = array<i32: 0, 0>") == ": () -> ()"
    assert merged("resultSegmentSizes = array<i32>, n = 1") == "{n = 1} : () -> ()"
    assert merged("operandSegmentSizes = array<i32: 0, 1>") == "{operandSegmentSizes = array<i32: 0, 1>} : () -> ()"
    assert merged("sizes = array<i32: 0, 0>") == "{sizes = array<i32: 0, 0>} : () -> ()"
    assert merged("other = array<i32: 0>, operandSegmentSizes = array<i32: 0>") == "{other = array<i32: 0>} : () -> ()"


def test_single_properties_are_found_and_dropped() -> None:
    assert entries_called(TEXT, "a.b", "n") == {("a.b", "n = 2 : i64")}
    assert entries_called(TEXT, "a.c", "m") == {("a.c", "m = [1, 2]")}
    assert entries_called(TEXT, "a.c", "n") == entries_called(TEXT, "a.d", "n") == set()
    assert drop_entries(TEXT, [("a.b", "n = 2 : i64")]) == TEXT.replace(", n = 2 : i64", "")
    assert drop_entries(TEXT, [("a.c", "n = 2 : i64"), ("a.d", "x")]) == TEXT
    both = [("a.b", "n = 2 : i64"), ("a.b", "fn = @f")]
    assert drop_entries(PLAIN, both) == '"a.b"(%0, %1)  : (f64, f64) -> f64'


def test_the_property_at_a_place() -> None:
    assert entries_at(TEXT, 0) == [("a.b", "fn = @f"), ("a.b", "n = 2 : i64")]
    assert entries_at(TEXT, TEXT.index("@f")) == [("a.b", "fn = @f")]
    assert entries_at(TEXT, TEXT.index("2 : i64")) == [("a.b", "n = 2 : i64")]
    assert entries_at(TEXT, TEXT.index("[1, 2]")) == [("a.c", "m = [1, 2]")]
    assert entries_at(TEXT, TEXT.index(": (f64, f64)")) == []
    assert entries_at(TEXT, TEXT.index('"a.d"')) == []


LOCATED = """\
#loc1 = loc("mine.py":3:4)
"builtin.module"() ({
  %0 = "a.b"() : () -> f64 loc(#loc1)
  "a.c"(%0) ({
    "a.in"() : () -> () loc("inner")
  }) : (f64) -> () loc("outer")
}) : () -> () loc(unknown)
"""


def at(word: str) -> tuple[str, str]:
    return operation_at(LOCATED, LOCATED.index(word))


def test_the_innermost_operation_around_a_place() -> None:
    assert at('"a.b"') == ("a.b", 'loc("mine.py":3:4)')
    assert at('"a.in"') == ("a.in", 'loc("inner")')
    assert at('"a.c"') == ("a.c", 'loc("outer")')
    assert at("(f64) -> ()") == ("a.c", 'loc("outer")')
    assert at('"builtin') == ("builtin.module", "loc(unknown)")
    assert at("#loc1 =") == ("", "")
    assert operation_at('"a.b"() : () -> () loc("x")', 0) == ("a.b", 'loc("x")')
    assert operation_at('"a.b"() : () -> ()', 0) == ("", "")


def test_places_in_a_text_become_those_of_operations() -> None:
    said = 'loc("-":3:8): error: bad; loc("-":1:1): note: here'
    assert point_to_operations(said, LOCATED) == 'loc("mine.py":3:4): error: bad; loc("-":1:1): note: here'
    own = LOCATED.replace('loc("inner")', 'loc("-":3:8)')
    assert point_to_operations('loc("-":3:8): error: bad', own) == 'loc("-":3:8): error: bad'
    assert name_operations('"-":3:8: bad', LOCATED) == 'a.b at loc("mine.py":3:4): bad'
    assert name_operations('"-":2:1: bad', LOCATED) == "builtin.module: bad"
    assert name_operations('"-":1:1: bad', LOCATED) == '"-":1:1: bad'
    assert name_operations('"-":3:8: bad', own) == '"-":3:8: bad'


def test_operations_that_enzyme_does_not_know_are_named() -> None:
    sentence = "Enzyme takes registered operations only, and does not know this one"
    unnamed = "error: operation being parsed with an unregistered dialect. More words"
    text = 'first line\n  "a.b"() : () -> ()\n'
    assert name_unregistered(f'loc("-":2:8): {unnamed}\nrest', text) == f'loc("-":2:3): error: a.b: {sentence}\nrest'
    assert name_unregistered(f'loc("-":1:1): {unnamed}', text) == f'loc("-":1:1): error: an operation: {sentence}'
    assert name_unregistered("error: unregistered operation 'a.b' found in dialect ('a') that", "") == (
        f"error: a.b: {sentence}"
    )
    assert name_unregistered("error: custom op 'a.b' is unknown (tried)", "") == f"error: a.b: {sentence}"
    assert name_unregistered("error: other 'a.b'", "") == "error: other 'a.b'"


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("", ()),
        ("cse", ("cse",)),
        ("cse, canonicalize", ("cse", "canonicalize")),
        ("a{b=1,c=2},d", ("a{b=1,c=2}", "d")),
        ("func.func(a,b),c", ("func.func(a,b)", "c")),
        ('enzyme{postpasses="a{x=(1,2)},b"},c,', ('enzyme{postpasses="a{x=(1,2)},b"}', "c")),
    ],
)
def test_the_passes_of_a_text(text: str, passes: tuple[str, ...]) -> None:
    assert split_passes(text) == passes
    assert read_pipeline(text) == Pipeline(text, passes)


@pytest.mark.parametrize(
    ("pipeline", "message"),
    [
        ("a(b", "nothing closes the '(' in column 2 of the pipeline 'a(b'"),
        ("a{b(c}", "nothing opens the '}' in column 6 of the pipeline 'a{b(c}'"),
        ("a,b)", "nothing opens the ')' in column 4 of the pipeline 'a,b)'"),
        (("a", "b{"), "nothing closes the '{' in column 2 of the pipeline 'b{'"),
        (("a{", "b}"), "nothing closes the '{' in column 2 of the pipeline 'a{'"),
    ],
)
def test_brackets_come_in_pairs(pipeline: str | tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        read_pipeline(pipeline)


@pytest.mark.parametrize(
    ("name", "near"), [("canonicalise", "canonicalize"), ("enzym-batch", "enzyme-batch"), ("tile-by-hand", None)]
)
def test_a_pass_that_is_almost_one_of_ours(name: str, near: str | None) -> None:
    assert likely_pass(name) == near


def test_pipelines_are_named_or_given() -> None:
    mine = Pipeline("mine", ("cse",))
    assert read_pipeline(mine) is mine
    assert read_pipeline("batch") is PIPELINES["batch"]
    assert read_pipeline(["a", "b{c}"]) == Pipeline("a,b{c}", ("a", "b{c}"))
    assert str(Pipeline("x", ("a", "b"))) == "a,b"
    assert Pipeline("x", ("a{n=1}", "b")).without(["a"]) == Pipeline("x", ("b",))
    assert Pipeline("x", ("a{n=1}", "b")).without(["a{n=1}"]).passes == ("a{n=1}", "b")
    assert (name_of("enzyme{a=1}"), name_of("cse")) == ("enzyme", "cse")
    expanding = {name for name, pipeline in PIPELINES.items() if expands_batches(pipeline)}
    assert expanding == {"batch", "batch-then-differentiate", "differentiate-then-batch"}


def test_what_the_named_pipelines_do_and_in_which_order() -> None:
    tidy = "canonicalize,remove-unnecessary-enzyme-ops,enzyme-simplify-math,canonicalize,cse"
    expand = f'convert-linalg-to-loops,enzyme{{postpasses="{tidy}"}},{tidy}'
    lower = "flatten-enzyme-caches,enzyme-batch-to-tensor,canonicalize,cse"
    stablehlo = (
        f'convert-linalg-to-loops,enzyme{{postpasses="arith-raise{{stablehlo=true}},{tidy}"}},{tidy},'
        "enzyme-batch-to-stablehlo,arith-raise{stablehlo=true},func.func(chlo-legalize-to-stablehlo),canonicalize,cse"
    )
    assert {name: pipeline.text for name, pipeline in PIPELINES.items()} == {
        "differentiate": f"{expand},{lower}",
        "regions": f"outline-enzyme-regions,{expand},{lower}",
        "branches": f"enzyme-lift-cf-to-scf,{expand},{lower}",
        "batch": "enzyme-batch,canonicalize",
        "batch-then-differentiate": f"enzyme-batch,{expand},{lower}",
        "differentiate-then-batch": f"{expand},{lower},inline,enzyme-batch,canonicalize",
        "stablehlo": stablehlo,
        "jacobian": f"lower-enzyme-jacobian-stablehlo,{stablehlo}",
        "expand": expand,
        "parse": "",
    }
    assert {pipeline.optional for pipeline in PIPELINES.values()} == {("flatten-enzyme-caches",)}
