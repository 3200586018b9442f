"""Derivatives of a module, from the innermost outwards, each stage prepared before Enzyme sees it.

A derivative of a derivative is differentiated when the inner one is plain code, so that what holds for the user's
functions holds for what Enzyme has made as well.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .errors import EnzymeRefusal, IncompleteExpansion
from .origins import Origins
from .pipelines import Pipeline, expands_batches, name_of
from .prepare.batches import expand_all_batches, expand_batches
from .prepare.building import walk
from .prepare.complexes import expand_complex, remove_parts
from .prepare.derivatives import (
    Derivative,
    find_derivatives,
    innermost,
    read_derivative,
)
from .prepare.preparing import prepare
from .prepare.recursion import add_companions, is_in_companion, remove_companions
from .prepare.settling import let_go, settle
from .prepare.widths import expand_widths
from .stage import Stage

__all__ = [
    "Beware",
    "Send",
    "check_complete",
    "expand_at_once",
    "expand_in_stages",
    "expands_derivatives",
]


Send = Callable[[Any, Pipeline], Any]
"""Runs a module through Enzyme: the module and the passes; gives a module of the same context, or raises."""

Beware = Callable[[Sequence[Derivative], Any], None]
"""Looks for what Enzyme would get wrong: the derivatives, and the module with their functions; may raise."""

BATCH = Pipeline("batch", ("enzyme-batch", "canonicalize"))
_MADE = frozenset(
    f"enzyme.{name}"
    for name in (
        "autodiff batch dump extract concat fwddiff genericAdjoint get init placeholder pop push set load store"
    ).split()
)
"""Operations that must not be left when derivatives have been expanded."""


def expands_derivatives(pipeline: Pipeline) -> bool:
    """Whether a pipeline expands derivatives."""
    return any(name_of(each) == "enzyme" for each in pipeline.passes)


def expand_at_once(
    module: Any, pipeline: Pipeline, send: Send, beware: Beware, release: str | None
) -> Any:
    """Let Enzyme run a pipeline on a module as it is; the parameters are those of `expand_in_stages`."""
    del release
    if expands_derivatives(pipeline):
        beware(list(find_derivatives(module.operation)), module)
    return send(module, pipeline)


def expand_in_stages(
    module: Any, pipeline: Pipeline, send: Send, beware: Beware, release: str | None
) -> Any:
    """Expand all derivatives of a module; a pipeline that expands none is run as it is.

    Args:
        module: The module, which is changed.
        pipeline: The passes that expand derivatives.
        send: Runs a module through Enzyme.
        beware: Looks at derivatives before Enzyme does.
        release: The release of that Enzyme, where it is known.

    Returns:
        The module without derivatives.

    Raises:
        EnzymeError: Enzyme failed.
    """
    if not expands_derivatives(pipeline):
        if expands_batches(pipeline):
            expand_all_batches(module)
        return send(module, pipeline)
    names = [name_of(each) for each in pipeline.passes]
    at = names.index("enzyme")
    first = tuple(
        each
        for each, name in zip(pipeline.passes[:at], names, strict=False)
        if name not in ("convert-linalg-to-loops", "enzyme-batch")
    )
    stage = Pipeline(pipeline.name, pipeline.passes[at:])
    if first:
        module = send(module, Pipeline(pipeline.name, first))
    due, later = innermost(module)
    if not due and not later:
        return send(module, stage)
    while due:
        if (
            expand_batches(module, due)
            or expand_widths(module, due)
            or expand_complex(module, due)
            or add_companions(module, due)
        ):
            due, later = innermost(module)
            continue
        now, passes = [each for each in due if each.mode != "batch"], stage
        if not now:  # batches that are left to Enzyme come when nothing else is due
            now, passes = due, BATCH
        now = [each for each in now if is_in_companion(each.operation)] or now
        held = Stage(module)
        prepare(module, now, held.inside, release)
        now = [read_derivative(each.operation) for each in now]
        beware(now, held.inside)
        for derivative in now:
            held.add(derivative.operation)
        held.come_back(send(held.inside, passes))
        settle(module)
        due, later = innermost(module)
    if later:
        raise EnzymeRefusal(_circle(later))
    remove_companions(module)
    remove_parts(module)
    let_go(module)
    return module


def _circle(derivatives: Sequence[Derivative]) -> str:
    names = ", ".join(sorted({f"@{each.callee}" for each in derivatives}))
    return f"a function contains its own derivative, which has no end: {names}"


def check_complete(module: Any, given: Any, origins: Origins) -> None:
    """Refuse what Enzyme has left behind.

    Raises:
        IncompleteExpansion: An operation is left that the given module did not have.
    """
    before = {operation.name for operation in walk(given.operation)}
    before -= {"enzyme.autodiff", "enzyme.fwddiff", "enzyme.batch"}
    for operation in walk(module.operation):
        if operation.name in _MADE and operation.name not in before:
            fault = origins.find(str(operation.location))
            raise IncompleteExpansion(
                f"Enzyme left {operation.name} behind, which no pass of the pipeline takes away",
                fault=fault,
            )
