"""The attributes of an operation that exists: which have to be there, and of which kind they are."""

from __future__ import annotations

from collections.abc import Sequence

from ..releases import absence
from .attributes import held
from .complaints import Complaint, Report, complaint_of
from .declarations import AttributeRule, Parts
from .released import is_default

__all__ = ["check_attributes"]


def check_attributes(
    name: str, rules: Sequence[AttributeRule], parts: Parts, report: Report
) -> bool:
    """Report attributes of the operation `name` that are missing or wrong, or that the release in use lacks.

    Returns whether all that are there are right and none is missing.
    """
    right = True
    for rule in rules:
        if rule.name not in parts.attributes:
            if rule.required:
                report(Complaint(rule.name, "missing", "an attribute of that name"))
                right = False
            continue
        absent = None if rule.releases is None else absence(rule.releases)
        if absent is None:
            right &= _check_held(name, rule, parts, report)
        elif not is_default(name, rule, parts.attributes[rule.name]):
            given = f"given, and {absent.release} does not have it"
            accepted = f"a release that has it: it is there {absent.there}"
            report(Complaint(rule.name, given, accepted))
    return right


def _check_held(name: str, rule: AttributeRule, parts: Parts, report: Report) -> bool:
    """Report an attribute of a wrong kind; returns whether it is right."""
    try:
        held(rule.coerce, parts.attributes[rule.name], name, rule.name)
    except (TypeError, ValueError) as error:
        given = str(parts.attributes[rule.name])
        report(complaint_of(error) or Complaint(rule.name, given, str(error)))
        return False
    return True
