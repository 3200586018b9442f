"""From the name of a convention to the policy that applies it."""

from __future__ import annotations

from collections.abc import Sequence

from opspec.model.dialect import Dialect
from opspec.naming.conventions import CONVENTIONS, Convention, convention_named
from opspec.naming.rules import NamingPolicy, PyName
from opspec.naming.upstream import UpstreamPolicy

__all__ = ["CONVENTIONS", "NamingPolicy", "PyName", "UpstreamPolicy", "policy_for", "policy_of"]


def policy_of(convention: str, own: Sequence[Convention] = ()) -> NamingPolicy:
    """The policy of a convention: one of `CONVENTIONS`, or of the project's `own`; it exists."""
    if convention == "upstream":
        return UpstreamPolicy()
    found = convention_named(convention, own)
    assert found is not None, "the name of a convention is checked where it is read"
    return NamingPolicy(found)


def policy_for(
    dialect: Dialect, convention: str, own: Sequence[Convention] = (), *, forced: bool = False
) -> NamingPolicy:
    """The policy of a dialect: of the convention that its overlay chose, or of the project's.

    `forced` says that the convention holds whatever the overlay chose. A convention that does not exist counts as the
    project's; whoever reads the overlay reports it.
    """
    chosen = dialect.names.convention.text
    name = chosen if chosen and not forced and convention_named(chosen, own) is not None else convention
    return policy_of(name, own).of_dialect(dialect)
