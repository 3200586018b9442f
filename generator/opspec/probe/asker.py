"""The child process of `batch`: loads an Enzyme and answers one module after the other.

It runs as a script and imports nothing of opspec. Started as `asker.py LIBRARY FORM`, where the form of what is printed
is `custom` or `generic`; each line of standard input is a module as JSON, each line of standard output its answer:
`text`, `error`, `stderr`. First it says `{"ready": true}`.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
from typing import Any


def load(library: str) -> Any:
    """Enzyme's extension module, without the Python around it, which would import JAX."""
    spec = importlib.util.spec_from_file_location("enzyme_ad.jax.enzyme_call", library)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Answer until standard input ends."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what is printed there must not get among the answers
    enzyme = load(sys.argv[1])
    print(json.dumps({"ready": True}), file=out, flush=True)
    with tempfile.TemporaryFile() as printed, tempfile.NamedTemporaryFile("r", encoding="utf-8") as written:
        is_generic = sys.argv[2] == "generic"
        pipeline = f"print{{filename={written.name} generic=true}}" if is_generic else ""
        os.dup2(printed.fileno(), 2)
        for line in sys.stdin:
            os.ftruncate(2, 0)
            os.lseek(2, 0, os.SEEK_SET)
            answer = {"text": None, "error": ""}
            try:
                _, answer["text"] = enzyme.run_pass_pipeline([], json.loads(line), pipeline)
                if is_generic:
                    written.seek(0)
                    answer["text"] = written.read()
            except Exception as error:
                answer["error"] = str(error)
            size = os.lseek(2, 0, os.SEEK_CUR)
            answer["stderr"] = os.pread(2, size, 0).decode(errors="replace")
            print(json.dumps(answer), file=out, flush=True)


if __name__ == "__main__":
    main()
