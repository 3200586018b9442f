"""Cases of misuse of the builders, as data: none of them may end the process.

`python -m tests.executed.misuses FIRST` tries the cases from the index `FIRST` on, for `test_aborts`.
"""

from __future__ import annotations

from enzyme_mlir import HOST

from . import amounts, erased, foreign, kinds, places, regions, views
from .case import Misuse, outcome

__all__ = ["CASES", "Misuse", "outcome"]

BLIND = ("mlir",)
"""Hosts that read a freed result, and crash in one process of about eight, before they say that it is gone.

They do so when asked for its owner, which is the only question about a result that hosts check at all.
"""

_ALL: list[Misuse] = [
    *kinds.CASES,
    *foreign.CASES,
    *erased.CASES,
    *amounts.CASES,
    *places.CASES,
    *regions.CASES,
    *views.CASES,
]

CASES: list[Misuse] = [case for case in _ALL if not (case.gone and HOST in BLIND)]
"""The cases of the host in use."""
