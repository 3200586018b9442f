"""The corpus through the empty pipeline on one host and one release, in a process of its own.

`ask` starts this file as a program, since a process has one host; what it is told and tells is JSON.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .modules import corpus
from .outcomes import Kind, Outcome

__all__ = ["ask"]

ROOT = Path(__file__).parents[3]
SECONDS = 600
_PLACE = re.compile(r"^(?:loc\([^\n]*?\)|<text>:\d+:\d+): ")


def ask(host: str, release: str, folder: Path, names: Sequence[str]) -> dict[str, Outcome]:
    """What becomes of modules.

    Args:
        host: The import name of a host, e.g. `jaxlib.mlir`.
        release: A release, e.g. `0.0.16`.
        folder: The folder of the release.
        names: Modules of the corpus.

    Returns:
        The outcomes by module.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.enzyme.exchange.asking"],
        input=json.dumps({"release": release, "folder": str(folder), "names": [*names]}),
        env={**os.environ, "ENZYME_MLIR_HOST": host},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return {name: Outcome.from_json(outcome) for name, outcome in json.loads(done.stdout).items()}


def send(text: str, release: str, folder: str) -> Outcome:
    """What becomes of one module, in this process."""
    from enzyme_mlir import ir, lowering
    from enzyme_mlir.lowering.contexts import full_context
    from enzyme_mlir.lowering.reading import print_module, read_own

    from .comparing import compare

    host: Any = ir
    with full_context() as context, host.Location.unknown():
        try:
            given = read_own(print_module(host.Module.parse(text, context)), full_context())
            read_by_host = True
        except host.MLIRError:
            read_by_host = False
            try:
                given = lowering.parse(text, enzyme=folder, context=context)
            except lowering.EnzymeError as error:
                return Outcome(Kind.UNREAD, said(error), False)
    try:
        fresh = full_context()
        result = lowering.run(given, "", prepare=False, unsound="allow", enzyme=folder, context=fresh, locate=0)
    except lowering.UnreadableResult as error:
        return Outcome(Kind.UNREADABLE, said(error), read_by_host)
    except lowering.EnzymeRefusal as error:
        return Outcome(Kind.REFUSED, said(error), read_by_host)
    except lowering.EnzymeError as error:
        return Outcome(Kind.FAILED, said(error), read_by_host)
    kind, details = compare(given, result, release)
    return Outcome(kind, details, read_by_host)


def said(error: Any) -> tuple[str, ...]:
    """The first line of what an error says, without its place."""
    first = error.message.strip().splitlines()[0]
    return (_PLACE.sub("", first).removeprefix("error: "),)


def main() -> None:
    """Answer the question on standard input."""
    question = json.load(sys.stdin)
    release, folder = question["release"], question["folder"]
    answer = {name: send(corpus()[name], release, folder).to_json() for name in question["names"]}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
