"""Runs the Python of a page from top to bottom: each block has to print what stands below it.

`python -m tests.enzyme.pages docs/jit.md` says what is otherwise, and ends with 1; `--write` puts what is printed into
the page. `...` in a page stands for anything.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
from pathlib import Path
from typing import Any

BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<text>.*?)^```)?", re.MULTILINE | re.DOTALL)


def matches(expected: str, printed: str) -> bool:
    """Whether a block has printed what the page says."""
    pattern = re.escape(expected).replace(re.escape("..."), ".*")
    return re.fullmatch(pattern, printed, re.DOTALL) is not None


def run(path: Path, *, write: bool = False) -> list[str]:
    """Run the blocks of a page, and give what is wrong."""
    page, wrong = path.read_text(encoding="utf-8"), []
    namespace: dict[str, Any] = {"__name__": "page"}
    new = page
    for block in BLOCK.finditer(page):
        line = page[: block.start()].count("\n") + 2
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile("\n" * (line - 1) + block["code"], str(path), "exec"), namespace)
        printed = out.getvalue()
        if not matches(block["text"] or "", printed):
            wrong.append(f"{path.name}, line {line}, prints:\n{printed}")
            if block["text"] is not None:
                head, code = "```text\n", f"```python\n{block['code']}```\n\n"
                new = new.replace(f"{code}{head}{block['text']}```", f"{code}{head}{printed}```")
    if write:
        path.write_text(new, encoding="utf-8")
    return wrong


if __name__ == "__main__":
    found = [
        text for name in sys.argv[1:] if name != "--write" for text in run(Path(name), write="--write" in sys.argv)
    ]
    print("\n".join(found), end="")
    sys.exit(bool(found))
