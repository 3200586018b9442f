"""Every misuse gives its whole message and none ends the process; they are tried in child processes, many in each.

After a wanted change of a message: `python -m tests.executed.misuses.rewrite`, then read the diff.
"""

from __future__ import annotations

from tests.executed.misuses import CASES
from tests.executed.misuses.children import TRY_CASES, all_ends

DEADLY = """
import os, sys
for index in range(int(sys.argv[1]), 5):
    if index in (1, 2, 4):
        os.abort()
    print('end ""', flush=True)
"""


def test_every_misuse_ends_as_stated() -> None:
    """On the host of this run; `test_hosts` has it run on the others."""
    ends = all_ends(TRY_CASES, len(CASES))
    told = [f"{case.place}\n>>> {case.does}{end}" for case, end in zip(CASES, ends, strict=True) if end != case.ends]
    assert not told, "\n".join(told)


def test_the_cases_are_many_and_distinct() -> None:
    assert len({case.does for case in CASES}) == len(CASES) >= 400


def test_a_death_is_told_of_its_case() -> None:
    ends = all_ends(["-c", DEADLY], 5)
    assert [bool(end) for end in ends] == [False, True, True, False, True]
    assert all("-6" in end for end in ends if end)
