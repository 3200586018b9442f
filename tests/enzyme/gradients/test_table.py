"""docs/derivatives.md lists what is tested, all of it and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from .flow import FLOW_CASES
from .measure import MODES
from .memory import MEMORY_CHECKS
from .modes import MODE_CHECKS
from .scalar import SCALAR_CASES

TABLE = Path(__file__).parents[3] / "docs" / "derivatives.md"


def test_the_list_is_of_what_is_tested() -> None:
    tested = [
        (case.name, mode, bool(case.refused.get(mode, case.refused.get("run"))))
        for case in (*SCALAR_CASES, *FLOW_CASES)
        for mode in MODES
    ]
    tested += [(check.name, check.mode, bool(check.refused)) for check in (*MEMORY_CHECKS, *MODE_CHECKS)]
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (\S+) \|", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    listed = [(name, mode, error == "refused") for name, mode, error in rows if name not in ("what", "---")]
    assert listed == tested, "run: python -m tests.enzyme.gradients.table docs/derivatives.md"
