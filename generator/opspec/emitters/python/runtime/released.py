"""What the release in use does not have: attributes of operations, and attribute and type definitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from .._release_table import ATTRIBUTES, DEFINITIONS, DISTRIBUTION, OPERATIONS, REQUIRED
from ..releases import Absence, absence, release_in_use
from .complaints import Complaint, Report
from .declarations import AttributeRule, Parts, together
from .errors import refused
from .host import ir

__all__ = [
    "check_settable",
    "demanded",
    "is_default",
    "is_released",
    "lacks",
    "not_released",
    "report_definitions",
    "set_released",
    "unreleased",
]


def unreleased(operation: str, attribute: str) -> Absence | None:
    """Where an attribute is there that the release in use does not have; None where it has it."""
    having = ATTRIBUTES.get(operation)
    if having is None or attribute not in having:
        return None
    return absence(having[attribute])


def not_released(operation: str, attribute: str, absent: Absence) -> ValueError:
    """The error about an attribute that the release in use does not have."""
    return refused(
        operation,
        attribute,
        f"given for {absent.release}, which does not have it",
        f"a release that has: it is there {absent.there}",
        "leave it out, or name the release in use with use_release",
    )


def lacks(operation: str, parameter: str, having: Sequence[str]) -> ValueError:
    """The error about a part that is given, and that the release in use does not have; `having` do."""
    released = [release for release in having if release]
    absent = absence(released)
    if absent is None:  # no release is in use
        several = len(released) > 1
        there = (
            f"releases {together(released)}" if several else f"release {released[0]}"
        )
        absent = Absence("the spec", f"in {there}")
    return not_released(operation, parameter, absent)


def check_settable(operation: str, attribute: str) -> None:
    """Raise `ValueError` where the release in use does not have the attribute."""
    absent = unreleased(operation, attribute)
    if absent is not None:
        raise not_released(operation, attribute, absent)


def demanded(operation: str, parameter: str, what: str) -> ValueError:
    """The error about something that is not given, and that the release in use requires."""
    release = release_in_use()
    who = f"release {release} of {DISTRIBUTION}" if release else "the operation"
    accepted = f"{what}: {who} requires it"
    return refused(operation, parameter, "not given", accepted)


def set_released(
    attributes: dict[str, Any], operation: str, rule: AttributeRule, given: Any
) -> None:
    """Write an attribute that not every release has, where the release in use has it.

    Args:
        attributes: The attributes of the operation so far.
        operation: The operation's name.
        rule: What is declared of the attribute.
        given: The value, or the default.

    Raises:
        ValueError: The release in use requires the attribute and none is given, or it does not have the attribute and
            another value than the default is given.
    """
    shown = rule.parameter or rule.name
    if given is rule.default:
        demanding = REQUIRED.get(operation, {}).get(rule.name, ())
        release = release_in_use()
        if given is None and release in demanding:
            raise demanded(operation, shown, "a value")
        return
    made = rule.coerce(given, operation, shown)
    if is_default(operation, rule, made):
        return
    absent = unreleased(operation, rule.name)
    if absent is not None:
        raise not_released(operation, shown, absent)
    attributes[rule.name] = made


def is_default(operation: str, rule: AttributeRule, given: ir.Attribute) -> bool:
    """Whether an attribute is what holds without it, so that a release that lacks it loses nothing."""
    if rule.default is None or rule.is_flag:
        return False
    with given.context:
        return bool(given == rule.coerce(rule.default, operation, rule.name))


def is_released(operation: str, report: Report) -> bool:
    """Whether the release in use has the operation; reported where it has not."""
    offered = OPERATIONS.get(operation)
    absent = None if offered is None else absence(offered)
    if absent is not None:
        report(
            Complaint(
                "the operation",
                f"none of {absent.release}",
                f"one of a release that has it: it is there {absent.there}",
            )
        )
    return absent is None


_WRITTEN = re.compile(r"[#!][A-Za-z_][\w$]*[.<][\w$.]*")


_PLAIN = (
    ir.IntegerAttr,
    ir.FloatAttr,
    ir.StringAttr,
    ir.FlatSymbolRefAttr,
    ir.IntegerType,
    ir.FloatType,
    ir.IndexType,
)
"""Attributes and types that hold no other."""


def report_definitions(parts: Parts, report: Report) -> None:
    """Report attributes and types of definitions that the release in use does not have."""
    missing = _missing(release_in_use())
    if not missing:
        return
    places = [(name, parts.attributes[name]) for name in _names(parts.attributes)]
    places += [(f"operand {i}", given) for i, given in enumerate(parts.operands)]
    places += [(f"result {i}", given) for i, given in enumerate(parts.results)]
    for place, given in places:
        if isinstance(given, _PLAIN):
            continue
        for found in _WRITTEN.findall(str(given)):
            name = found.replace("<", ".")
            if name in missing:
                accepted = f"one of a release that has {name}: it is there {missing[name].there}"
                report(
                    Complaint(
                        place, f"{given}, which {missing[name].release} lacks", accepted
                    )
                )


@cache
def _missing(release: str) -> dict[str, Absence]:
    """The definitions that a release, the one in use, does not have."""
    if not release:
        return {}
    found = {name: absence(offered) for name, offered in DEFINITIONS.items()}
    return {name: absent for name, absent in found.items() if absent is not None}


def _names(attributes: Any) -> list[str]:
    """The names of an operation's attributes; hosts iterate over names or over pairs."""
    return [each if isinstance(each, str) else each.name for each in attributes]
