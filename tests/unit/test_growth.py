"""Large specs: what `lint` and `generate` do grows as the spec does, and not faster."""

from __future__ import annotations

import cProfile
import math
import pstats
from collections.abc import Callable
from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics, SpecError, render
from opspec.pipeline import generate, load_project
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


def everything(count: int, name: str = "toy") -> dict[str, str]:
    """A spec with as many of all that operations refer to: enums, attributes, types, parents, what ends blocks."""
    parts = f"a: f64, t: {name}.t@, m: attr enum E@, s: attr optional {name}.at@"
    sections = (
        ("enums", "  E@: {storage: i32, cases: {a: 0, b: 1}}\n"),
        ("attributes", "  at@: {class: At@Attr, parameters: {n: int64}, format: '`<` $n `>`'}\n"),
        ("types", "  t@: {class: T@Type, parameters: {n: int64}, format: '`<` $n `>`'}\n"),
        (
            "operations",
            f"  op@: {{class: Op@Op, arguments: {{{parts}}}, results: {{r: f32}}, regions: {{body: any}}}}\n"
            f"  in@: {{class: In@Op, traits: ['HasParent({name}.op@)']}}\n"
            f"  end@: {{class: End@Op, traits: [Terminator, 'HasParent({name}.op@)']}}\n",
        ),
    )
    facts = "".join(lines(count, f"{key}:\n", line) for key, line in sections)
    head = f"schema: opspec/releases/1\ndialect: {name}\ndistribution: toy-ad\nreleases: ['1', '2']\n"
    releases = lines(count, head + "operations:\n", "  in@: ['2']\n")
    releases = lines(count, releases + "operation_attributes:\n", "  op@.s: ['2']\n")
    releases = lines(count, releases + "definitions:\n", f"  '!{name}.t@': ['2']\n")
    releases = lines(count, releases + "cases:\n", "  E@.b: ['2']\n")
    return {"dialect.yaml": f"schema: opspec/dialect/1\ndialect: {name}\n{facts}", "releases.yaml": releases}


def dialects(count: int) -> dict[str, dict[str, str]]:
    return {f"toy{number}": everything(2, f"toy{number}") for number in range(count)}


@pytest.mark.parametrize(
    ("make", "counts"),
    [(lambda count: {"toy": everything(count)}, (20, 80)), (dialects, (5, 25))],
    ids=["things", "dialects"],
)
def test_effort_of_generate_grows_with_the_spec(
    make: Callable[[int], dict[str, dict[str, str]]], counts: tuple[int, int], tmp_path: Path
) -> None:
    efforts = []
    for count in counts:
        specs = []
        for name, texts in make(count).items():
            folder = tmp_path / str(count) / name
            folder.mkdir(parents=True)
            for file, text in texts.items():
                (folder / file).write_text(text, encoding="utf-8")
            specs.append(folder / "dialect.yaml")
        project = load_project(Bindings("toy", "mnemonic", tmp_path / "out", tuple(specs)), Diagnostics())
        profile = cProfile.Profile()
        profile.runcall(generate, project)
        efforts.append(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]
    assert math.log(efforts[1] / efforts[0]) / math.log(counts[1] / counts[0]) <= 1.05
