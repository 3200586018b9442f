"""What moved to another dialect is paired with what it was; what changed besides is told of its parts."""

from __future__ import annotations

import pytest

from opspec.diagnostics import Location
from opspec.diff.changes import Change
from opspec.diff.compare import compare
from opspec.diff.griffe_check import check_with_griffe
from opspec.diff.orphans import find_orphans
from opspec.diff.rule import Example
from opspec.diff.witness import find_witness
from opspec.spec.references import Missing
from tests.diff.loading import sides_of

COPY = "copy: {class: CopyOp, arguments: {from: f64, to: index, size: attr i64}, results: {done: i1}}"
BOX = "box: {class: BoxType, parameters: {content: type}, format: '`<` $content `>`'}"
MODE = "Mode: {storage: i32, cases: {fast: 0, safe: 1}}"


def spec(name: str, *, operations: str = "", types: str = "", attributes: str = "", enums: str = "") -> str:
    sections = {"enums": enums, "attributes": attributes, "types": types, "operations": operations}
    return f"dialect: {name}\n" + "".join(f"{key}: {{{text}}}\n" for key, text in sections.items() if text)


def changes(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Change, ...]:
    return compare(*sides_of(Example("\n---\n".join(old), "\n---\n".join(new))))


def told(old: tuple[str, ...], new: tuple[str, ...]) -> list[str]:
    found = []
    for change in changes(old, new):
        places = [str(side.place) for side in (change.old, change.new) if side is not None]
        found.append(f"{change.rule} {' -> '.join(dict.fromkeys(places))}")
    return found


A, B, C = spec("a"), spec("b"), spec("c")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ((spec("a", operations=COPY), B), (A, spec("b", operations=COPY)), ["operation-moved a.copy -> b.copy"]),
        (
            (spec("a", operations=COPY), B),
            (A, spec("b", operations=COPY.replace("size: attr i64", "size: attr i32, more: index"))),
            [
                "operation-moved a.copy -> b.copy",
                "operand-added b.copy.more",
                "attribute-constraint-changed a.copy.size -> b.copy.size",
            ],
        ),
        (
            (spec("a", operations=COPY), B),
            (A, spec("b", operations=COPY.replace("copy:", "copy_all:"))),
            ["operation-moved a.copy -> b.copy_all"],
        ),
        (
            (spec("a", operations=COPY), B),
            (A, spec("b", operations=COPY.replace("CopyOp", "B_CopyOp"))),
            ["class-renamed a.copy -> b.copy", "operation-moved a.copy -> b.copy"],
        ),
        (
            (spec("a", operations=COPY),),
            (spec("b", operations=COPY),),
            ["dialect-added b", "dialect-removed a", "operation-moved a.copy -> b.copy"],
        ),
        (
            (spec("a", operations=COPY), B, C),
            (A, spec("b", operations=COPY), spec("c", operations=COPY)),
            ["operation-added c.copy", "operation-moved a.copy -> b.copy"],
        ),
        (
            (spec("a", operations=COPY), spec("b", operations=COPY), C),
            (A, B, spec("c", operations=COPY)),
            ["operation-removed b.copy", "operation-moved a.copy -> c.copy"],
        ),
        (
            (spec("a", operations=COPY), B),
            (
                spec("a", operations=COPY.replace("copy:", "copy_all:").replace("f64", "f32")),
                spec("b", operations=COPY),
            ),
            ["operation-added a.copy_all", "operation-moved a.copy -> b.copy"],
        ),
        (
            (spec("a", operations="yield: {class: YieldOp}"), B),
            (A, spec("b", operations="yield: {class: YieldOp}")),
            ["operation-moved a.yield -> b.yield"],
        ),
        (
            (spec("a", operations=COPY), B),
            (A, spec("b", operations="fill: {class: FillOp, arguments: {what: any}}")),
            ["operation-removed a.copy", "operation-added b.fill"],
        ),
        (
            (spec("a", operations=COPY), spec("b", operations=COPY)),
            (A, spec("b", operations=COPY)),
            ["operation-removed a.copy"],
        ),
        ((spec("a", enums=MODE), B), (A, spec("b", enums=MODE)), ["enum-moved a.Mode -> b.Mode"]),
        (
            (spec("a", types="t: {class: TType}"), B),
            (A, spec("b", types="t: {class: TType}")),
            ["definition-moved a.t -> b.t"],
        ),
    ],
)
def test_what_moved_is_one_change(old: tuple[str, ...], new: tuple[str, ...], expected: list[str]) -> None:
    assert sorted(told(old, new)) == sorted(expected)
    assert not check_with_griffe(
        *sides_of(Example("\n---\n".join(old), "\n---\n".join(new))), changes(old, new)
    ).unexplained


def test_what_holds_a_type_that_moved_is_not_reported() -> None:
    """Neither operations that stay nor those that move along, nor definitions, traits and parents."""
    kept = "hold: {class: HoldOp, arguments: {it: a.box, many: 'variadic a.box | i1'}, results: {out: a.box}}"
    moving = "open: {class: OpenOp, traits: ['HasParent(a.frame)'], arguments: {it: a.box, how: attr a.kind}}"
    frame = "frame: {class: FrameOp, regions: {body: any}}"
    kind = "kind: {class: KindAttr, parameters: {value: enum Mode}, format: '`<` $value `>`'}"
    pair = "pair: {class: PairType, parameters: {first: type, all: list<type>}, format: '`<` $first `,` $all `>`'}"
    old = (spec("a", operations=f"{kept}, {moving}, {frame}", types=f"{BOX}, {pair}", attributes=kind, enums=MODE), B)
    new = (
        spec("a", operations=kept.replace("a.box", "b.box")),
        spec(
            "b",
            operations=f"{moving}, {frame}".replace("a.", "b."),
            types=f"{BOX}, {pair}",
            attributes=kind,
            enums=MODE,
        ),
    )
    assert told(old, new) == [
        "enum-moved a.Mode -> b.Mode",
        "definition-moved a.kind -> b.kind",
        "definition-moved a.box -> b.box",
        "definition-moved a.pair -> b.pair",
        "operation-moved a.open -> b.open",
        "operation-moved a.frame -> b.frame",
    ]


def test_a_type_that_moved_and_was_renamed_is_known_where_it_is_used() -> None:
    hold = "hold: {class: HoldOp, arguments: {it: a.box}}"
    old = (spec("a", operations=hold, types=BOX), B)
    new = (spec("a", operations=hold.replace("a.box", "b.crate")), spec("b", types=BOX.replace("box:", "crate:")))
    assert told(old, new) == ["definition-moved a.box -> b.crate"]


def test_an_operand_of_another_type_than_the_one_that_moved_is_reported() -> None:
    hold = "hold: {class: HoldOp, arguments: {it: a.box}}"
    old = (spec("a", operations=hold, types=BOX), B)
    new = (spec("a", operations=hold.replace("a.box", "i1")), spec("b", types=BOX))
    assert told(old, new) == ["operand-type-changed a.hold.it", "definition-moved a.box -> b.box"]


def test_of_two_that_are_as_likely_the_reasons_name_the_other() -> None:
    (moved,) = (
        change
        for change in changes(
            (spec("a", operations=COPY), B, C), (A, spec("b", operations=COPY), spec("c", operations=COPY))
        )
        if change.rule == "operation-moved"
    )
    assert moved.candidate is not None
    assert moved.candidate.why[-1] == "as much speaks for c.copy"
    assert moved.hint.startswith("Write `b.copy` for `a.copy`")


def test_a_call_of_what_moved_is_shown() -> None:
    old, new = sides_of(Example(f"{spec('a', operations=COPY)}---\n{B}", f"{A}---\n{spec('b', operations=COPY)}"))
    (change,) = compare(old, new)
    witness = find_witness(change, old, new)
    assert witness is not None and "a.copy(" in witness.program("bindings")


def test_what_is_new_in_a_thing_that_moved_has_no_program_of_its_own() -> None:
    """Where the dialect that has it now is new too: the old side cannot name it."""
    more = COPY.replace("size: attr i64", "more: i1, size: attr i64").replace("results: {", "results: {also: i1, ")
    box = BOX.replace("content: type", "content: type, more: int64")
    old, new = sides_of(
        Example(
            f"{spec('a', operations=COPY, types=BOX, enums=MODE)}",
            f"{spec('b', operations=more, types=box, enums=MODE.replace('safe: 1', 'safe: 1, slow: 2'))}",
        )
    )
    found = compare(old, new)
    assert {"operation-moved", "operand-added", "result-added", "parameter-added"} <= {change.rule for change in found}
    for change in found:
        assert find_witness(change, old, new) is None or change.old is not None


def test_an_entry_of_an_overlay_is_told_the_new_dialect() -> None:
    old, new = sides_of(Example(f"{spec('a', operations=COPY)}---\n{B}", f"{A}---\n{spec('b', operations=COPY)}"))
    missing = Missing("dialect 'a'", "copy", "sample", Location("overlay.yaml", 3, 1))
    (orphan,) = find_orphans([missing], old, new, compare(old, new))
    assert orphan.new_name == "b.copy"
