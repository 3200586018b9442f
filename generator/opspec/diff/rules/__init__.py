"""Every rule, in the order in which reports list their findings within a level."""

from __future__ import annotations

from functools import cache

from opspec.diff.rule import Rule
from opspec.diff.rules import (
    attribute_constraints,
    attributes,
    cases,
    constraints,
    contracts,
    definitions,
    dialects,
    formats,
    names,
    operand_types,
    operands,
    operations,
    parameters,
    projects,
    regions,
    results,
    successors,
    traits,
    words,
)

__all__ = ["RULES", "rule_of"]

_MODULES = (
    *(projects, dialects, operations, operands, operand_types, attributes, attribute_constraints, results, regions),
    *(successors, traits, formats, contracts),
    *(definitions, parameters, cases, constraints, names, words),
)

RULES: tuple[Rule, ...] = tuple(
    value for module in _MODULES for value in vars(module).values() if isinstance(value, Rule)
)
"""All rules; ids are unique and stable."""


@cache
def _by_id() -> dict[str, Rule]:
    return {rule.id: rule for rule in RULES}


def rule_of(rule_id: str) -> Rule:
    """The rule of that id, which exists."""
    return _by_id()[rule_id]
