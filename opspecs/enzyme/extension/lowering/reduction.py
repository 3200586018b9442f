"""Which operation Enzyme fell on, and in which pass: found by trying again with less.

An operation of the dialect is taken out by putting casts from nothing in its place, one for each result
(`builtin.unrealized_conversion_cast`), which no pass minds. What still fails in the same way with few operations fails
because of them.
The caller's module is not touched: everything happens on its text, in a context of its own.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .._runtime.host import ir
from .contexts import full_context
from .errors import FailingOperation
from .origins import Origins
from .pipelines import Pipeline, name_of
from .prepare.activity import LOADS, STORES
from .prepare.building import functions_in, last_of, walk
from .prepare.derivatives import symbol_in
from .reading import Unread, read_module
from .verdict import Verdict

__all__ = ["Place", "Try", "find_place"]

_IR: Any = ir

Try = Callable[[Sequence[tuple[str, str]], float], Sequence[Verdict]]
"""Runs modules through pipelines, pairs of texts, each within a number of seconds."""

USUAL = LOADS | STORES | {"arith.constant", "memref.alloc", "memref.alloca"}
"""Operations that a failure most likely only needs to come about."""


class _OutOfTime(Exception):
    """No time is left for trying."""


def _ends_block(operation: Any) -> bool:
    """Whether nothing else may stand in its place."""
    return bool(last_of(operation.block) == operation) and not operation.results


def _candidates(module: Any) -> list[Any]:
    return [
        operation
        for operation in walk(module)
        if operation.name.startswith("enzyme.") and not _ends_block(operation)
    ]


def _take_out(operation: Any) -> None:
    with ir.InsertionPoint(operation), operation.location:
        for result in operation.results:
            cast = _IR.Operation.create(
                "builtin.unrealized_conversion_cast", results=[result.type]
            )
            result.replace_all_uses_with(cast.results[0])
    operation.erase()


def _sign(verdict: Verdict) -> tuple[object, ...]:
    """What two failures have in common if they are the same one.

    Deaths are all alike: where Enzyme reads memory that is not its own any more, the signal is a matter of chance.
    """
    if verdict.text is not None:
        return ()
    if verdict.signal is not None or verdict.code or verdict.out_of_memory:
        return (verdict.kind,)
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
        candidates: Callable[[Any], list[Any]],
        failure: Verdict,
        pipeline: Pipeline,
        attempt: Try,
        deadline: float,
    ) -> None:
        self._module = module
        self._candidates = candidates
        self._count = len(candidates(module.operation))
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
        candidates = self._candidates(clone)
        for index in reversed(range(self._count)):
            if index not in kept:
                _take_out(candidates[index])
        return str(
            clone.operation.get_asm(enable_debug_info=True, print_generic_op_form=True)
        )

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

    operations: tuple[FailingOperation, ...] = ()
    """The operations of the dialect that it takes, in the order of the text."""
    stage: str | None = None
    """The pass."""
    fault: FailingOperation | None = None
    """The operation of the differentiated function."""


def find_place(
    text: str,
    failure: Verdict,
    pipeline: Pipeline,
    attempt: Try,
    seconds: float,
    origins: Origins,
) -> Place:
    """Where a failure happens, as far as it is found out within `seconds`.

    No operation is named where none of the dialect is needed for it, where the host cannot read the module, or where
    it does not happen again; no pass where it happens while Enzyme reads the module.
    """
    deadline = time.monotonic() + seconds
    operations: tuple[FailingOperation, ...] = ()
    stage: str | None = None
    fault = origins.find(failure.message)
    try:
        happens, stage = _find_stage(text, failure, pipeline, attempt, deadline)
        if happens:
            with full_context() as context:
                module = read_module(text, context)
                look = _Look(module, failure, pipeline, attempt, deadline, origins)
                operations, derivatives = look.find_operations()
                if fault is None and derivatives:
                    fault = look.find_fault(derivatives[-1])
    except (_OutOfTime, Unread):
        pass
    return Place(operations, stage, fault)


class _Look:
    """A search in a module that Enzyme fails on."""

    def __init__(
        self,
        module: Any,
        failure: Verdict,
        pipeline: Pipeline,
        attempt: Try,
        deadline: float,
        origins: Origins,
    ) -> None:
        self._module = module
        self._how = (failure, pipeline, attempt, deadline)
        self._origins = origins

    def find_operations(self) -> tuple[tuple[FailingOperation, ...], list[Any]]:
        """The operations of the dialect that it takes: in words, and in the module."""
        candidates = _candidates(self._module.operation)
        if not candidates:
            return (), []
        found = [candidates[index] for index in self._smallest(_candidates)]
        named = [self._origins.find(str(each.location)) for each in found]
        return tuple(each for each in named if each is not None), found

    def find_fault(self, derivative: Any) -> FailingOperation | None:
        """The operation that it takes in the function of a derivative; the least usual one of several."""
        callee = (
            symbol_in(derivative.attributes["fn"])
            if "fn" in derivative.attributes
            else ""
        )

        def inside(module: Any) -> list[Any]:
            function = functions_in(module).get(callee)
            return (
                []
                if function is None
                else [each for each in walk(function) if not _ends_block(each)]
            )

        candidates = inside(self._module.operation)
        if not candidates:
            return None
        found = [candidates[index] for index in self._smallest(inside)]
        found.sort(key=lambda each: each.name in USUAL)
        named = (self._origins.find(str(each.location)) for each in found)
        return next((each for each in named if each is not None), None)

    def _smallest(self, candidates: Callable[[Any], list[Any]]) -> list[int]:
        return sorted(_Search(self._module, candidates, *self._how).smallest())


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
