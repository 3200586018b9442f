"""Which operation Enzyme fell on, and in which pass: found by trying again with less.

An operation of the dialect is taken out by putting casts from nothing in its place, one for each result
(`builtin.unrealized_conversion_cast`), which no pass minds. What still fails in the same way with few operations fails
because of them.
The caller's module is not touched: everything happens on its text, in a context of its own.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .._runtime.host import ir
from .contexts import full_context
from .errors import Suspect
from .pipelines import Pipeline, name_of
from .verdict import Verdict

__all__ = ["Place", "Try", "find_place"]

_IR: Any = ir
MLIRError: type[Exception] = _IR.MLIRError

Try = Callable[[Sequence[tuple[str, str]], float], Sequence[Verdict]]
"""Runs modules through pipelines, pairs of texts, each within a number of seconds."""

SHOWN = 200
"""Characters of an operation's text that are kept."""


class _OutOfTime(Exception):
    """No time is left for trying."""


def _walk(operation: Any) -> Iterator[Any]:
    for region in operation.regions:
        for block in region.blocks:
            for inner in block.operations:
                yield inner.operation
                yield from _walk(inner.operation)


def _is_terminator(operation: Any) -> bool:
    """Whether it ends a block of a function or a region, where nothing else may stand."""
    block = operation.block
    last = block.operations[len(block.operations) - 1]
    return bool(last.operation == operation) and not operation.results


def _candidates(module: Any) -> list[Any]:
    return [
        operation
        for operation in _walk(module)
        if operation.name.startswith("enzyme.") and not _is_terminator(operation)
    ]


def _function_around(operation: Any) -> str:
    parent = operation.parent
    while parent is not None:
        if "sym_name" in parent.attributes:
            return str(ir.StringAttr(parent.attributes["sym_name"]).value)
        parent = parent.parent
    return ""


def _describe(operation: Any, index: int) -> Suspect:
    text = " ".join(str(operation).split())
    return Suspect(
        operation.name,
        index,
        _function_around(operation),
        text if len(text) <= SHOWN else f"{text[:SHOWN]}...",
    )


def _take_out(operation: Any) -> None:
    with ir.InsertionPoint(operation), operation.location:
        for result in operation.results:
            cast = _IR.Operation.create(
                "builtin.unrealized_conversion_cast", results=[result.type]
            )
            result.replace_all_uses_with(cast.results[0])
    operation.erase()


def _sign(verdict: Verdict) -> tuple[object, ...]:
    """What two failures have in common if they are the same one."""
    if verdict.text is not None:
        return ()
    if verdict.signal is not None or verdict.code or verdict.out_of_memory:
        return (verdict.kind, verdict.signal, verdict.code)
    first = verdict.message.partition("error: ")[2] or verdict.message
    words = re.sub(
        r"%\w+|\d+", "", first.partition("\n")[0]
    )  # numbers of values differ from module to module
    return (verdict.kind, words[:60])


class _Search:
    """Looks for the fewest operations that still fail in the same way."""

    def __init__(
        self,
        module: Any,
        count: int,
        failure: Verdict,
        pipeline: Pipeline,
        attempt: Try,
        deadline: float,
    ) -> None:
        self._module = module
        self._count = count
        self._sign = _sign(failure)
        self._pipeline = pipeline
        self._try = attempt
        self._deadline = deadline

    def _fail(self, choices: Sequence[frozenset[int]]) -> list[bool]:
        """For each choice of operations that stay, whether it fails in the same way."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise _OutOfTime
        tries = [(self._text(kept), self._pipeline.text) for kept in choices]
        return [_sign(verdict) == self._sign for verdict in self._try(tries, left)]

    def _text(self, kept: frozenset[int]) -> str:
        clone = self._module.operation.clone()
        candidates = _candidates(clone)
        for index in reversed(range(self._count)):
            if index not in kept:
                _take_out(candidates[index])
        return str(clone)

    def smallest(self) -> frozenset[int]:
        """A set of operations none of which can be taken out."""
        kept = frozenset(range(self._count))
        if self._fail([frozenset()])[0]:
            return frozenset()
        parts = 2
        while len(kept) > 1:
            smaller = self._reduce(kept, parts)
            if smaller is not None:
                kept, parts = smaller, max(parts - 1, 2)
            elif parts >= len(kept):
                break
            else:
                parts = min(len(kept), 2 * parts)
        return kept

    def _reduce(self, kept: frozenset[int], parts: int) -> frozenset[int] | None:
        """One of `parts` parts that fails by itself, or else all but one of them."""
        ordered = sorted(kept)
        size = -(-len(ordered) // min(parts, len(ordered)))
        chunks = [
            frozenset(ordered[start : start + size])
            for start in range(0, len(ordered), size)
        ]
        rests = [kept - chunk for chunk in chunks] if len(chunks) > 2 else []
        for choices in filter(None, (chunks, rests)):
            for choice, fails in zip(choices, self._fail(choices), strict=True):
                if fails:
                    return choice
        return None


@dataclass(frozen=True, slots=True)
class Place:
    """Where Enzyme fell."""

    suspects: tuple[Suspect, ...] = ()
    """The operations of the dialect that it takes, in the order of the text."""
    stage: str | None = None
    """The pass."""


def find_place(
    text: str, failure: Verdict, pipeline: Pipeline, attempt: Try, seconds: float
) -> Place:
    """Where a failure happens, as far as it is found out within `seconds`.

    No operation is named where none of the dialect is needed for it, where the host cannot read the module, or where
    it does not happen again; no pass where it happens while Enzyme reads the module.
    """
    deadline = time.monotonic() + seconds
    try:
        happens, stage = _find_stage(text, failure, pipeline, attempt, deadline)
        suspects = (
            _find_suspects(text, failure, pipeline, attempt, deadline)
            if happens
            else ()
        )
    except _OutOfTime:
        return Place()
    return Place(suspects, stage)


def _find_suspects(
    text: str, failure: Verdict, pipeline: Pipeline, attempt: Try, deadline: float
) -> tuple[Suspect, ...]:
    with full_context():
        try:
            module = ir.Module.parse(text)
        except MLIRError:
            return ()
        candidates = _candidates(module.operation)
        if not candidates:
            return ()
        described = [
            _describe(operation, index) for index, operation in enumerate(candidates)
        ]
        search = _Search(module, len(candidates), failure, pipeline, attempt, deadline)
        return tuple(described[index] for index in sorted(search.smallest()))


def _find_stage(
    text: str, failure: Verdict, pipeline: Pipeline, attempt: Try, deadline: float
) -> tuple[bool, str | None]:
    """Whether a failure happens again, and the pass: the last of the shortest pipeline that fails in the same way."""
    sign = _sign(failure)

    def fail(counts: Sequence[int]) -> list[bool]:
        """Whether the first passes alone fail in the same way, for each count of them."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise _OutOfTime
        tries = [(text, ",".join(pipeline.passes[:count])) for count in counts]
        return [_sign(verdict) == sign for verdict in attempt(tries, left)]

    names = [name_of(each) for each in pipeline.passes]
    guess = names.index("enzyme") if "enzyme" in names else 0
    if not names:
        return fail([0])[0], None
    before, after = fail([guess, guess + 1])  # most often it is the pass `enzyme`
    if before:
        works, fails = -1, guess
    elif after:
        works, fails = guess, guess + 1
    elif guess + 1 < len(names) and fail([len(names)])[0]:
        works, fails = guess + 1, len(names)
    else:
        return False, None
    while fails - works > 1:
        middle = (works + fails) // 2
        if fail([middle])[0]:
            fails = middle
        else:
            works = middle
    return True, names[fails - 1] if fails else None
