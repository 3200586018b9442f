"""The probe without an Enzyme: messages understood, drafts written, types compared, probes run side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from opspec.constraints.accepts import accepts
from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    Builtin,
    DefinitionReference,
    IntegerOf,
    Modifier,
    OpaqueConstraint,
    Shaped,
    TypeConstraint,
)
from opspec.model.dialect import Dialect
from opspec.probe.drafts import Draft, Frame
from opspec.probe.driver import Asks, Question, ask_together
from opspec.probe.readings import (
    Accepted,
    Cases,
    Counted,
    Died,
    GroupSize,
    MissingAttribute,
    NoDefinition,
    NoDialect,
    NoOperation,
    Reading,
    Refused,
    RegionRule,
    Said,
    Segments,
    Unparsable,
    WrongAttribute,
    WrongType,
    read_answer,
)

MESSAGES: list[tuple[str, Reading]] = [
    ("'d.o' op expected 2 operands, but found 1", Counted("operands", 2, 2, "")),
    ("'d.o' op expected 1 or more operands, but found 0", Counted("operands", 1, None, "")),
    ("'d.o' op requires a single operand", Counted("operands", 1, 1, "")),
    ("'d.o' op requires zero operands", Counted("operands", 0, 0, "")),
    ("'d.o' op requires one result", Counted("results", 1, 1, "")),
    ("'d.o' op expected 9 or more results", Counted("results", 9, None, "")),
    ("'d.o' op requires one region", Counted("regions", 1, 1, "")),
    ("'d.o' op requires 0 successors but found 3", Counted("successors", 0, 0, "")),
    ("successors in non-terminator", Counted("successors", 0, 0, "")),
    ("'d.o' op requires attribute 'fn'", MissingAttribute("fn", "")),
    (
        "'d.o' op attribute 'width' failed to satisfy constraint: 64-bit signless integer attribute",
        WrongAttribute("width", "64-bit signless integer attribute", ""),
    ),
    ("Invalid attribute `width` in property conversion: unit", WrongAttribute("width", "unit", "")),
    (
        "'d.o' op operand #3 must be tensor of rank 0, but got 'tensor<4xf64>'",
        WrongType("operands", 3, "tensor of rank 0", ""),
    ),
    (
        "'d.o' op region #0 ('body') failed to verify constraint: region with 1 blocks",
        RegionRule(0, "body", "region with 1 blocks", ""),
    ),
    (
        "'d.o' op result count (1) does not match with the total size (0) specified in attribute 'resultSegmentSizes'",
        Segments("resultSegmentSizes", ""),
    ),
    ("'d.o' op operand group starting at #2 requires 0 or 1 element, but found 2", GroupSize("operands", 2, 0, 1, "")),
    ("unregistered operation 'd.o' found in dialect ('d') that does not allow unknown operations", NoOperation("")),
    ("operation being parsed with an unregistered dialect. If this is intended, ...", NoDialect("")),
    ("unknown  type `nothing` in dialect `enzyme`", NoDefinition("")),
    ("expected ::mlir::enzyme::Activity to be one of: a, b", Cases(("a", "b"), "")),
    ("expected '<'", Unparsable("")),
    ("'d.o' op expects parent op 'd.p'", Refused("")),
    ("'d.p' op must be the last operation in the parent block", Unparsable("")),
]


@pytest.mark.parametrize(("message", "expected"), MESSAGES, ids=[message[:60] for message, _ in MESSAGES])
def test_messages_are_understood(message: str, expected: Reading) -> None:
    printed = f'loc("-":3:5): error: {message}\nloc("-":1:1): note: something else\n'
    found = read_answer(Said(None, "failed", printed), "d.o", (9, 9))
    assert found == replace(expected, message=message)


def test_a_complaint_at_the_operation_is_about_it() -> None:
    said = Said(None, "", 'loc("-":3:5): error: branches must reference a valid device')
    assert isinstance(read_answer(said, "d.o", (3, 5)), Refused)
    assert isinstance(read_answer(said, "d.o", (3, 6)), Unparsable)


def test_results_and_deaths_are_understood() -> None:
    assert read_answer(Said("module {}")) == Accepted("module {}")
    assert read_answer(Said(None, death="died of SIGSEGV")) == Died("the process died of SIGSEGV")


def test_listed_cases_are_numbers() -> None:
    assert WrongAttribute("k", "allowed 64-bit signless integer cases: 0, 2, 15", "").cases == (0, 2, 15)
    assert WrongAttribute("k", "string attribute", "").cases == ()


@pytest.mark.parametrize("results", [(), ("f64",), ("f64", "i1")])
@pytest.mark.parametrize("frame", Frame)
@pytest.mark.parametrize(
    "parents", [(), (Draft("d.p", ("f64",), regions=("", "")),), (Draft("d.p", regions=("",)),) * 2]
)
@pytest.mark.parametrize("block", [(), ("f64", "index")])
def test_a_draft_knows_where_its_operation_stands(
    results: tuple[str, ...], frame: Frame, parents: tuple[Draft, ...], block: tuple[str, ...]
) -> None:
    draft = Draft(
        "d.o",
        ("f64", "i1"),
        (("a", "unit"), ("b", "1 : i64")),
        results,
        ("",),
        setup="// setup",
        parents=parents,
        block=block,
        frame=frame,
    )
    text = draft.render()
    line, column = draft.place
    assert text.splitlines()[line - 1][column - 1 :].startswith(
        '"d.o"(%arg_0, %arg_1) ({}) {a, b = 1 : i64} : (f64, i1)'
    )


def test_a_draft_stands_in_a_block_with_arguments_of_the_operation_around() -> None:
    around = Draft("d.p", regions=('\n"d.end"() : () -> ()\n', ""))
    draft = Draft("d.o", regions=('\n"d.in"() : () -> ()\n"d.p"() : () -> ()\n',), parents=(around,), block=("f64",))
    assert '({\n^bb0(%block_0: f64):\n  "d.o"() ({\n"d.in"()' in draft.render()
    assert '"d.end"' not in draft.render()
    assert '"d.end"' in replace(draft, inside=1).render()
    assert draft.inner == {"d.in"}
    assert draft.spoiled().render().count("d.o") == 1
    assert (len(draft.spoiled().regions), draft.spoiled().results) == (2, ("f64",))


def test_parts_of_a_draft_are_changed_one_by_one() -> None:
    draft = Draft("d.o", ("f64",), (("a", "unit"),))
    assert draft.counting("operands", 3).operands == ("f64",) * 3
    assert draft.counting("operands", 0).operands == ()
    assert draft.counting("successors", 2).render().count("^bb1") == 3
    assert draft.setting("b", "1").without("a").attributes == (("b", "1"),)
    assert draft.changing("operands", 0, "i1").operands == ("i1",)


@pytest.mark.parametrize(
    ("constraint", "taken", "refused"),
    [
        (AnyConstraint(), "f64 tensor<*xf64>", ""),
        (IntegerOf("i", 64), "i64", "i32 si64 f64 tensor<i64>"),
        (Builtin("signless_integer"), "i1 i64", "si8 ui8 index f64"),
        (Builtin("float"), "f16 bf16 f64", "i64 index"),
        (Builtin("index"), "index", "i64"),
        (
            Shaped("tensor", IntegerOf("i", 32)),
            "tensor<i32> tensor<4xi32> tensor<*xi32>",
            "i32 tensor<i64> memref<i32>",
        ),
        (Shaped("ranked_tensor", AnyConstraint()), "tensor<f64> tensor<?x4xf64>", "tensor<*xf64> vector<4xf64>"),
        (Shaped("memref", AnyConstraint()), "memref<4xf64>", "memref<*xf64> tensor<f64>"),
        (Shaped("tensor", AnyConstraint(), (Modifier("rank", (0,)),)), "tensor<f64>", "tensor<4xf64> tensor<*xf64>"),
        (Shaped("like", Builtin("float")), "f64 tensor<4xf64> vector<4xf64>", "i64 tensor<4xi64>"),
        (AnyOf((IntegerOf("i", 32), Builtin("index"))), "i32 index", "i64"),
        (DefinitionReference("enzyme", "Cache"), "!enzyme.Cache<f64> !enzyme.Cache", "!enzyme.CacheOf f64"),
    ],
)
def test_types_are_compared(constraint: TypeConstraint, taken: str, refused: str) -> None:
    dialect = Dialect("d")
    assert [text for text in taken.split() if accepts(constraint, text, dialect) is not True] == []
    assert [text for text in refused.split() if accepts(constraint, text, dialect) is not False] == []


def test_what_only_cpp_knows_is_neither_taken_nor_refused() -> None:
    opaque = OpaqueConstraint("X")
    assert accepts(opaque, "f64", Dialect("d")) is None
    assert accepts(AnyOf((opaque, Builtin("index"))), "index", Dialect("d")) is True
    assert accepts(AnyOf((opaque, Builtin("index"))), "f64", Dialect("d")) is None


def test_probes_run_side_by_side_and_get_their_own_answers() -> None:
    rounds: list[list[str]] = []

    def ask(modules: Sequence[str]) -> list[Said]:
        rounds.append(list(modules))
        return [Said(module.upper()) for module in modules]

    def probe(name: str, times: int) -> Asks[str]:
        heard = ""
        for number in range(times):
            (reading,) = yield [Question(f"{name}{number}")]
            assert isinstance(reading, Accepted)
            heard += reading.text
        return heard

    assert ask_together([probe("a", 2), probe("b", 0), probe("c", 1)], ask) == ["A0A1", "", "C0"]
    assert rounds == [["a0", "c0"], ["a1"]]


@pytest.mark.parametrize(
    ("spoiled", "expected"),
    [
        ("'d.o' op requires zero results", Refused("'d.p' op is wrong")),
        ("'d.p' op is wrong", Unparsable("'d.p' op is wrong")),
    ],
)
def test_a_complaint_about_what_is_around_is_of_the_operation_where_it_comes_behind_it(
    spoiled: str, expected: Reading
) -> None:
    said = {"right": "'d.p' op is wrong", "spoiled": spoiled}

    def ask(modules: Sequence[str]) -> list[Said]:
        return [Said(None, "", f'loc("-":1:1): error: {said[module]}') for module in modules]

    def probe() -> Asks[Reading]:
        (reading,) = yield [Question("right", "d.o", spoiled="spoiled")]
        return reading

    assert ask_together([probe()], ask) == [expected]


def test_a_complaint_about_an_operation_in_a_region_comes_behind_the_one_around() -> None:
    said = Said(None, "", "loc(\"-\":3:1): error: 'd.in' op requires zero results")
    assert read_answer(said, "d.o", (1, 1)) == Unparsable("'d.in' op requires zero results")
    assert read_answer(said, "d.o", (1, 1), {"d.in"}) == Refused("'d.in' op requires zero results")
