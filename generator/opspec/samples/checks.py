"""Whether the samples of a dialect keep the rules that its overlay declares."""

from __future__ import annotations

from opspec.diagnostics import Diagnostics
from opspec.model.dialect import Dialect
from opspec.notation.relations import print_relation
from opspec.samples.resolve import resolve_sample
from opspec.samples.rules import Draft, broken_rules

__all__ = ["check_samples"]


def check_samples(dialect: Dialect, diagnostics: Diagnostics) -> None:
    """Report the rules that a sample breaks, be it written by a person or made from the facts."""
    for operation in dialect.operations:
        if not operation.relations:
            continue
        sample = resolve_sample(dialect, operation)
        calls = (sample.call, *(call for block in sample.path for call in block.calls))
        call = next(call for call in calls if call.operation is operation)
        types = dict(zip((part.name for part in operation.operands), call.operands, strict=True))
        types |= dict(zip((part.name for part in operation.results), call.results, strict=True))
        for relation, failure in broken_rules(Draft(operation, types, dict(call.attributes))):
            message = (
                f"the sample of '{dialect.name}.{operation.mnemonic}' breaks the rule '{print_relation(relation)}': "
                f"{failure.part} is {failure.given}, expected {failure.accepted}"
            )
            hint = "write a sample that keeps it under `sample:` in the overlay, or correct the rule"
            diagnostics.report("sample", message, operation.location, hint)
