"""The kinds of wrong derivatives, in the guide: `python -m tests.enzyme.gradients.kinds docs/unsound.md`.

What stands in the guide from the heading of this section on is written again: each kind as the product has it, with the
smallest program that shows it and what Enzyme makes of that, measured.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from enzyme_mlir import jit, lowering
from enzyme_mlir.lowering import HAZARD_KINDS, HazardKind
from tests.enzyme.hazards.cases import CASES, Case

from .mended import span
from .prose import paragraph

__all__ = ["HEADING", "render_kinds", "without_numbers"]

NAME = "tests.enzyme.gradients.kinds"
HEADING = "## The kinds\n"
MEASURED = re.compile(r"(?<=by itself gives ).*?(?=, right is)", re.DOTALL)


def render_kinds(measure: Callable[[Case], str] | None = None) -> str:
    """The section; `measure` gives what Enzyme makes of a case by itself."""
    measure = measure or measured
    head = paragraph(
        f"Written by `python -m {NAME} docs/unsound.md` from `lowering.HAZARD_KINDS` and the programs of "
        "`tests/enzyme/hazards`. Each kind stands with programs that show it, without what asks for the derivative. "
        "That is called with the numbers of `@f`, each followed by its direction in forward mode; memory, followed by "
        "its shadow; and the seed in reverse mode. It gives the value and the derivative in forward mode, the "
        "derivatives by the numbers and the shadows in reverse mode."
    )
    return "\n".join([HEADING, head, "", *(render_kind(kind, measure) for kind in HAZARD_KINDS.values())])


def render_kind(kind: HazardKind, measure: Callable[[Case], str]) -> str:
    """What is known of a kind, and the program that shows it."""
    cases = [case for case in CASES if case.kind == kind.name]
    modes = "Both modes" if len(kind.modes) > 1 else f"{kind.modes[0].capitalize()} mode"
    lines = [
        f"### `{kind.name}`",
        "",
        paragraph(f"{modes}, {span(kind.releases)} releases: {kind.wrong}."),
        "",
        f"- {paragraph(f'What to write: {kind.instead}.')}",
        f"- {paragraph(f'Mended by the preparation: {kind.mended}.' if kind.mended else 'Not mended: it is refused.')}",
        "",
    ]
    for program in dict.fromkeys(map(program_of, cases)):
        lines += ["```mlir", program, "```", ""]
        lines += [f"{paragraph(numbers_of(case, measure))}\n" for case in cases if program_of(case) == program]
    return "\n".join(lines)


def program_of(case: Case) -> str:
    """The program, without what asks for its derivative, and without constants that it does not use."""
    text = case.text.partition("func.func @main")[0] if "@main" in case.text else case.text
    lines = [line for line in text.splitlines() if line.strip()]
    kept = []
    for line in lines:
        found = re.match(r"\s*(%\w+) = arith\.constant ", line)
        if found is None or len(re.findall(rf"{found[1]}\b", text)) > 1:
            kept.append(line)
    return "\n".join(kept)


def numbers_of(case: Case, measure: Callable[[Case], str]) -> str:
    """What Enzyme makes of a case by itself, and what is right."""
    given = ", ".join(shown(np.atleast_1d(each)) for each in case.arguments())
    wanted = shown(np.asarray(case.wanted, float))
    return f"In {case.mode} mode, with {given}, Enzyme by itself gives {measure(case)}, right is {wanted}."


def measured(case: Case) -> str:
    """What Enzyme makes of a case as it is."""
    main: Any = jit.compile(lowering.run(case.text, case.pipeline, prepare=False, unsound="allow"), "main")
    arguments = case.arguments()
    results = main(*arguments)
    parts = [] if results is None else [np.ravel(each) for each in np.atleast_1d(results)]
    return shown(np.concatenate([*parts, *(np.ravel(arguments[each]) for each in case.outputs)]))


def shown(numbers: np.ndarray[Any, Any]) -> str:
    """Numbers, short."""
    return "(" + ", ".join(f"{number:.6g}" for number in numbers) + ")" if len(numbers) > 1 else f"{numbers[0]:.6g}"


def without_numbers(text: str) -> str:
    """The section without what is measured, and without line breaks, which depend on that."""
    return " ".join(MEASURED.sub("...", text).split())


def main() -> None:
    """Write the section into the guide that is named, or to standard output."""
    section = render_kinds()
    if len(sys.argv) > 1:
        path = Path(sys.argv[1])
        before = path.read_text(encoding="utf-8").partition(HEADING)[0]
        path.write_text(before + section, encoding="utf-8")
    else:
        print(section)


if __name__ == "__main__":
    main()
