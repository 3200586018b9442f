"""Operations of which releases have other operands, results or regions than the specs say: which they are is learnt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.learn.binaries import Binary, enzyme_binary
from opspec.learn.marks import learn_marks
from opspec.learn.project import learn_operations
from opspec.learn.reshaping import reshaped
from opspec.model.dialect import Dialect, Operation
from opspec.model.released import facts_alone
from opspec.probe.counts import counts_of_spec
from opspec.probe.drafts import Draft, draft_of
from opspec.probe.driver import ask_together
from opspec.probe.installation import find_installation
from opspec.probe.probe import Findings
from opspec.spec.bindings import Bindings

__all__ = ["learn_parts"]

_SEGMENTS = ("AttrSizedOperandSegments", "AttrSizedResultSegments")


def learn_parts(
    bindings: Bindings,
    dialects: Sequence[Dialect],
    folders: Sequence[Path],
    probed: Sequence[tuple[str, Findings]],
) -> dict[str, dict[str, Operation]]:
    """By release and full name, the operations of the specs with the parts that they have there.

    Only those of which a probe counted other parts than the spec has, and of which follows which is which. `folders`
    hold the Enzymes that were probed; the installed one where there are none.
    """
    installations = {found.release: found for found in map(find_installation, folders or (None,))}
    return {
        release: _learnt(bindings, enzyme_binary(installations[release]), dict(_counted(dialects, findings)))
        for release, findings in probed
    }


@dataclass(frozen=True, slots=True)
class _Counted:
    """An operation with other numbers of parts in a release, these numbers, and its sample."""

    operation: Operation
    counts: Mapping[str, tuple[int, int | None]]
    sample: Draft


def _counted(dialects: Iterable[Dialect], findings: Findings) -> Iterator[tuple[str, _Counted]]:
    """The operations with other numbers of parts, by full name."""
    for dialect in map(facts_alone, dialects):
        for operation in dialect.operations:
            name = f"{dialect.name}.{operation.mnemonic}"
            found = [item.counted for item in findings.items if item.name == name and item.counted is not None]
            counts = {part: (least, most) for part, least, most in found}
            if counts and "successors" not in counts and operation.contract is None:
                yield name, _Counted(operation, counts, draft_of(dialect, operation))


def _learnt(bindings: Bindings, binary: Binary, counted: Mapping[str, _Counted]) -> dict[str, Operation]:
    """Those of which the parts are told, as the binary has them, by full name."""
    found: dict[str, Operation] = {}
    learnt = learn_operations(bindings, binary, list(counted))
    asked = [learn_marks(one, counted[name].sample) for name, one in learnt.items()]
    for (name, one), marks in zip(learnt.items(), ask_together(asked, partial(binary.ask, generic=False)), strict=True):
        there = reshaped(counted[name].operation, one.operation, marks)
        if there is not None and _is_as_counted(there, counted[name]) and _are_sized_alike(there, one.operation):
            found[name] = there
    return found


def _is_as_counted(operation: Operation, counted: _Counted) -> bool:
    """Whether an operation has the numbers of parts that were counted."""
    spec = counts_of_spec(operation)
    has = {part: (count.minimum, count.maximum) for part, count in spec.items()}
    groups = {"operand_groups": len(operation.operands), "result_groups": len(operation.results)}
    return counted.counts.items() <= (has | {part: (number, number) for part, number in groups.items()}).items()


def _are_sized_alike(operation: Operation, learnt: Operation) -> bool:
    """Whether attributes hold the sizes of the same parts: what releases have otherwise there, builders do not know."""
    return all(operation.has_trait(trait) == learnt.has_trait(trait) for trait in _SEGMENTS)
