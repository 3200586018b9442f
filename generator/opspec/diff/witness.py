"""A call that was right before a change and is wrong after it, made from the old spec.

It is right where it builds what it builds without an error. After the change it raises, or what it builds or reads is
something else: tests run every witness on the packages of both sides.
"""

from __future__ import annotations

from opspec.diff.changes import Change, Level, Tier
from opspec.diff.rules import rule_of
from opspec.diff.sides import ProjectPair, ProjectSide
from opspec.diff.witness_calls import OldSide, Witness
from opspec.diff.witness_names import in_general

__all__ = ["Witness", "find_witness"]


def find_witness(change: Change, old: ProjectSide, new: ProjectSide) -> Witness | None:
    """A call that the change breaks; None where it breaks none, or none can be made from the spec.

    None can be made for another package (the import alone fails), for what the module of the old side cannot build
    by itself, and for types and values of which only C++ knows whether a constraint takes them.
    """
    if change.level_in(Tier.SOURCE) is not Level.BREAKING:
        return None
    shows = rule_of(change.rule).witness or in_general(change.place.owner[0])
    if old.dialect(change.place.dialect) is None and new.dialect(change.place.dialect) is not None:
        return None  # a part of something that moved: what it moved to is no thing of the old side
    later = change.new.place.dialect if change.new is not None else change.place.dialect
    return shows(change, OldSide(ProjectPair(old, new), change.place.dialect, later)) if shows is not None else None
