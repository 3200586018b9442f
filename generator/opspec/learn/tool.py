"""A program that reads MLIR and prints diagnostics, such as `mlir-opt`: many modules to each call of it."""

from __future__ import annotations

import bisect
import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from opspec.diagnostics import ToolError
from opspec.probe.readings import Said

__all__ = ["Tool"]

_MARK = "// -----"
_SPLIT = "--split-input-file"
_GENERIC = "--mlir-print-op-generic"
_AT_ONCE = 150
_SECONDS = 120.0
_QUIET = {"LLVM_DISABLE_SYMBOLIZATION": "1", "LLVM_DISABLE_CRASH_REPORT": "1"}
"""A death is an answer like others: nobody wants to wait for its stack in words."""
_PLACE = re.compile(r"^[^\s:][^:]*:(\d+):(\d+): (error|warning|remark|note): ")
_SYSTEM = ("/lib/", "/lib64/", "/usr/lib/", "linux-vdso")


class Tool:
    """A command, e.g. `mlir-opt`, that is asked what it says of modules. Raises `ToolError` where it cannot be run.

    Where it cannot split its input at lines of `// -----` it is started for each module anew.
    """

    def __init__(self, command: str, *, generic: bool = False) -> None:
        self._command = [*shlex.split(command), *([_GENERIC] if generic else [])]
        found = shutil.which(self._command[0]) if self._command else None
        if found is None:
            raise ToolError(f"there is no program '{self._command[0] if self._command else ''}' to ask")
        self.program = Path(found).resolve()
        self._splits = self._can_split()

    def _can_split(self) -> bool:
        done = self._run(f"module {{}}\n{_MARK}\nmodule {{}}\n", [_SPLIT])
        if done is not None and done.returncode == 0:
            return done.stdout.count("module") == 2
        if (done := self._run("module {}\n", [])) is None or done.returncode != 0:
            said = done.stderr.strip().splitlines() if done is not None else []
            reason = said[0] if said else "it died"
            raise ToolError(f"{shlex.join(self._command)} does not take an empty module: {reason}")
        return False

    def binaries(self) -> tuple[Path, ...]:
        """The program and the libraries that it brings along: where its names stand."""
        listed = subprocess.run(["ldd", str(self.program)], capture_output=True, text=True, check=False).stdout
        paths = re.findall(r"=> (\S+) \(", listed)
        return (self.program, *(Path(path).resolve() for path in paths if not path.startswith(_SYSTEM)))

    def dialects(self) -> tuple[str, ...]:
        """The dialects that the tool says it has; none where it does not say."""
        done = subprocess.run(
            [self._command[0], "--show-dialects"], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        _, found, names = done.stdout.partition("Available Dialects:")
        return tuple(name.strip() for name in names.strip().split(",")) if found else ()

    def ask(self, modules: Sequence[str]) -> list[Said]:
        """What the tool says of each module."""
        size = _AT_ONCE if self._splits else 1
        found: list[Said] = []
        for start in range(0, len(modules), size):
            found += self._ask(modules[start : start + size])
        return found

    def _ask(self, modules: Sequence[str]) -> list[Said]:
        if not modules:
            return []
        done = self._run(f"\n{_MARK}\n".join(modules), [_SPLIT] if self._splits else [])
        if done is not None and 0 <= done.returncode < 128:
            answers = _read(modules, done.stdout, done.stderr)
            if answers is not None:
                return answers
        if len(modules) == 1:
            return [Said(None, death=_death(done))]
        complaints = _complaints(modules, done.stderr if done is not None else "")
        last = max((index for index, rows in enumerate(complaints) if _is_failure(rows)), default=-1)
        if not 0 <= last < len(modules) - 1:
            middle = len(modules) // 2
            return [*self._ask(modules[:middle]), *self._ask(modules[middle:])]
        # it died behind the last module that it complained of, most likely of the next one; what it printed is lost
        known = {
            i: Said(None, "", "\n".join(rows)) for i, rows in enumerate(complaints[: last + 1]) if _is_failure(rows)
        }
        silent = [index for index in range(last + 1) if index not in known]
        known.update(zip(silent, self._ask([modules[index] for index in silent]), strict=True))
        (next_one,) = self._ask(modules[last + 1 : last + 2])
        return [*(known[index] for index in range(last + 1)), next_one, *self._ask(modules[last + 2 :])]

    def _run(self, text: str, options: Sequence[str]) -> subprocess.CompletedProcess[str] | None:
        """One call; None where it takes too long."""
        command = [*self._command, *options]
        try:
            return subprocess.run(
                command,
                input=text,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_SECONDS,
                check=False,
                env=os.environ | _QUIET,
            )
        except subprocess.TimeoutExpired:
            return None


def _death(done: subprocess.CompletedProcess[str] | None) -> str:
    if done is None:
        return f"did not end within {_SECONDS:g} seconds"
    code = done.returncode
    return f"died of {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"


def _starts(modules: Sequence[str]) -> list[int]:
    """The lines at which modules begin that are handed over together."""
    starts: list[int] = []
    line = 1
    for module in modules:
        starts.append(line)
        line += module.count("\n") + 2
    return starts


def _complaints(modules: Sequence[str], complained: str) -> list[list[str]]:
    """The lines about each module, told apart by their places, which become those in the module."""
    starts = _starts(modules)
    said: list[list[str]] = [[] for _ in modules]
    current = 0
    for row in complained.splitlines():
        match = _PLACE.match(row)
        if match is None:
            said[current].append(row)
            continue
        number = int(match[1])
        current = bisect.bisect_right(starts, number) - 1
        place = f'loc("-":{number - starts[current] + 1}:{match[2]}): {match[3]}: '
        said[current].append(place + row[match.end() :])
    return said


def _is_failure(rows: Sequence[str]) -> bool:
    return any("): error: " in row for row in rows)


def _read(modules: Sequence[str], printed: str, complained: str) -> list[Said] | None:
    """The answers of one call; None where there are not as many as modules."""
    texts = re.split(rf"(?m)^{_MARK}$", printed)
    if len(texts) != len(modules):
        return None
    answers: list[Said] = []
    for text, rows in zip(texts, _complaints(modules, complained), strict=True):
        failed = _is_failure(rows) or not text.strip()
        answers.append(Said(None if failed else text.strip() + "\n", "", "\n".join(rows)))
    return answers
