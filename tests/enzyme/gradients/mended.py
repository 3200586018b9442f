"""What is mended and how, and what is refused by name, from the tables that the product itself goes by."""

from __future__ import annotations

from enzyme_mlir.lowering import HAZARD_KINDS
from enzyme_mlir.lowering.prepare.mathematics import EXPANDED, Rewrite
from enzyme_mlir.releases import RELEASES

from .prose import paragraph

__all__ = ["render_mended", "span"]


def span(releases: tuple[str, ...]) -> str:
    """Releases in short: `all`, or their names."""
    return "all" if set(releases) >= set(RELEASES) else ", ".join(releases)


def modes(names: tuple[str, ...]) -> str:
    """Modes in short: `both`, or the one."""
    return "both" if len(names) > 1 else names[0]


def render_mended() -> str:
    """The sections of what is mended."""
    return "\n".join([_kinds(), _functions()])


def _kinds() -> str:
    lines = [
        "## What is mended, and how",
        "",
        paragraph(
            "`lowering.run` gives Enzyme a copy of each function that has been prepared, and expands derivatives of "
            "derivatives from the inside outwards. These are the kinds of derivatives that Enzyme gets wrong by itself "
            "without a word, and what is done (`lowering.HAZARD_KINDS`); [unsound.md](unsound.md) is the guide to "
            "them. "
            "`tests/enzyme/hazards` shows the wrong number of each, so that a release that mends one is noticed."
        ),
        "",
        "| kind | mode | releases | what comes out of Enzyme by itself | what is done |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kind in HAZARD_KINDS.values():
        done = kind.mended or "**refused**"
        lines.append(f"| {kind.name} | {modes(kind.modes)} | {span(kind.releases)} | {kind.wrong} | {done} |")
    return "\n".join(lines) + "\n"


def _functions() -> str:
    lines = [
        "### Functions",
        "",
        paragraph(
            "These have no derivative in Enzyme, or one that is wrong for some numbers. They keep their values, to the "
            "last bit, and get the derivative written here (`enzyme_mlir.lowering.prepare.mathematics.EXPANDED`). The "
            "tests in `tests/enzyme/prepare` sweep each over its whole domain."
        ),
        "",
        "| function | derivative | modes | with releases | why |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{row.name}` | {row.derivative} | {modes(row.modes)} | {_rewritten(row)} | {_why(row)} |"
        for row in EXPANDED.values()
    ]
    return "\n".join(lines) + "\n"


def _rewritten(row: Rewrite) -> str:
    return span(tuple(each for each in RELEASES if each not in row.own))


def _why(row: Rewrite) -> str:
    return f"wrong: {row.fault}" if row.fault else "none in Enzyme"
