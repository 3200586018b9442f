"""How the time of `opspec lint` and `opspec generate` grows with a spec: `python benchmarks/growth.py --factor 2`.

Each size doubles the one before. The exponent is the slope from the least size to the greatest on doubly logarithmic
paper: 1 is linear, 2 quadratic. Each run is a process of its own; what counts is the time of the processor.
"""

from __future__ import annotations

import argparse
import math
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

_BINDINGS = "schema: opspec/bindings/1\npackage: toy_bindings\noutput: generated\ndialects: [{}]\n"
_HEAD = "schema: opspec/dialect/1\ndialect: {}\n"
_PARTS = "arguments: {a: f64, b: toy.box, n: attr i64 = 3, m: attr enum Mode}, results: {r: f32}"
_SHARED = """\
enums: {Mode: {storage: i32, cases: {fast: 0, safe: 1}}}
types: {box: {class: BoxType, parameters: {a: int64}, format: "`<` $a `>`"}}
operations:
"""


def _lines(count: int, line: str) -> str:
    return "".join(line.replace("@", str(number)) for number in range(count))


def _one_line(count: int) -> dict[str, str]:
    return {"toy": "operations:\n" + _lines(count, "  op@: {class: Op@Op}\n")}


def _with_parts(count: int) -> dict[str, str]:
    return {"toy": _SHARED + _lines(count, f"  op@: {{class: Op@Op, {_PARTS}}}\n")}


def _cases(count: int) -> dict[str, str]:
    cases = _lines(count, "      case_@: @\n")
    used = "operations: {op: {class: OpOp, arguments: {mode: attr enum Mode}}}\n"
    return {"toy": f"enums:\n  Mode:\n    storage: i32\n    cases:\n{cases}{used}"}


def _duplicates(count: int) -> dict[str, str]:
    return {"toy": "operations:\n" + _lines(count, "  op: {class: OpOp}\n")}


def _types(count: int) -> dict[str, str]:
    types = _lines(count, "  t@: {class: T@Type, parameters: {a: int64}, format: '`<` $a `>`'}\n")
    return {"toy": f"types:\n{types}operations:\n" + _lines(count, "  op@: {class: Op@Op, arguments: {a: toy.t@}}\n")}


def _dialects(count: int) -> dict[str, str]:
    """Ten operations in each dialect."""
    body = _SHARED + _lines(10, f"  op@: {{class: Op@Op, {_PARTS}}}\n")
    return {f"toy{number}": body.replace("toy.", f"toy{number}.") for number in range(max(1, count // 10))}


KINDS: dict[str, tuple[Callable[[int], dict[str, str]], str, int]] = {
    "one-line operations": (_one_line, "lint", 25_000),
    "operations with parts": (_with_parts, "lint", 5_000),
    "cases of an enum": (_cases, "lint", 5_000),
    "duplicate keys": (_duplicates, "lint", 5_000),
    "types": (_types, "lint", 5_000),
    "one-line operations, generated": (_one_line, "generate", 1_000),
    "operations with parts, generated": (_with_parts, "generate", 500),
    "cases of an enum, generated": (_cases, "generate", 5_000),
    "types, generated": (_types, "generate", 500),
    "dialects, generated": (_dialects, "generate", 500),
}
"""What grows, the command that reads it, and the least size."""


def _write(folder: Path, specs: dict[str, str]) -> None:
    (folder / "bindings.yaml").write_text(_BINDINGS.format(", ".join(specs)), encoding="utf-8")
    for name, text in specs.items():
        (folder / name).mkdir()
        (folder / name / "dialect.yaml").write_text(_HEAD.format(name) + text, encoding="utf-8")


def _seconds(specs: dict[str, str], command: str) -> float:
    """The time of the processor that a run takes, without that of a start that does nothing."""
    with tempfile.TemporaryDirectory(prefix="opspec-") as name:
        _write(Path(name), specs)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-m", "opspec", command, "--config", "bindings.yaml"],
            cwd=name,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.returncode in (0, 100) and "Traceback" not in done.stderr, done.stderr[-2000:]
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print a line for each kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", help=f"Some of: {', '.join(KINDS)}.")
    parser.add_argument("--doublings", type=int, default=3, help="How many times the least size is doubled [3].")
    parser.add_argument("--factor", type=float, default=1, help="What the sizes are multiplied with [1].")
    options = parser.parse_args()
    idle = min(_seconds(_one_line(1), "lint") for _ in range(3))
    for kind in options.kinds or KINDS:
        make, command, least = KINDS[kind]
        sizes = [int(least * options.factor) * 2**step for step in range(options.doublings + 1)]
        taken = [max(0.01, _seconds(make(size), command) - idle) for size in sizes]
        exponent = math.log(taken[-1] / taken[0]) / math.log(sizes[-1] / sizes[0])
        told = ", ".join(f"{size:,}: {seconds:.1f} s" for size, seconds in zip(sizes, taken, strict=True))
        print(f"{kind}: exponent {exponent:.2f} ({told})", flush=True)


if __name__ == "__main__":
    main()
