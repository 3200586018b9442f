"""Entries go into YAML files where they belong, and nothing else changes."""

from __future__ import annotations

import pytest
import yaml

from opspec.spec.entering import Entry, with_entries

NAME = ("operations", "open", "python", "name")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "operations:\n  open:\n    python: {name: open_}\n"),
        ("# words\n", "# words\noperations:\n  open:\n    python: {name: open_}\n"),
        ("a: 1", "a: 1\noperations:\n  open:\n    python: {name: open_}\n"),
        ("operations:\n", "operations: {open: {python: {name: open_}}}\n"),
        ("operations: {}\n", "operations: {open: {python: {name: open_}}}\n"),
        ("operations: {a: {x: 1}}\n", "operations: {open: {python: {name: open_}}, a: {x: 1}}\n"),
        (
            "operations:\n    close: # one\n        x: |\n          text\n\n# the end\nb: 1\n",
            "operations:\n    close: # one\n        x: |\n          text\n\n"
            "    open:\n      python: {name: open_}\n# the end\nb: 1\n",
        ),
        (
            "operations:\n  open:\n    x: 1  # said\n\n  close:\n    x: 2\n",
            "operations:\n  open:\n    x: 1  # said\n    python: {name: open_}\n\n  close:\n    x: 2\n",
        ),
        (
            "operations:\n  open:\n    list:\n    - a\n    - b\nz: 1\n",
            "operations:\n  open:\n    list:\n    - a\n    - b\n    python: {name: open_}\nz: 1\n",
        ),
        (
            "operations:\n  open:\n    python:\n      # why\n      name: old\n",
            "operations:\n  open:\n    python:\n      # why\n      name: open_\n",
        ),
        ("operations: {open: {python: {name: 'old'}}}\n", "operations: {open: {python: {name: open_}}}\n"),
        (
            "operations:\n  open:\n    python: {aliases: [x]}\n",
            "operations:\n  open:\n    python: {name: open_, aliases: [x]}\n",
        ),
    ],
)
def test_an_entry_goes_where_it_belongs(before: str, after: str) -> None:
    assert with_entries(before, [Entry(NAME, "open_")]) == after
    assert yaml.safe_load(after)["operations"]["open"]["python"]["name"] == "open_"
    assert with_entries(after, [Entry(NAME, "open_")]) == after


def test_keys_and_texts_that_yaml_takes_for_something_else() -> None:
    entries = [
        Entry(("a", key, "name"), value) for key, value in (("2d.x", "null"), ("yes", "on"), ("a-b", "1"), ("'", "x"))
    ]
    found = yaml.safe_load(with_entries("schema: s\n", entries))
    assert found == {"schema": "s", "a": {entry.path[1]: {"name": entry.text} for entry in entries}}
