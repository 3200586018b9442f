# The host's stubs leave some type arguments open, and these files check what users pass.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

"""The surroundings in which an operation is created: where, and in which context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .host import ir

__all__ = ["check_contexts", "current_place"]


def current_place() -> ir.InsertionPoint | None:
    """The current insertion point; hosts say in two ways that there is none."""
    try:
        return ir.InsertionPoint.current
    except (ValueError, RuntimeError):
        return None


def check_contexts(
    name: str,
    operands: Sequence[ir.Type],
    results: Sequence[ir.Type],
    attributes: Mapping[str, ir.Attribute],
    context: ir.Context | None,
) -> None:
    """Refuse what belongs to another context, over which hosts abort; raises `ValueError`."""
    for index, given in enumerate(operands):
        if given.context is not context:
            raise _foreign(name, f"operand {index}")
    for index, given in enumerate(results):
        if given.context is not context:
            raise _foreign(name, f"the type of result {index}")
    for key, attribute in attributes.items():
        if attribute.context is not context:
            raise _foreign(name, key)


def _foreign(name: str, part: str) -> ValueError:
    return ValueError(
        f"{name}: {part} is of another context, accepted is what belongs to the context that the operation is built in"
    )
