"""The child process of `lowering`: reads a request, answers a line of JSON for each module.

It runs as a script and imports nothing of this package, so that no MLIR host is loaded beside Enzyme.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
from typing import Any, TextIO


def _answer(text: str, pipeline: str, call: Any, log: TextIO) -> dict[str, str | None]:
    """What Enzyme makes of one module; its complaint, printed on standard error, is read back from `log`."""
    log.seek(0)
    log.truncate()
    try:
        _, result = call.run_pass_pipeline([], text, pipeline)
    except Exception as error:
        os.fsync(2)
        log.seek(0)
        printed = log.read().strip()
        return {"text": None, "message": f"{printed}\n{error}".strip()}
    return {"text": result, "message": ""}


def main() -> None:
    """Answer the request on standard input."""
    request = json.load(sys.stdin)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    enzyme_call: Any = importlib.import_module("enzyme_ad.jax").enzyme_call

    original = os.dup(2)
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        os.dup2(log.fileno(), 2)
        for text in request["modules"]:
            answer = _answer(text, request["pipeline"], enzyme_call, log)
            print(json.dumps(answer), file=answers, flush=True)
        os.dup2(original, 2)


if __name__ == "__main__":
    main()
