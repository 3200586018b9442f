"""Every builder in every release: it makes the sample in the form of the release, in which `verify` finds nothing."""

from __future__ import annotations

from typing import Any

import pytest

from enzyme_mlir import HOST
from enzyme_mlir.releases import RELEASES
from tests.release_forms import forms

pytestmark = pytest.mark.skipif(HOST != "mlir", reason="not every host has the types of all samples")


@pytest.mark.parametrize("release", RELEASES)
def test_builders_make_the_form_of_each_release(release: str) -> None:
    wrong: list[tuple[str, object]] = []
    for form in forms(release):
        made: dict[str, Any] = {}
        exec(form.program, made)
        if (made["text"], made["findings"]) != (form.text, []):
            wrong.append((form.name, (made["text"], made["findings"])))
    assert wrong == []
    assert len(forms(release)) == {"0.0.14": 167, "0.0.15": 172, "0.0.16": 196}[release]
