"""Every example is accepted by the real Enzyme; what is drift stands on the page, with the binary's words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from enzyme_mlir import ir, new_context
from enzyme_mlir.testing import printed
from tests.enzyme.installed import RELEASES
from tests.release_forms import forms

from .asked import SNAPSHOTS, Asked, asked
from .forms import refused
from .table import build

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "examples.md"
AGAIN = "run: python -m tests.enzyme.examples.table docs/examples.md"
DRIFT = ("requires", "must be", "unregistered operation", "expected 9 or more results")
"""What drift sounds like: something is missing, or of another type or number. A broken rule sounds otherwise."""


def found(operation: str) -> Asked:
    """What the releases say about the example of an operation."""
    return next(each for each in asked() if each.operation == operation)


def owners(operation: str) -> list[str]:
    """The releases that have an operation, as releases.yaml says."""
    dialect, _, mnemonic = operation.partition(".")
    facts = yaml.safe_load((ROOT / "opspecs" / dialect / "releases.yaml").read_text(encoding="utf-8"))
    return list(facts.get("operations", {}).get(mnemonic, facts["releases"]))


def test_there_is_an_example_for_each_operation_of_each_dialect() -> None:
    folders = {path.parent.name for path in (ROOT / "opspecs").glob("*/dialect.yaml")}
    assert {name.partition(".")[0] for name in SNAPSHOTS} == folders
    assert len(SNAPSHOTS) == 200


def test_the_page_says_what_the_releases_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == build(), AGAIN


@pytest.mark.parametrize("operation", SNAPSHOTS)
def test_a_release_accepts_the_example(operation: str) -> None:
    for release, words in found(operation).refusals:
        assert any(kind in words for kind in DRIFT), f"{release}: {words}"
    assert bool(found(operation).accepted) == bool(owners(operation))


@pytest.mark.parametrize("release", RELEASES)
def test_each_release_accepts_the_samples_of_all_its_operations_in_its_own_form(release: str) -> None:
    assert refused(release) == {}
    assert {form.name for form in forms(release)} == {name for name in SNAPSHOTS if release in owners(name)}


@pytest.mark.parametrize("operation", SNAPSHOTS)
def test_the_example_is_a_module_of_the_host(operation: str) -> None:
    with new_context():
        module = ir.Module.parse(SNAPSHOTS[operation])
        assert module.operation.verify()
        assert printed(module) == SNAPSHOTS[operation]
