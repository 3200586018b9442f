"""The samples of each release changed in one thing: `verify` and the real release take and refuse the same ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from enzyme_mlir import ir, new_context, using_release, verify
from opspec.learn.segments import SEGMENTS, sizes_of
from opspec.probe.batch import Batch
from opspec.probe.drafts import Draft
from opspec.probe.installation import find_installation
from tests.enzyme.installed import RELEASES, folder_of
from tests.release_forms import drafts

TYPES = ("f64", "i32", "tensor<4xf32>", "tensor<i32>", "memref<4xf64>", "!comm.mpi.request")
BY_CONTRACT = {"autodiff", "autodiff_region", "batch", "fwddiff", "fwddiff_region", "jacobian", "yield"}
"""Refused here before a pass refuses them: Enzyme's verifier does not compare what follows from the activities."""

BY_CPP = {
    "comm.mpi.constant": "the type of the value is that of the result",
    "enzymexla.get_global_temp": "the type is that of the declaration",
    "enzymexla.jit_call": "which operand a result is",
    "enzymexla.kernel_call": "which operand a result is",
    "enzymexla_tt_ext.call": "which operand a result is",
    "perfify.sym_cost": "the type is that of the declaration",
    "tessera.call": "the types are those of the callee, but for what its attributes change",
}
"""What only C++ of the releases knows, as the reference says."""


def changed(draft: Draft) -> Iterator[Draft]:
    """The draft with a value more or less, another type or attribute, without an attribute, with other regions."""
    for part in SEGMENTS:
        types = draft.types_of(part)
        if sizes_of(draft, part) is None:
            yield from (draft.typed(part, (*types[:i], *types[i + 1 :])) for i in range(len(types)))
            yield from (draft.typed(part, (*types, more)) for more in ("f64", "tensor<1x1xf64>"))
        yield from (draft.changing(part, i, text) for i, old in enumerate(types) for text in TYPES if text != old)
    for name in {name for name, _ in draft.attributes} - {*SEGMENTS.values()}:
        yield draft.without(name)
        yield from (draft.setting(name, text) for text in ("unit", "3 : i64"))
    yield draft.counting("regions", len(draft.regions) + 1)
    if draft.regions:
        yield draft.counting("regions", len(draft.regions) - 1)


@pytest.mark.parametrize("release", RELEASES)
def test_what_is_wrong_with_a_form_is_found_as_the_release_finds_it(release: str) -> None:
    found = drafts(release)
    with Batch(find_installation(folder_of(release)).library) as batch:
        taken = [said.text is not None for said in batch.ask([draft.render() for _, draft in found])]
        cases = [
            (name, each.render())
            for (name, draft), is_taken in zip(found, taken, strict=True)
            if is_taken
            for each in changed(draft)
        ]
        answers = batch.ask([text for _, text in cases])
    stricter: Counter[str] = Counter()
    laxer: Counter[str] = Counter()
    with new_context(), using_release(release):
        for (name, text), said in zip(cases, answers, strict=True):
            is_right = not verify(ir.Module.parse(text))
            if is_right != (said.text is not None):
                (laxer if is_right else stricter)[name] += 1
    assert sum(taken) > 150  # the others stand where a draft of the probe does not
    assert len(cases) > 4000
    assert set(stricter) == {f"enzyme.{name}" for name in BY_CONTRACT}
    assert set(laxer) <= BY_CPP.keys()
    assert sum(laxer.values()) < 60
