"""The tests that go over all there is: every host, release, convention, dialect of MLIR, or many inputs at random.

`make test` leaves them out, `make sweep` runs them alone, and continuous integration does both.
"""

from __future__ import annotations

__all__ = ["SWEEPS", "is_sweep"]

SWEEPS = (
    "tests/executed/test_hosts.py::test_everything_holds_on_every_host",
    "tests/enzyme/test_probe.py::test_what_is_committed_is_what_probing_gives",
    "tests/executed/test_conventions.py",
    "tests/enzyme/exchange/test_passing.py::test_modules_come_back_as_they_went_in",
    "tests/learning/",
    "tests/rust/test_generated.py",
    "tests/enzyme/exchange/test_corpus.py",
    "tests/enzyme/jit/test_sweep.py",
    "tests/enzyme/test_agreement.py",
    "tests/enzyme/test_changed_forms.py",
    "tests/enzyme/judge/test_judge.py",
    "tests/enzyme/prepare/test_mathematics.py",
    "tests/enzyme/programs/test_forms.py",
    "tests/upstream/",
    "tests/diff/test_mutations.py",
    "tests/diff/test_witness.py::test_random_edits_break_the_calls_that_they_are_said_to_break",
    "tests/executed/test_locations.py::test_a_traceback_begins_with_the_line_that_calls_a_builder",
    "tests/typing/test_environments.py",
    "tests/unit/test_growth.py",
    "tests/unit/test_site.py",
    "tests/faults/",
    "tests/fuzz/",
    "tests/hosts/",
)
"""What their names begin with, the longest first: that is the order in which they are begun."""


def is_sweep(name: str) -> bool:
    """Whether a test, by its full name, is one of them."""
    return name.startswith(SWEEPS)
