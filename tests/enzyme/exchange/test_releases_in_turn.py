"""One process reads what several releases write, one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from enzyme_mlir import ir, lowering, new_context
from tests.enzyme.installed import RELEASES, folder_of

CORPUS = Path(__file__).with_name("corpus")


@pytest.mark.parametrize("name", ["gpu.kernels", "gpu.barrier_alone", "enzyme.types_map"])
def test_what_was_learnt_of_one_release_does_not_hold_for_another(name: str) -> None:
    text = (CORPUS / f"{name}.mlir").read_text(encoding="utf-8")
    for release in (*RELEASES, *reversed(RELEASES)):
        with new_context():
            module = ir.Module.parse(text)
            back = lowering.run(module, "", prepare=False, unsound="allow", enzyme=folder_of(release))
            assert str(back) == str(module), release
