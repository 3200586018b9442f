"""Which arguments of an operation moved, and who notices: operands in the IR, parameters by position, or nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from opspec.dataclass import dataclass
from opspec.diff.changes import Side
from opspec.diff.facts import argument_facts
from opspec.diff.finds import after
from opspec.diff.matching import moved
from opspec.diff.pairs import OperationPair
from opspec.diff.rule import Found
from opspec.diff.sections import ATTRIBUTE, OPERAND
from opspec.model.constraints import AttributeKind, Multiplicity
from opspec.model.dialect import Argument, NamedValue

__all__ = ["Moves", "is_positional", "moves", "neighbour", "swapped"]

_HEAVY = 1000


@dataclass(frozen=True, slots=True)
class Moves:
    """Old and new name of what moved; each argument is in one of the lists at most.

    `operands` changed their order in the IR, `arguments` only that of the parameters by position, `keywords` stand
    elsewhere in the spec and nowhere else.
    """

    operands: tuple[tuple[str, str], ...]
    arguments: tuple[tuple[str, str], ...]
    keywords: tuple[tuple[str, str], ...]


def is_positional(argument: Argument) -> bool:
    """Whether the builder takes the argument by position."""
    if isinstance(argument, NamedValue):
        return argument.value.multiplicity is not Multiplicity.OPTIONAL
    return argument.attribute.required and argument.attribute.constraint is not AttributeKind.UNIT


def moves(pair: OperationPair) -> Moves:
    """The least moves from one order of arguments to the other; what calls give by keyword is moved first."""
    operands = pair.parts.of(OPERAND).names()
    names = operands | pair.parts.of(ATTRIBUTE).names()
    old_names = {new: old for old, new in names.items()}
    old = [argument for argument in pair.old.arguments if argument.name in names]
    new = [argument for argument in pair.new.arguments if argument.name in old_names]
    if [argument.name for argument in old] == [old_names[argument.name] for argument in new]:
        return Moves((), (), ())
    fixed = {a.name for a in old if is_positional(a)} & {old_names[a.name] for a in new if is_positional(a)}
    told: set[str] = set()

    def least(counts: Callable[[str], bool]) -> tuple[tuple[str, str], ...]:
        first = [a.name for a in old if counts(a.name) and a.name not in told]
        second = [old_names[a.name] for a in new if counts(old_names[a.name]) and old_names[a.name] not in told]
        found = moved(first, second, lambda name: _HEAVY if name in fixed else 1)
        told.update(found)
        return tuple((name, names[name]) for name in found)

    return Moves(
        least(lambda name: name in operands),
        least(lambda name: name in fixed),
        least(lambda name: True),
    )


def swapped(pair: OperationPair, old_kind: type) -> Iterator[Found]:
    """Arguments that were of a class, operands or attributes, and are of the other under the same name."""
    for name in pair.swapped:
        old = next(a for a in pair.old.arguments if a.name == name)
        new = next(a for a in pair.new.arguments if a.name == name)
        if isinstance(old, old_kind):
            first = Side(pair.old_place("arguments", name), argument_facts(old))
            yield Found(first, Side(pair.new_place("arguments", name), argument_facts(new)))


def neighbour(pair: OperationPair, name: str, *, is_old: bool) -> str:
    """Where an argument stands, as facts of its move: `after x` or `first`."""
    return after([argument.name for argument in (pair.old if is_old else pair.new).arguments], name)
