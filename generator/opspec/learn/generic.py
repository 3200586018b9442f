"""IR in generic form, read: which attributes of an operation it knows, and what they are."""

from __future__ import annotations

import re

from opspec.notation.scanning import ends_of, split_list
from opspec.probe.readings import Accepted, Reading

__all__ = ["properties_of", "shown_text"]


def shown_text(reading: Reading) -> str:
    """The IR that an answer shows, in generic form; empty where it shows none."""
    if isinstance(reading, Accepted):
        return reading.text
    return getattr(reading, "shown", "")


def properties_of(text: str, name: str) -> dict[str, str]:
    """What stands in `<{...}>` of the first operation of a name, by attribute; empty where there is nothing."""
    match = re.search(rf'"{re.escape(name)}"\([^)]*\)(?:\[[^\]]*\])? <\{{', text)
    if match is None:
        return {}
    end = next(ends_of(text, match.end(), ("}",)), len(text))
    found: dict[str, str] = {}
    for entry in split_list(text[match.end() : end]):
        key, separator, value = entry.partition(" = ")
        found[key.strip().strip('"')] = value.strip() if separator else "unit"
    return found
