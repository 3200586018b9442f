"""How builders are called, and what classes show: our own way, and mlir-tblgen's."""

from __future__ import annotations

from opspec.dataclass import dataclass
from opspec.naming.policy import NamingPolicy

__all__ = ["DROP_IN", "TYPED", "CallStyle", "style_of"]


@dataclass(frozen=True, slots=True)
class CallStyle:
    """What a way of calling builders has.

    `checks_rules`: builders check the rules of an operation, and `verify` switches that off.
    `has_defaults`: a parameter that can be left out has the real default, in the release in use; else it is None.
    `takes_bodies`: callables fill regions, and classes open them.
    `infers_all`: result types follow wherever something says how; else only where mlir-tblgen lets them follow.
    `shows_all`: parts without a name and properties have accessors.
    """

    checks_rules: bool
    has_defaults: bool
    takes_bodies: bool
    infers_all: bool
    shows_all: bool


TYPED = CallStyle(checks_rules=True, has_defaults=True, takes_bodies=True, infers_all=True, shows_all=True)
"""Our own way."""
DROP_IN = CallStyle(checks_rules=False, has_defaults=False, takes_bodies=False, infers_all=False, shows_all=False)
"""As mlir-tblgen's builders are called, to the last parameter."""


def style_of(naming: NamingPolicy) -> CallStyle:
    """The way that goes with a policy of names."""
    return DROP_IN if naming.is_drop_in else TYPED
