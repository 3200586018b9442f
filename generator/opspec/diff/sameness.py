"""Whether two things of the model are the same in every way, which is more than that they are equal."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

__all__ = ["is_same"]


def is_same(one: object, other: object) -> bool:
    """Whether two things are equal, and each part of them is of the same kind: `1`, `1.0` and `True` differ.

    Locations are not looked at.
    """
    return one == other and _has_same_kinds(one, other)


def _has_same_kinds(one: object, other: object) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(map(_has_same_kinds, one, other))
    if is_dataclass(one):
        names = [field.name for field in fields(one) if field.compare]
        return all(_has_same_kinds(getattr(one, name), getattr(other, name)) for name in names)
    return not isinstance(one, float) or repr(one) == repr(other)
