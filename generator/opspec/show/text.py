"""A card on a terminal: headings, and below each what it is about, wrapped to the width."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from opspec.diagnostics import visible
from opspec.emitters.docs.cards import Card
from opspec.emitters.docs.contracts import ContractSection
from opspec.emitters.docs.view import Table
from opspec.emitters.markdown import bare, plain

__all__ = ["HEADING", "card_text"]

HEADING = re.compile(r"(?m)^(?! ).+$")
"""A heading of a card; everything below it is indented."""
_KEPT = re.compile(r"\s*(?:[-*+|>#]|\d+[.)]\s+\S)|\s{4}")
_TEXT = "  "


def card_text(card: Card, width: int) -> str:
    """The card, in lines of at most that width where words allow it."""
    lines = [*_wrapped(f"{card.name}, {_article(card.kind)}; in Python {card.module}", width, "")]
    if card.summary:
        lines += ["", *_wrapped(f"{visible(' '.join(card.summary.split()))}.", width)]
    if card.description:
        lines += ["", *_description(card.description, width)]
    if card.python:
        lines += ["", "Python", *_indented(card.python)]
    for table in card.tables:
        lines += ["", plain(table.title), *_table(table, width)]
    if card.rules:
        lines += ["", "Rules", *_list(card.rules, width)]
    if card.contract is not None:
        lines += ["", *_contract(card.contract, width)]
    for title, text in (("Traits and interfaces", card.traits), ("Assembly format", visible(card.format))):
        if text:
            lines += ["", title, *_wrapped(text.replace("`", "") if title.startswith("T") else text, width)]
    if card.notes:
        lines += ["", "Notes"]
        for note in card.notes:
            for line in filter(None, note.splitlines()):
                lines += _wrapped(plain(line), width)
    lines += _releases(card, width)
    if card.example:
        lines += ["", "Example", *_indented(card.program), "", "prints", *_indented(card.ir)]
    return "\n".join(line.rstrip() for line in lines)


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeio' else 'a'} {kind}"


def _indented(text: str) -> list[str]:
    return [f"{_TEXT}{visible(line)}" for line in text.splitlines()]


def _wrapped(text: str, width: int, first: str = _TEXT, rest: str = _TEXT) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )


def _list(items: Sequence[str], width: int) -> Iterator[str]:
    for item in items:
        yield from _wrapped(plain(item), width, "  - ", "    ")


def _description(text: str, width: int) -> Iterator[str]:
    """Paragraphs wrapped anew; lists, tables and code stay as they are."""
    paragraph: list[str] = []
    is_code = False
    for raw in text.expandtabs(4).strip("\n").splitlines():
        line = visible(raw)
        is_fence = line.lstrip().startswith(("```", "~~~"))
        if line.strip() and not is_fence and not is_code and not _KEPT.match(line):
            paragraph.append(line.strip())
            continue
        yield from _wrapped(" ".join(paragraph), width)
        paragraph = []
        is_code ^= is_fence
        yield f"{_TEXT}{line}"
    yield from _wrapped(" ".join(paragraph), width)


def _table(table: Table, width: int) -> Iterator[str]:
    """A block for each row: what it is called, what is said of it in short, and below it its meaning."""
    terms = [bare(row[0]) for row in table.rows]
    column = min(max(map(len, terms), default=0), 28) + 4
    for term, row in zip(terms, table.rows, strict=True):
        facts = [_fact(title, bare(text), term) for title, text in zip(table.columns[1:-1], row[1:-1], strict=True)]
        about = ", ".join(filter(None, facts))
        meaning = plain(row[-1])
        if not about:
            about, meaning = meaning, ""
        head = f"{_TEXT}{term}"
        head = f"{head:<{column}}" if len(head) <= column - 2 else f"{head}  "
        yield from _wrapped(about, width, head, " " * column) or [head]
        yield from _wrapped(meaning, width, " " * column, " " * column)


def _fact(title: str, text: str, term: str) -> str:
    if title == "Python":
        return "" if text == term else f"in Python {text}"
    if title == "Default" and not text.startswith("required"):
        text = text.replace("`", "")
        return f"default {text}" if not text.startswith("unset") else f"optional{text.removeprefix('unset')}"
    return text


def _contract(contract: ContractSection, width: int) -> Iterator[str]:
    yield "What follows from the function"
    if contract.summary:
        yield from _wrapped(f"{plain(contract.summary)}.", width)
        yield ""
    yield from _grid([contract.columns, *([bare(text) for text in row] for row in contract.rows)])
    yield ""
    yield from _list(contract.roles, width)
    for note in contract.notes:
        yield from _list([note], width)


def _grid(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table in columns; the first row is their titles."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield _TEXT + "  ".join(f"{text:<{size}}" for text, size in zip(row, widths, strict=True))


def _releases(card: Card, width: int) -> Iterator[str]:
    if card.rows:
        head = ("", *map(visible, card.releases))
        grid = list(_grid([head, *((row.name, *map(bare, row.cells)) for row in card.rows)]))
        yield from ("", "Releases")
        if max(map(len, grid)) <= width:
            yield from grid
            return
        for row in card.rows:
            has = ", ".join(f"{release} {bare(text)}" for release, text in zip(card.releases, row.cells, strict=True))
            yield from _wrapped(row.name, width)
            yield from _wrapped(visible(has), width, "    ", "    ")
    elif card.releases:
        yield from ("", "Releases", *_wrapped(visible(", ".join(card.releases)), width))
