"""The page of examples that a release refuses: `python -m tests.enzyme.examples.table [FILE]` asks them all again."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.enzyme.installed import RELEASES
from tests.release_forms import forms

from .asked import NEWEST_FIRST, SNAPSHOTS, Asked, asked
from .forms import refused

HEAD = """# The examples and the releases of Enzyme

Made by `python -m tests.enzyme.examples.table docs/examples.md`; the tests ask again. Every operation has a sample,
which is handed to the real Enzyme, without any pass: it reads and verifies the module.

## Each release in its own form

The samples of all operations that a release has, with the parts, types and spellings that it has:

| release | operations | samples that it accepts |
| --- | ---: | ---: |"""

SPEC = """## In the form of the spec

The reference has one example for each operation, and `generated/snapshots/` the IR that it builds, as the spec has it.
The newest release is asked first, and an older one about what no newer one accepts.
"""

OLDER = """### Accepted by an older release alone

Each is right by the spec and was right once: a later release has no such operation, or wants it in another form.

| example of | accepted by | the words of later releases |
| --- | --- | --- |"""

NEVER = """### Accepted by no release

The specs are newer than the releases in these.

| example of | the words of the releases |
| --- | --- |"""


def _cell(text: str) -> str:
    return "`" + text.replace("|", "\\|").replace("`", "'") + "`"


def _said(found: Asked) -> str:
    return "; ".join(f"{release}: {_cell(words)}" for release, words in found.refusals)


def _counts() -> str:
    counted = Counter(found.accepted for found in asked())
    lines = [f"| the newest release that accepts it | of {len(SNAPSHOTS)} examples |", "| --- | ---: |"]
    lines += [f"| {release} | {counted[release]} |" for release in NEWEST_FIRST if counted[release]]
    return "\n".join([*lines, f"| none | {counted['']} |"])


def build() -> str:
    """The page's text."""
    older = [found for found in asked() if found.accepted and found.refusals]
    never = [found for found in asked() if not found.accepted]
    return "\n".join(
        [
            HEAD,
            *(f"| {each} | {len(forms(each))} | {len(forms(each)) - len(refused(each))} |" for each in RELEASES),
            "",
            SPEC,
            _counts(),
            "",
            OLDER,
            *(f"| `{found.operation}` | {found.accepted} | {_said(found)} |" for found in older),
            "",
            NEVER,
            *(f"| `{found.operation}` | {_said(found)} |" for found in never),
            "",
        ]
    )


def main() -> None:
    """Write the page to the file that is named, or to standard output."""
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(build(), encoding="utf-8")
    else:
        print(build())


if __name__ == "__main__":
    main()
