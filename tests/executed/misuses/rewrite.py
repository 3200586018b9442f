"""Write how every case ends: `python -m tests.executed.misuses.rewrite`, then read the diff.

`erased_values.txt` is not for the host that is taken first: it is written with `ENZYME_MLIR_HOST=jaxlib.mlir`.
"""

from __future__ import annotations

from .case import CASES, FILES, read
from .children import TRY_CASES, all_ends

if __name__ == "__main__":
    ends = iter(all_ends(TRY_CASES, len(CASES)))
    for path in FILES:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for case, end in reversed([(case, next(ends)) for case in read(path)]):
            start = int(case.place.split(":")[1]) - 1 + case.does.count("\n")
            lines[start : start + case.ends.count("\n")] = [end]
        path.write_text("".join(lines), encoding="utf-8")
