"""Large specs: what `lint` does grows as the spec does, and not faster."""

from __future__ import annotations

import cProfile
import math
import pstats
from collections.abc import Callable
from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics, SpecError, render
from opspec.pipeline import load_project
from opspec.spec.bindings import Bindings

HEAD = "schema: opspec/dialect/1\ndialect: toy\n"
OVERLAY = "schema: opspec/overlay/1\ndialect: toy\n"
SMALL, LARGE = 100, 700


def lines(count: int, head: str, line: str) -> str:
    """`head`, and as many lines, each with its own number."""
    return head + "".join(line.replace("@", str(number)) for number in range(count))


def operations(count: int, rest: str = "") -> str:
    return lines(count, HEAD + "operations:\n", f"  op@: {{class: Op@Op{rest}}}\n")


KINDS: dict[str, Callable[[int], tuple[str, str]]] = {
    "cases": lambda n: (lines(n, HEAD + "enums:\n  E:\n    storage: i32\n    cases:\n", "      case_@: @\n"), ""),
    "wrong cases": lambda n: (lines(n, HEAD + "enums:\n  E:\n    storage: i32\n    cases:\n", "      c_@: x\n"), ""),
    "duplicate keys": lambda n: (lines(n, HEAD + "provenance:\n", "  a: 1\n"), ""),
    "wrong keys": lambda n: (lines(n, HEAD, "wrong_@: 1\n"), ""),
    "operations": lambda n: (operations(n), ""),
    "operations with parts": lambda n: (operations(n, ', arguments: {a: any, b: "attr i64 = 1"}'), ""),
    "one name for all": lambda n: (operations(n).replace("Op}", "}").replace("Op", "Same"), ""),
    "unknown constraints": lambda n: (operations(n, ', arguments: {a: "Foo@"}'), ""),
    "wrong words": lambda n: (operations(n, ', arguments: {a: "foo@"}'), ""),
    "parents": lambda n: (operations(n, ', regions: {r: any}, traits: [Terminator, "HasParent<toy.op@>"]'), ""),
    "enums": lambda n: (
        lines(
            n, operations(n, ', arguments: {a: "attr enum E@"}') + "enums:\n", "  E@: {storage: i32, cases: {a: 0}}\n"
        ),
        "",
    ),
    "constraints": lambda n: (
        lines(n, operations(n, ', arguments: {a: "C@"}') + "constraints:\n", '  C@: "f32 | f64"\n'),
        "",
    ),
    "attributes": lambda n: (
        lines(n, operations(n, ', arguments: {a: "attr toy.at@"}') + "attributes:\n", "  at@: {class: At@Attr}\n"),
        "",
    ),
    "arguments": lambda n: (
        lines(n, HEAD + "operations:\n  op:\n    class: OpOp\n    arguments:\n", "      a@: any\n"),
        "",
    ),
    "words": lambda n: (operations(n), lines(n, OVERLAY + "operations:\n", "  op@: {summary: x}\n")),
    "words about nothing": lambda n: (operations(n), lines(n, OVERLAY + "operations:\n", "  opx@: {summary: x}\n")),
    "groups": lambda n: (operations(n), lines(n, OVERLAY + "groups:\n", "  G@: [op@]\n")),
}


def effort(folder: Path, texts: tuple[str, str]) -> int:
    """How many functions are called to load a spec and to print what is wrong."""
    facts, overlay = texts
    (folder / "dialect.yaml").write_text(facts, encoding="utf-8")
    if overlay:
        (folder / "overlay.yaml").write_text(overlay, encoding="utf-8")
    bindings = Bindings("toy", "mnemonic", folder / "out", (folder / "dialect.yaml",))

    def load() -> None:
        try:
            load_project(bindings, Diagnostics())
        except SpecError as error:
            for found in error.diagnostics:
                render(found)

    profile = cProfile.Profile()
    profile.runcall(load)
    return pstats.Stats(profile).total_calls  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
def test_effort_grows_with_the_spec(kind: str, tmp_path: Path) -> None:
    calls, more_calls = (effort(tmp_path, KINDS[kind](count)) for count in (SMALL, LARGE))
    assert math.log(more_calls / calls) / math.log(LARGE / SMALL) <= 1.1
