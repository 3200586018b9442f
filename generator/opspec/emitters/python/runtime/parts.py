"""Calls of builders of operations that do not have the same operands, results and regions in every release."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from .checking import checks_of
from .declarations import ONE, RegionRule, ValueRule
from .regions import read_body
from .released import demanded, lacks
from .rules import OperationRules
from .sizes import READERS, TYPE_READERS
from .values import count

__all__ = ["in_use"]

_Given = tuple[Any, ...]
_Rule = TypeVar("_Rule", ValueRule, RegionRule)
_Read = Callable[[Any, str, str], Any]
"""Reads what is given, for an operation and a parameter; refuses what is of the wrong kind."""


def in_use(
    rules: OperationRules,
    operands: _Given,
    results: Any,
    regions: tuple[_Given, _Given],
) -> tuple[OperationRules, _Given, Any, tuple[_Given, _Given]]:
    """An operation's rules in the release in use, and what a call gives for the parts that it has there.

    Args:
        rules: The rules with the parts of all releases.
        operands: What is given for each operand.
        results: The types of each result, or all of them in one.
        regions: What fills each region that is there once, with the types of its block's arguments, and how many there
            are of each of the others.

    Raises:
        TypeError: Something of the wrong kind is given for a part that the release lacks.
        ValueError: Something is given for a part that the release lacks, or nothing for one that it needs.
    """
    found = checks_of(rules).rules
    lacking, name = found.lacking, rules.name

    def value_reader(rule: ValueRule) -> _Read:
        return READERS[rule.multiplicity]

    def type_reader(rule: ValueRule) -> _Read:
        return TYPE_READERS[rule.multiplicity]

    given = _taken(name, rules.operands, operands, lacking, value_reader, "a Value")
    types = results
    if isinstance(results, tuple) and any(rule.parameter for rule in rules.results):
        types = tuple(
            _taken(name, rules.results, results, lacking, type_reader, "a Type")
        )
    bodies, counts = regions
    if bodies:
        single = [rule for rule in rules.regions if not rule.is_variadic]
        bodies = tuple(_taken(name, single, bodies, lacking, lambda _: read_body))
    if counts:
        several = [rule for rule in rules.regions if rule.is_variadic]
        counts = tuple(_taken(name, several, counts, lacking, lambda _: count))
    return found, tuple(given), types, (bodies, counts)


def _taken(
    name: str,
    declared: Sequence[_Rule],
    given: _Given,
    lacking: frozenset[str],
    reader: Callable[[_Rule], _Read],
    what: str = "",
) -> Iterator[Any]:
    """What is given for the parts that are not `lacking`; a part of one value that not all have has to be `what`."""
    for rule, part in zip(declared, given, strict=True):
        parameter = rule.parameter or rule.name
        if rule.name in lacking:
            if not _is_nothing(part):
                reader(rule)(part, name, parameter)
                raise lacks(name, parameter, rule.having or ())
            continue
        is_one = isinstance(rule, ValueRule) and rule.multiplicity == ONE
        if part is None and is_one and rule.having is not None:
            raise demanded(name, parameter, what)
        yield part


def _is_nothing(given: Any) -> bool:
    """Whether it is None, nothing but that (of a body and the types of its arguments), an empty list, or no region."""
    if isinstance(given, (list, tuple)):
        return all(map(_is_nothing, given[:2]))
    return given is None or (given.__class__ is int and not given)
