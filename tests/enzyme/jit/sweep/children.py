"""What becomes of programs, whatever they do to the process that they run in.

Many functions in one module compile faster than many modules, so programs go in groups. A group that is not right is
halved until single programs are left.
"""

from __future__ import annotations

import ast
import pickle
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .program import Program

__all__ = ["run_programs"]

ROOT = Path(__file__).parents[4]
GROUP = 8
SIGNATURE = re.compile(r"func\.func @main\((?P<takes>[^{]*?)\)(?: -> (?P<gives>[^{]*?))? \{")


def _split(types: str) -> list[str]:
    """The parts between the outermost commas."""
    parts, depth = [""], 0
    for character in types:
        depth += {"<": 1, "(": 1, "[": 1, ">": -1, ")": -1, "]": -1}.get(character, 0)
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip()]


def _signature(text: str) -> tuple[list[str], list[str]]:
    found = SIGNATURE.search(text)
    assert found, text
    gives = (found["gives"] or "").strip()
    if gives.startswith("("):
        gives = gives[1:-1]
    return [part.partition(":")[2].strip() for part in _split(found["takes"])], _split(gives)


def join(programs: Sequence[Program]) -> Program:
    """One program that calls many, with all their arguments, and returns all their results."""
    texts, calls, takes, gives = [], [], [], []
    for number, program in enumerate(programs):
        texts.append(re.sub(r"@(?=[A-Za-z_])", f"@p{number}_", program.text))
        inputs, outputs = _signature(program.text)
        names = ", ".join(f"%a{len(takes) + position}" for position in range(len(inputs)))
        shown = f"%r{number}:{len(outputs)} = " if outputs else ""
        calls.append(f"{shown}call @p{number}_main({names}) : ({', '.join(inputs)}) -> ({', '.join(outputs)})")
        takes += inputs
        gives += [(f"%r{number}#{position}", each) for position, each in enumerate(outputs)]
    parameters = ", ".join(f"%a{position}: {each}" for position, each in enumerate(takes))
    types = ", ".join(each for _, each in gives)
    returned = f"return {', '.join(name for name, _ in gives)} : {types}" if gives else "return"
    main = "\n".join([f"func.func @main({parameters}) -> ({types}) {{", *calls, returned, "}"])
    after: list[tuple[int, object]] = []
    arguments: list[object] = []
    for program in programs:
        after += [(len(arguments) + position, wanted) for position, wanted in program.after]
        arguments += program.arguments
    results = tuple(result for program in programs for result in program.results)
    tolerance = max(program.tolerance for program in programs)
    return Program("many", "", "\n".join([*texts, main]), tuple(arguments), results, tuple(after), tolerance)


def _run_each(programs: Sequence[Program]) -> list[str]:
    """The verdicts, from as many processes as it takes."""
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "programs")
        verdicts = path.with_suffix(".verdicts")
        while len(found) < len(programs):
            verdicts.touch()
            path.write_bytes(pickle.dumps(list(programs[len(found) :])))
            command = [sys.executable, "-m", "tests.enzyme.jit.sweep.child", str(path)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
            found += [ast.literal_eval(line) for line in verdicts.read_text().splitlines()]
            verdicts.write_text("")
            if len(found) < len(programs):
                found.append(f"died: {done.returncode}: {done.stderr.strip()[-300:]}")
    return found


def run_programs(programs: Sequence[Program]) -> list[str]:
    """The verdict on each program: `right`, `refused: why`, `wrong: how`, or `died: of what`."""
    verdicts: dict[int, str] = {}
    single = [position for position, program in enumerate(programs) if program.is_alone]
    plain = [position for position, program in enumerate(programs) if not program.is_alone]
    groups = [plain[start : start + GROUP] for start in range(0, len(plain), GROUP)]
    groups += [[position] for position in single]
    while groups:
        tasks = [join([programs[i] for i in group]) if len(group) > 1 else programs[group[0]] for group in groups]
        left: list[list[int]] = []
        for group, verdict in zip(groups, _run_each(tasks), strict=True):
            if verdict == "right" or len(group) == 1:
                verdicts |= dict.fromkeys(group, verdict)
            else:
                left += [group[: len(group) // 2], group[len(group) // 2 :]]
        groups = left
    return [verdicts[position] for position in range(len(programs))]
