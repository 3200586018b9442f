"""Every kind of rule: what `verify` says of IR that exists, and that builders say the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest

from enzyme_mlir import ir, new_context, using_release, verify
from enzyme_mlir.dialects import enzyme, enzymexla, impulse, perfify
from enzyme_mlir.testing import operation_of, sample
from tests.executed.broken_ir import MODULE, Broken
from tests.executed.broken_places import BROKEN, SOUND
from tests.executed.building import SQUARE, autodiff, names


def found(text: str) -> list[str]:
    """What `verify` finds in a function with this body by the specs, without the locations."""
    with new_context(), using_release(None):
        module = ir.Module.parse(MODULE.replace("BODY", text))
        return [str(finding).removeprefix(f"{finding.location}: ") for finding in verify(module)]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.what)
def test_what_is_wrong_is_found(case: Broken) -> None:
    assert tuple(found(case.text)) == case.findings


@pytest.mark.parametrize(("what", "text"), SOUND, ids=[what for what, _ in SOUND])
def test_in_what_is_right_nothing_is_found(what: str, text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("inside_another", [False, True], ids=["outside", "inside another context"])
def test_no_context_need_be_entered(inside_another: bool) -> None:
    texts = [*((case.text, list(case.findings)) for case in BROKEN), *((text, []) for _, text in SOUND)]
    context = new_context()
    for text, expected in texts:
        module = ir.Module.parse(MODULE.replace("BODY", text), context)
        with using_release(None), new_context() if inside_another else nullcontext():
            findings = verify(module)
        assert [str(finding).removeprefix(f"{finding.location}: ") for finding in findings] == expected


def test_an_operation_without_a_symbol_table_around_it_refers_to_anything() -> None:
    with new_context(), ir.Location.unknown():
        made = enzymexla.xla_wrapper("nowhere", [])
        assert verify(made) == ()


def test_everything_is_found_in_the_order_of_the_ir() -> None:
    text = """
      "enzyme.push"() : () -> () loc("first")
      "tessera.optimizations"(%x) ({
        "enzyme.fill_zero"(%x) : (f64) -> () loc("third")
        "t.p"() ({ "enzyme.no_such"() : () -> () loc("fourth") }) : () -> ()
      }) : (f64) -> () loc("second")
      "enzymexla.xla_wrapper"() {fn = @zzz} : () -> () loc("fifth")
    """
    with new_context():
        module = ir.Module.parse(MODULE.replace("BODY", text))
        findings = verify(module)
    assert [finding.location for finding in findings] == [
        f'loc("{place}")' for place in ("first", "second", "third", "fourth", "fifth")
    ]
    assert str(findings[0]) == 'loc("first"): enzyme.push: operands is 0 values, accepted is 2 (cache, value)'
    first = findings[0]
    assert (first.operation, first.parameter, first.given, first.accepted) == (
        *("enzyme.push", "operands", "0 values", "2 (cache, value)"),
    )


def test_one_operation_is_verified_with_what_is_inside_and_nothing_else() -> None:
    text = '"enzyme.push"() : () -> () "t.p"() ({ "enzyme.pop"() : () -> () }) : () -> () "enzyme.get"() : () -> ()'
    with new_context():
        module = ir.Module.parse(MODULE.replace("BODY", text))
        function = list(module.body.operations)[-1]
        push, around, *_ = function.regions[0].blocks[0].operations
        for target in (push, push.operation):
            assert {finding.operation for finding in verify(target)} == {"enzyme.push"}
        assert {finding.operation for finding in verify(around)} == {"enzyme.pop"}
        everything = verify(module)
        assert {finding.operation for finding in everything} == {"enzyme.push", "enzyme.pop", "enzyme.get"}
        assert verify(module.operation) == verify(function) == everything


def test_verification_leaves_the_ir_as_it_is() -> None:
    with new_context():
        module = ir.Module.parse(MODULE.replace("BODY", BROKEN[0].text))
        before = str(module)
        verify(module)
        assert str(module) == before


@pytest.mark.parametrize("given", [None, 3, "module", []], ids=repr)
def test_only_operations_are_verified(given: Any) -> None:
    with pytest.raises(TypeError, match=r"^verify: target is .*, accepted is a Module or an operation$"):
        verify(given)


SAMPLE = ("f64", "f64", "memref<4xf64>", "index", "!enzyme.Cache<f64>", "tensor<4xf64>", "f32", "i1")

Build = Callable[..., Any]
"""Makes an operation out of the values of `SAMPLE`; keyword arguments are passed to the builder."""

WRONG: dict[str, Build] = {
    "the type of an operand": lambda x, s, m, i, c, t, f, b, **k: enzyme.fill_zero(x, **k),
    "the type of one of several operands": lambda x, s, m, i, c, t, f, b, **k: enzyme.load(m, [i, x], [], [], **k),
    "the type of a result": lambda x, s, m, i, c, t, f, b, **k: enzyme.broadcast(x.type, x, [4], **k),
    "types that differ": lambda x, s, m, i, c, t, f, b, **k: impulse.popcount(
        t, results=ir.RankedTensorType.get([5], x.type), **k
    ),
    "a type that follows": lambda x, s, m, i, c, t, f, b, **k: enzyme.push(c, f, **k),
    "a symbol": lambda x, s, m, i, c, t, f, b, **k: enzymexla.xla_wrapper("sqare", [], **k),
    "a function": lambda x, s, m, i, c, t, f, b, **k: autodiff(x, s, fn="sqare", **k),
    "a place": lambda x, s, m, i, c, t, f, b, **k: perfify.assume(b, **k),
    "the number of operands": lambda x, s, m, i, c, t, f, b, **k: autodiff(x, s, inputs=[x], **k),
    "the number of results": lambda x, s, m, i, c, t, f, b, **k: autodiff(x, s, results=[], **k),
    "the number of activities": lambda x, s, m, i, c, t, f, b, **k: autodiff(x, s, activity=["active"] * 2, **k),
}


def without_location(finding: Any) -> str:
    """A finding as a builder's error says it."""
    return str(finding).removeprefix(f"{finding.location}: ")


@pytest.mark.parametrize("build", WRONG.values(), ids=list(WRONG))
def test_builders_raise_what_verify_finds(build: Build) -> None:
    with sample(*SAMPLE, setup=SQUARE) as (module, *values):
        with pytest.raises(ValueError) as caught:
            build(*values)
        assert names(module) == []
        made = operation_of(build(*values, verify=False))
        findings = [without_location(finding) for finding in verify(made)]
        assert findings[0] == str(caught.value)
        assert verify(module) == verify(made)


def test_bodies_are_verified_when_they_are_built() -> None:
    with sample("f64", "f64") as (module, x, seed):

        def build(**options: Any) -> Any:
            return enzyme.autodiff_region(
                [x, seed], ["active"], ["activenoneed"], results=x.type, body=lambda y: [], **options
            )

        with pytest.raises(ValueError) as caught:
            build()
        assert names(module) == []
        (finding,) = verify(operation_of(build(verify=False)))
        assert str(caught.value) == without_location(finding)


def test_a_body_without_its_terminator_is_refused() -> None:
    with sample("index") as (module, i):
        with pytest.raises(ValueError) as caught:
            enzymexla.gpu_block(i, i, i, region=lambda: None)
        assert str(caught.value) == (
            "enzymexla.gpu_block: region is ended by nothing, accepted is enzymexla.polygeist_yield at the end"
        )
        assert names(module) == []
        enzymexla.gpu_block(i, i, i, region=enzymexla.polygeist_yield)
        assert verify(module) == ()


def test_an_operation_like_one_that_is_right_is_looked_at_where_it_stands() -> None:
    """The same attributes and types: with another meaning of the symbol, behind a terminator, in another parent."""
    right = '"enzyme.autodiff"(%x, %x) {fn = @f, activity = [#enzyme<activity enzyme_active>], '
    right += "ret_activity = [#enzyme<activity enzyme_activenoneed>]} : (f64, f64) -> f64"
    text = f"""
    module {{
      func.func private @f(f64) -> f64
      func.func @g(%x: f64) {{ %0 = {right} %1 = {right} return }}
      module {{
        func.func private @f(f64, f64) -> f64
        func.func @g(%x: f64) {{ %0 = {right} loc("other") return }}
      }}
      func.func @h(%x: f64) {{
        "enzyme.autodiff_region"(%x, %x) ({{
        ^bb0(%y: f64):
          "enzyme.yield"(%y) : (f64) -> () loc("early")
          "enzyme.yield"(%y) : (f64) -> ()
        }}) {{activity = [#enzyme<activity enzyme_active>], ret_activity = [#enzyme<activity enzyme_activenoneed>]}} :
          (f64, f64) -> f64
        return
      }}
    }}"""
    with new_context():
        assert [found.location for found in verify(ir.Module.parse(text))] == ['loc("other")', 'loc("early")']
