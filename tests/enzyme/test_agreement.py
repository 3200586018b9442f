"""What the activity contract says of an operation, and what the real Enzyme says when it expands it: they agree.

All assignments of the six activities to at most three arguments and results, with the right numbers of operands and
results; of numbers with each count off by one as well, which does not depend on the type. A module that ends Enzyme's
process counts as refused.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from enzyme_mlir import ir, lowering, new_context, verify
from enzyme_mlir.dialects import enzyme

from .activities import OFF_BY_ONE, RIGHT, Case, assignments, typed

pytestmark = pytest.mark.skipif(not lowering.is_available(), reason="enzyme-ad is not installed")

SHARED = 32
"""Modules that one child process takes, or as many until it dies; the others then get a new one."""

CASES = 985
"""Assignments of 6 activities to a arguments and r results with a + r <= 3."""


@pytest.fixture(autouse=True)
def _context() -> Iterator[None]:
    with new_context(), ir.Location.unknown():
        yield


def _is_lenient(case: Case) -> bool:
    """Where Enzyme takes what is refused here (docs/activities.md): it ignores what it has no use for."""
    return case.operation == "autodiff" and (case.more_operands, case.more_results) in ((1, 0), (0, -1))


def _builder_accepts(case: Case) -> bool:
    """Whether the builder makes the operation of a module's caller."""
    module = ir.Module.parse(case.text())
    caller = list(module.body.operations)[1].operation.regions[0].blocks[0]
    kind = ir.Type.parse(case.type)
    build = getattr(enzyme, case.operation)
    with ir.InsertionPoint.at_block_begin(caller):
        try:
            build("f", list(caller.arguments), case.activity, case.ret_activity, results=[kind] * case.results)
        except ValueError:
            return False
    return True


@pytest.mark.parametrize(("kind", "off"), [("f64", OFF_BY_ONE), ("tensor<3xf64>", RIGHT)])
@pytest.mark.parametrize("operation", ["autodiff", "fwddiff"])
def test_every_assignment_is_accepted_or_refused_as_by_enzyme(
    operation: str, kind: str, off: tuple[tuple[int, int], ...]
) -> None:
    cases = list(assignments(operation, kind, 3, off))
    assert sum(case.is_right for case in cases) == CASES
    verdicts = lowering.verdicts([case.text() for case in cases], share=SHARED)
    disagreements = []
    for case, verdict in zip(cases, verdicts, strict=True):
        accepted = not verify(ir.Module.parse(case.text()))
        assert _builder_accepts(case) == accepted, case
        assert not (accepted and verdict.text is None), f"accepted here, refused by Enzyme: {case}: {verdict.message}"
        if accepted != (verdict.text is not None):
            disagreements.append(case)
    assert disagreements == [case for case in cases if _is_lenient(case)]


def test_every_type_is_accepted_or_refused_as_by_enzyme() -> None:
    cases = list(typed())
    verdicts = lowering.verdicts([case.text() for case in cases], share=SHARED)
    complex_cases = [index for index, case in enumerate(cases) if case.type == "tensor<2xcomplex<f64>>"]
    texts = [cases[index].text() for index in complex_cases]
    for index, verdict in zip(complex_cases, lowering.verdicts(texts, "stablehlo", share=SHARED), strict=True):
        verdicts[index] = verdict  # by the pipeline that docs/activities.md names for them
    disagreements = []
    for case, verdict in zip(cases, verdicts, strict=True):
        accepted = not verify(ir.Module.parse(case.text()))
        assert not (accepted and verdict.text is None), f"accepted here, refused by Enzyme: {case}: {verdict.message}"
        if accepted != (verdict.text is not None):
            disagreements.append(case)
    assert disagreements == [case for case in cases if case.is_active_memory and case.operation == "autodiff"]
