"""How many values each part of a sample has, and what the operation at the end of its blocks takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from opspec.model.dialect import Dialect, NamedAttribute, NamedValue, Operation, Region
from opspec.model.sample import Sample, SampleRegion
from opspec.notation import parse_argument, parse_region, parse_trait, parse_value
from opspec.samples.resolve import resolve_sample
from opspec.samples.rules import Draft

BODY = Region("body", parse_region("blocks 1"))


def values(**declared: str) -> tuple[NamedValue, ...]:
    return tuple(NamedValue(name, parse_value(text)) for name, text in declared.items())


def operation(
    mnemonic: str,
    arguments: tuple[NamedValue | NamedAttribute, ...] = (),
    *traits: str,
    regions: tuple[Region, ...] = (),
    sample: Sample | None = None,
) -> Operation:
    made = Operation(mnemonic, f"{mnemonic}Op", arguments, traits=tuple(map(parse_trait, traits)), regions=regions)
    return replace(made, sample=sample)


@pytest.mark.parametrize(
    ("declared", "given", "traits", "sizes"),
    [
        ({"a": "variadic any", "b": "variadic any"}, {"a": 2}, (), (2, 2)),
        ({"a": "variadic any", "b": "variadic any"}, {"a": 0}, (), (0, 0)),
        ({"a": "variadic any", "b": "any", "c": "variadic any"}, {"c": 3}, (), (3, 1, 3)),
        ({"a": "variadic any", "b": "variadic any"}, {"a": 2}, ("AttrSizedOperandSegments",), (2, 1)),
        ({"a": "variadic any", "b": "any"}, {"b": 1}, (), (1, 1)),
        ({"a": "variadic any", "b": "any"}, {"a": 4}, (), (4, 1)),
        ({"a": "optional any", "b": "any"}, {}, (), (0, 1)),
        ({"a": "optional any", "b": "optional any"}, {}, (), (1, 1)),
        ({"a": "optional any", "b": "optional any"}, {}, ("AttrSizedOperandSegments",), (0, 0)),
    ],
)
def test_how_many_values_each_operand_has(
    declared: dict[str, str], given: dict[str, int], traits: tuple[str, ...], sizes: tuple[int, ...]
) -> None:
    written = Sample(operands=tuple((name, ("i8",) * count) for name, count in given.items()))
    run = operation("run", values(**declared), *traits, sample=written)
    call = resolve_sample(Dialect("d", operations=(run,)), run).call
    assert tuple(map(len, call.operands)) == sizes


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ({"all": "variadic any"}, {"all": ("f64", "i8")}),
        ({"one": "any", "rest": "variadic any"}, {"one": ("f64",), "rest": ("i8",)}),
        ({"rest": "variadic any", "one": "any"}, {"rest": ("f64",), "one": ("i8",)}),
        ({"a": "variadic any", "b": "variadic any", "c": "any"}, {"a": ("f64",), "b": (), "c": ("i8",)}),
        ({"one": "any", "two": "any", "rest": "variadic any"}, {"one": ("f64",), "two": ("i8",), "rest": ()}),
        (
            {"one": "any", "rest": "variadic any", "more": "variadic any"},
            {"one": ("f64",), "rest": ("i8",), "more": ()},
        ),
    ],
)
def test_what_a_block_returns_is_shared_out(declared: dict[str, str], expected: dict[str, tuple[str, ...]]) -> None:
    end = operation("end", values(**declared), "Terminator", "HasParent(d.run)", "AttrSizedOperandSegments")
    sample = Sample(regions=(SampleRegion("body", ("f64", "i8"), (0, 1), ""),))
    run = operation("run", regions=(BODY,), sample=sample)
    dialect = Dialect("d", operations=(run, end))
    (block,) = resolve_sample(dialect, run).call.blocks
    (last,) = block.calls
    assert block.arguments == ("f64", "i8")
    assert dict(zip(declared, last.operands, strict=True)) == expected
    assert (block.terminator, block.returns) == ("", ())


def test_a_terminator_of_another_dialect_returns_what_the_sample_says() -> None:
    sample = Sample(regions=(SampleRegion("body", ("f64", "i8"), (1, 0), "other.yield"),))
    run = operation("run", regions=(BODY,), sample=sample)
    (block,) = resolve_sample(Dialect("d", operations=(run,)), run).call.blocks
    assert (block.arguments, block.calls, block.terminator, block.returns) == (("f64", "i8"), (), "other.yield", (1, 0))


def test_a_block_that_nobody_wrote_returns_nothing() -> None:
    run = operation("run", regions=(replace(BODY, terminator=""),))
    (block,) = resolve_sample(Dialect("d", operations=(run,)), run).call.blocks
    assert (block.arguments, block.calls, block.terminator, block.returns) == ((), (), "", ())


def test_rules_see_the_sizes_of_types() -> None:
    texts = ("tensor<4x?xf64>", "tensor<*xf64>", "tensor<f64>", "f64", "vector<[4]xf64>")
    width = NamedAttribute("width", parse_argument("attr i64"))  # type: ignore[arg-type]
    run = operation("run", (*values(a="variadic any", b="any"), width))
    draft = Draft(run, {"a": texts, "b": ("f64",)}, {"width": (1, 2)})
    assert [draft.shape(given) for given in draft.part("a")] == [[4, None], None, [], None, [None]]
    assert [draft.is_shaped(given) for given in draft.part("a")] == [True, True, True, False, True]
    assert {draft.element(given).text for given in draft.part("a")} == {"f64"}
    assert draft.part("width") == [1, 2]
    assert [draft.is_given(name) for name in ("a", "b", "width", "other")] == [True, True, True, False]
    assert [draft.is_single(name) for name in ("a", "b", "width")] == [False, True, False]
    assert [draft.is_of(given, "tensor") for given in draft.part("a")] == [True, True, True, False, False]
