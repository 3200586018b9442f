"""What the releases say of the samples of all their operations, each in the form that the release has."""

from __future__ import annotations

from functools import cache

from enzyme_mlir import lowering
from tests.enzyme.installed import folder_of
from tests.release_forms import forms

__all__ = ["refused"]


@cache
def refused(release: str) -> dict[str, str]:
    """The complaint about each sample that the release refuses, by the full name of its operation."""
    found = forms(release)
    verdicts = lowering.verdicts([form.text for form in found], "", enzyme=folder_of(release), share=20)
    return {form.name: verdict.message for form, verdict in zip(found, verdicts, strict=True) if verdict.text is None}
