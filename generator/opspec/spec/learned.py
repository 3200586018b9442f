"""`learned.yaml` beside a spec: facts that a binary told, of what the facts of TableGen do not have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from opspec.diagnostics import Diagnostic, Diagnostics
from opspec.spec.nodes import MapNode, Node, ScalarNode, entries, text_of
from opspec.spec.printer import FORMAT_NOTE
from opspec.spec.reading import read_yaml
from opspec.spec.schema import validate

__all__ = ["LEARNED", "read_learned", "read_notes", "warn_of_learned", "with_learned"]

LEARNED = "learned.yaml"
"""What the file is called."""

_SECTIONS = ("enums", "attributes", "types", "operations")


def read_learned(facts: Path, diagnostics: Diagnostics, shown: str) -> MapNode | None:
    """What stands in the `learned.yaml` beside `facts`, which diagnostics call `shown`; None where there is none."""
    path = facts.with_name(LEARNED)
    if not path.is_file():
        return None
    root = read_yaml(path, diagnostics, shown)
    root = validate(root, "dialect", diagnostics) if root is not None else None
    if root is not None and (found := text_of(root, "dialect")) != facts.parent.name and facts.is_file():
        name = root.get("dialect")
        wanted = text_of(read_yaml(facts, Diagnostics()), "dialect")
        if name is not None and found != wanted:
            message = f"the learnt facts are of dialect '{found}', the facts beside them are of '{wanted}'"
            diagnostics.report("wrong-dialect", message, name.location)
    return root


def read_notes(text: str) -> dict[tuple[str, str, str], str]:
    """How facts were learnt, from the comments in the text of a `learned.yaml`, as `print_dialect` takes it."""
    found: dict[tuple[str, str, str], str] = {}
    section = name = ""
    for line in text.splitlines():
        key, _, note = line.partition("  # ")
        word = key.strip().partition(":")[0].strip("'\"")
        match len(key) - len(key.lstrip()):
            case 0 if word:
                section = word
            case 2:
                name = word
                found[section, name, ""] = note
            case 6 if note:
                found[section, name, word] = note
            case 4 if word == "format":
                found[section, name, FORMAT_NOTE] = note
            case _:
                pass
    return {key: note for key, note in found.items() if note}


def with_learned(root: MapNode, learned: MapNode) -> MapNode:
    """The facts with what only the learnt ones have; of what both have, those of TableGen count."""
    found: dict[str, Node] = {}
    for section in _SECTIONS:
        mine = tuple(entries(root, section))
        known = {key.text for key, _ in mine}
        more = tuple(entry for entry in entries(learned, section) if entry[0].text not in known)
        holder = root.get(section) or learned.get(section)
        if more and isinstance(holder, MapNode):
            found[section] = replace(holder, entries=_in_order(section, (*mine, *more)))
    kept = [(key, found.pop(key.text, node)) for key, node in root.entries]
    added = [(key, found[section]) for section in _SECTIONS if section in found and (key := learned.key(section))]
    return replace(root, entries=(*kept, *added))


_Entries: TypeAlias = tuple[tuple[ScalarNode, Node], ...]


def _in_order(section: str, found: _Entries) -> _Entries:
    """Operations stand in the order of their names, as `opspec extract` writes them; all else as it comes."""
    return tuple(sorted(found, key=lambda entry: entry[0].text)) if section == "operations" else found


def warn_of_learned(facts: Path, diagnostics: Diagnostics) -> None:
    """Warn of everything learnt that the facts of TableGen have by now."""
    path = facts.with_name(LEARNED)
    root = read_yaml(facts, Diagnostics())
    learned = read_yaml(path, Diagnostics()) if path.is_file() else None
    if root is not None and learned is not None:
        hint = f"remove it from {LEARNED}, or learn anew what is lacking: opspec learn"
        for message, node in _superseded(root, learned):
            diagnostics.found.append(Diagnostic("learned", message, node.location, hint, is_warning=True))


def _superseded(root: MapNode, learned: MapNode) -> Iterator[tuple[str, Node]]:
    for section in _SECTIONS:
        known = {key.text for key, _ in entries(root, section)}
        for key, _ in entries(learned, section):
            if key.text in known:
                yield f"'{key.text}' of the {section} is learnt, and in dialect.yaml as well, which counts", key
