"""The page of figures about derivatives: `python -m tests.enzyme.gradients.table [FILE]`.

It differentiates, compiles and measures everything again, and writes Markdown. The figures of the judge are read from
`tests/enzyme/judge/figures`, what is mended and refused from the tables of the product.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

from tests.enzyme.installed import folder_of

from .checked import Row, measured_rows, render_checked
from .judged import OTHER_RELEASES, render_judged
from .mended import render_mended

HEAD = """# Derivatives: what works, what is mended, what is refused

Made by `python -m tests.enzyme.gradients.table docs/derivatives.md`. All figures are of derivatives as users get them:
from `lowering.run`, which prepares functions before Enzyme differentiates them and refuses what Enzyme is known to get
wrong.
"""

RELEASES_HEAD = """## Other releases of Enzyme

`enzyme-ad` 0.0.16 is the release in use. To use another one, install it into a folder of its own, and name the folder:

```text
pip install --no-deps --target enzyme-0.0.15 enzyme-ad==0.0.15
```

Then it is `lowering.run(module, enzyme="enzyme-0.0.15")`, or for a whole program `ENZYME_MLIR_ENZYME=enzyme-0.0.15`.
(In this repository `make probe` installs all of them into `build/enzyme/`, and
`python -m tests.enzyme.judge --enzyme build/enzyme/0.0.15` judges one.) Spelling, what is mended, and what is known to
be wrong follow the release.
"""


def known_sections() -> str:
    """What is made of files and tables alone, and measures nothing."""
    return "\n".join([HEAD, render_judged(), render_mended()])


def render_releases(here: dict[str, list[Row]], others: dict[str, dict[str, list[Row]]]) -> str:
    """What the other releases do not differentiate of all that is compared, or not as exactly."""
    lines = [RELEASES_HEAD]
    usual = {(row.name, row.mode) for rows in here.values() for row in rows if row.error is None}
    for release, measured in others.items():
        rows = [row for section in measured.values() for row in section]
        less = [row for row in rows if is_less(row) and (row.name, row.mode) not in usual]
        right = sum(row.error is not None and not is_less(row) for row in rows)
        lines.append(f"With {release}, of the {len(rows)} derivatives below {right} are right. Not, beside those that")
        lines += ["never are:", "", "| what | mode | instead |", "| --- | --- | --- |"]
        lines += [f"| {row.name} | {row.mode} | {instead_of(row)} |" for row in less]
        lines.append("")
    return "\n".join(lines)


def is_less(row: Row) -> bool:
    """Whether a derivative is refused, or not as exact as it has to be."""
    return row.error is None or row.error > row.tolerance


def instead_of(row: Row) -> str:
    """What comes instead of a right derivative."""
    note = row.note.replace("|", "\\|")
    return f"refused: `{note}`" if row.error is None else f"an error of {row.error:.1e}"


def build() -> str:
    """The whole page."""
    here = measured_rows()
    others = {release: measured_rows(folder_of(release)) for release in OTHER_RELEASES}
    return "\n".join([known_sections(), render_releases(here, others), render_checked(here, version("enzyme_ad"))])


def main() -> None:
    """Write the page to the file that is named, or to standard output."""
    text = build()
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
