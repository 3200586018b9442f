"""A failure of Enzyme as an exception that says where it happened."""

from __future__ import annotations

import re
from dataclasses import replace

from .errors import EnzymeError
from .origins import Origins
from .pipelines import PIPELINES, Pipeline, likely_pass
from .reduction import Place, Try, find_place
from .sentences import point_to_operations
from .verdict import Verdict

__all__ = ["failure_of"]


_SUM_OF_TENSORS = re.compile(r"'complex\.add' op operand #\d must be .* got 'tensor<")
_NO_PASS = re.compile(r"'([^']*)' does not refer to a registered pass")
_RAISING = re.compile(r'postpasses="[^"]*arith-raise')


def _advice(message: str, pipeline: Pipeline) -> str:
    """What helps, behind what Enzyme says; empty where nobody knows."""
    if _SUM_OF_TENSORS.search(message) and not _RAISING.search(pipeline.text):
        return (
            "\nEnzyme adds up tensors of complex numbers by an operation that MLIR has for single numbers; the "
            "pipeline 'stablehlo' makes StableHLO of it at once: run(module, \"stablehlo\")"
        )
    if unknown := _NO_PASS.search(message):
        near = likely_pass(unknown[1])
        meant = f"did you mean {near!r}? " if near else ""
        return f"\n{meant}Pipelines with a name are {', '.join(PIPELINES)}"
    return ""


def failure_of(
    verdict: Verdict,
    text: str,
    pipeline: Pipeline,
    attempt: Try,
    seconds: float,
    origins: Origins,
) -> EnzymeError:
    """The exception for a failure.

    Args:
        verdict: What became of the module.
        text: The module that Enzyme was given.
        pipeline: The passes.
        attempt: Tries modules again.
        seconds: How long to look for the place at most; 0 for what is in the message alone.
        origins: The operations of the caller's module.
    """
    message = point_to_operations(verdict.message, text)
    place = Place(fault=origins.find(message))
    if seconds > 0:
        found = find_place(text, verdict, pipeline, attempt, seconds, origins)
        place = replace(found, fault=place.fault or found.fault)
    kind = verdict.kind or EnzymeError
    return kind(
        origins.explain(message) + _advice(verdict.message, pipeline),
        stderr=origins.explain(point_to_operations(verdict.stderr, text)),
        signal_number=verdict.signal,
        operations=place.operations,
        stage=place.stage,
        fault=place.fault,
    )
