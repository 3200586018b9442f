"""At the borders of C++'s rules `verify` says what the releases say, but for what is listed with a reason."""

from __future__ import annotations

from .comparing import REASONS, counted, listed


def test_verify_agrees_with_the_releases_but_for_what_is_listed() -> None:
    known = listed()
    assert {reason for reason, _ in known.values()} <= REASONS.keys()
    assert counted() == {family: verdicts for family, (_, verdicts) in known.items()}
