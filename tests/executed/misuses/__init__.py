"""Cases of misuse of the builders, as data: none of them may end the process.

`python -m tests.executed.misuses FIRST` tries the cases from the index `FIRST` on, for `test_aborts`.
"""

from __future__ import annotations

from . import amounts, erased, foreign, kinds, places, regions, views
from .case import Misuse, outcome

__all__ = ["CASES", "Misuse", "outcome"]

CASES: list[Misuse] = [
    *kinds.CASES,
    *foreign.CASES,
    *erased.CASES,
    *amounts.CASES,
    *places.CASES,
    *regions.CASES,
    *views.CASES,
]
