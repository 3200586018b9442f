"""What a history says of versions: what came, changed, went, and under which name it went on."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diff.changes import Level
from opspec.history.facts import Chapter, Kind, Verb
from opspec.history.lives import lives
from opspec.history.story import tell
from opspec.history.versions import read_lines
from tests.diff.loading import HISTORY
from tests.history.specs import COPY, spec, story_of, write

ENUM = "enums:\n  Speed: {storage: i32, cases: {slow: 0, fast: 1}}\n"


def happened(chapter: Chapter) -> list[tuple[str, str, str, str]]:
    return [(event.kind.value, event.verb.value, event.name, event.other) for event in chapter.events]


@pytest.mark.parametrize(
    ("old", "new", "expected", "breaks"),
    [
        (spec("toy", COPY), spec("toy", COPY, "run: {class: RunOp}"), ("operation", "added", "run", ""), False),
        (spec("toy", COPY, "run: {class: RunOp}"), spec("toy", COPY), ("operation", "removed", "run", ""), True),
        (
            spec("toy", COPY),
            spec("toy", COPY.replace("copy:", "duplicate:")),
            ("operation", "renamed", "duplicate", "copy"),
            True,
        ),
        (
            spec("toy", COPY),
            spec("toy", COPY.replace("y: any", "y: any, width: attr i64 = 1")),
            ("operation", "changed", "copy", ""),
            False,
        ),
        (
            spec("toy", COPY),
            spec("toy", COPY.replace("y: any", "y: any, width: attr i64")),
            ("operation", "changed", "copy", ""),
            True,
        ),
        (spec("toy", COPY), spec("toy", COPY, more=ENUM), ("enum", "added", "Speed", ""), False),
        (
            spec("toy", COPY, more=ENUM),
            spec("toy", COPY, more=ENUM.replace("fast: 1", "fast: 1, still: 2")),
            ("enum", "changed", "Speed", ""),
            False,
        ),
        (
            spec("toy", COPY),
            spec("toy", COPY, more="types:\n  Jar: {class: JarType}\n"),
            ("type", "added", "Jar", ""),
            False,
        ),
    ],
)
def test_an_event(old: str, new: str, expected: tuple[str, str, str, str], breaks: bool, tmp_path: Path) -> None:
    (story,) = story_of(tmp_path / "versions", old, new).stories
    assert story.first.events == ()
    assert happened(story.last) == [expected]
    (event,) = story.last.events
    assert event.breaks_calls is breaks
    assert event.level is (Level.BREAKING if breaks else Level.COMPATIBLE)


def test_what_is_renamed_and_changed_is_one_event(tmp_path: Path) -> None:
    new = "duplicate: {class: CopyOp, arguments: {x: any, y: any, width: attr i64}, results: {r: any}}"
    (story,) = story_of(tmp_path / "versions", spec("toy", COPY), spec("toy", new)).stories
    (event,) = story.last.events
    assert (event.verb, event.name, event.other) == (Verb.RENAMED, "duplicate", "copy")
    assert [detail.words for detail in event.own] == ["operation renamed"]
    assert [detail.words for detail in event.parts] == ["width: attribute added"]


def test_words_alone_are_not_told(tmp_path: Path) -> None:
    write(tmp_path / "1/toy/dialect.yaml", spec("toy", COPY))
    write(tmp_path / "2/toy/dialect.yaml", spec("toy", COPY))
    overlay = "schema: opspec/overlay/1\ndialect: toy\noperations:\n  copy: {summary: It copies.}\n"
    write(tmp_path / "2/toy/overlay.yaml", overlay)
    (story,) = tell(read_lines([str(tmp_path)])).stories
    assert not story.is_eventful


def test_a_thing_that_moves_is_told_in_both_dialects(tmp_path: Path) -> None:
    for version, there in (("1.9", "bread"), ("1.10", "cake")):
        for dialect in ("bread", "cake"):
            operations = ["stay: {class: StayOp}", *([COPY] if dialect == there else [])]
            write(tmp_path / version / dialect / "dialect.yaml", spec(dialect, *operations))
    bread, cake = tell(read_lines([str(tmp_path)])).stories
    assert [chapter.version for chapter in bread.chapters] == ["1.9", "1.10"]
    assert happened(bread.last) == [("operation", "moved out", "copy", "cake.copy")]
    assert happened(cake.last) == [("operation", "moved in", "copy", "bread.copy")]
    assert (bread.last.breaking, cake.last.breaking) == (1, 0)


def test_a_dialect_that_comes_and_goes(tmp_path: Path) -> None:
    for version, dialects in (("1", ("a", "c")), ("2", ("a", "b", "c")), ("3", ("a", "c")), ("4", ("a", "c"))):
        for dialect in dialects:
            write(tmp_path / version / dialect / "dialect.yaml", spec(dialect, f"run_{dialect}: {{class: RunOp}}"))
    _, c, b = tell(read_lines([str(tmp_path)])).stories
    assert not c.is_eventful
    assert [(chapter.version, happened(chapter)) for chapter in b.chapters] == [
        ("2", [("dialect", "added", "b", "")]),
        ("3", [("dialect", "removed", "b", "")]),
    ]
    assert b.last.has[0].names == ()
    assert [life.spans for life in lives(b)] == [((0, 0),)]


def test_another_naming_convention_is_told_of_every_dialect(tmp_path: Path) -> None:
    for version, naming in (("1", "mnemonic"), ("2", "upstream")):
        head = "schema: opspec/bindings/1\npackage: home\noutput: ../generated\ndialects: [a, b]\n"
        write(tmp_path / version / "bindings.yaml", f"{head}naming: {naming}\n")
        for dialect in ("a", "b"):
            write(tmp_path / version / dialect / "dialect.yaml", spec(dialect, "run: {class: RunOp}"))
    stories = tell(read_lines([str(tmp_path)])).stories
    assert [story.last.events[0].details[0].words for story in stories] == ["naming: convention changed"] * 2
    assert [happened(story.last)[0] for story in stories] == [
        ("dialect", "changed", "a", ""),
        ("dialect", "changed", "b", ""),
    ]


def test_lives_go_on_under_new_names_and_through_gaps(tmp_path: Path) -> None:
    other = "other: {class: OtherOp, arguments: {n: attr i64}}"
    versions = (
        spec("toy", COPY, other),
        spec("toy", COPY.replace("copy:", "duplicate:")),
        spec("toy", COPY.replace("copy:", "duplicate:"), other),
    )
    (story,) = story_of(tmp_path / "versions", *versions).stories
    found = {life.name: (life.spans, [number for number, _ in life.marks]) for life in lives(story)}
    assert found == {"duplicate": (((0, 2),), [1]), "other": (((0, 0), (2, 2)), [1, 2])}


def test_versions_that_change_nothing_are_left_out_but_for_the_ends(tmp_path: Path) -> None:
    one, two = spec("toy", COPY), spec("toy", COPY, "run: {class: RunOp}")
    (story,) = story_of(tmp_path / "versions", one, one, two, two, two).stories
    assert [chapter.version for chapter in story.told] == ["1", "3", "5"]


def test_only_some_kinds_are_told(tmp_path: Path) -> None:
    told = story_of(tmp_path / "versions", spec("toy", COPY), spec("toy", "run: {class: RunOp}", more=ENUM))
    (story,) = told.only([Kind.ENUM]).stories
    assert story.kinds == (Kind.ENUM,)
    assert happened(story.last) == [("enum", "added", "Speed", "")]


def test_the_story_of_enzyme_adds_up() -> None:
    """What each version has is what the one before had, and what happened."""
    names = ("2023-11-22", "2024-06-30", "2024-12-27", "2025-04-22", "ae27aa0e", "4cdb2246")
    (story,) = tell(read_lines([str(HISTORY / f"{name}.yaml") for name in names])).stories
    assert tuple(chapter.version for chapter in story.chapters) == names
    assert [len(chapter.has[0].names) for chapter in story.chapters] == [11, 11, 12, 13, 26, 33]
    assert story.last.origin == "EnzymeAD/Enzyme 4cdb2246"
    for before, chapter in zip(story.chapters, story.chapters[1:], strict=False):
        for had, has in zip(before.has, chapter.has, strict=True):
            events = [event for event in chapter.events if event.kind is had.kind]
            gone = {
                e.other if e.verb is Verb.RENAMED else e.name for e in events if e.verb in (Verb.REMOVED, Verb.RENAMED)
            }
            come = {e.name for e in events if e.verb in (Verb.ADDED, Verb.RENAMED)}
            assert ({*had.names} - gone) | come == {*has.names}
    for number, chapter in enumerate(story.told):
        alive = {(x.kind, x.name) for x in lives(story) if any(a <= number <= b for a, b in x.spans)}
        assert alive == {(has.kind, name) for has in chapter.has for name in has.names}
