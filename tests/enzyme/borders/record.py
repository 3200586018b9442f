"""Writes down what the releases say about every module: `python -m tests.enzyme.borders.record [DIALECT]...`."""

from __future__ import annotations

import sys
from typing import Any

import yaml

from enzyme_mlir.releases import RELEASES
from tests.enzyme.installed import folder_of

from .asking import ask
from .expand import DIALECTS, FOLDER, borders

HEAD = "# Written by `python -m tests.enzyme.borders.record`: what the releases of Enzyme say. Do not edit.\n"


def record(dialect: str) -> str:
    """The text of the verdicts on the modules of a dialect."""
    members = borders(dialect)
    asked = {release: ask(members, release, folder_of(release)) for release in RELEASES}
    found: dict[str, dict[str, Any]] = {}
    for member in members:
        words = {release: asked[release][member] for release in member.releases}
        alike = len(set(words.values())) == 1
        found.setdefault(member.family, {})[member.values] = next(iter(words.values())) if alike else words
    return HEAD + yaml.safe_dump(found, sort_keys=False, allow_unicode=True, width=1_000_000)


def main() -> None:
    """Write the files."""
    for dialect in sys.argv[1:] or DIALECTS:
        (FOLDER / "verdicts" / f"{dialect}.yaml").write_text(record(dialect), encoding="utf-8")
        print(f"{dialect}: {len(borders(dialect))} modules")


if __name__ == "__main__":
    main()
