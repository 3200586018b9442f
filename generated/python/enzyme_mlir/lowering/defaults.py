"""Attributes that say no more than their defaults, left out for a release that does not have them."""

from __future__ import annotations

import importlib
from contextlib import suppress
from typing import Any

from .._release_table import ATTRIBUTES
from .._runtime.host import PACKAGE
from .._runtime.rules import rules_of
from ..releases import using_release
from .prepare.building import walk

__all__ = ["leave_out_defaults"]


def leave_out_defaults(module: Any, release: str) -> None:
    """Take from a module the attributes that a release lacks, where they have the values that hold without them.

    Enzyme writes all defaults in generic form, those of attributes too which other releases do not know.

    Args:
        module: A module of the host; it is changed.
        release: The release that the module is for.
    """
    with module.context, using_release(None):
        for operation in walk(module.operation):
            known = ATTRIBUTES.get(operation.name, {})
            for attribute, having in known.items():
                if release not in having and attribute in operation.attributes:
                    _leave_out(operation, attribute)


def _leave_out(operation: Any, attribute: str) -> None:
    attributes = operation.attributes
    written = attributes[attribute]
    default = _default_of(operation, attribute)
    if default is None or str(default) != str(written):
        attributes[attribute] = written
    elif attribute in attributes:
        del attributes[attribute]


def _default_of(operation: Any, attribute: str) -> Any:
    """The attribute that holds where none is written, None where there is none; the operation may have lost it."""
    _load(operation.name.partition(".")[0])
    rules = rules_of(operation.name)
    for rule in () if rules is None else rules.attributes:
        if rule.name == attribute and rule.default is not None and not rule.is_flag:
            return rule.coerce(rule.default, operation.name, attribute)
    return None


def _load(dialect: str) -> None:
    """Import the module of a dialect, so that the host gives its operations as the classes there."""
    for module in (dialect, f"{dialect}_"):
        with suppress(ImportError):
            importlib.import_module(f"{PACKAGE}.dialects.{module}")
