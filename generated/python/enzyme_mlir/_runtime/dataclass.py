"""Dataclasses that cost little until they are used.

Python writes and compiles six functions for each frozen dataclass, 0.6 milliseconds; a command that loads two hundred
of them waits for a tenth of a second, and most are never compared or printed. Here one function is compiled for each
class, when its first object is made; what else there is, all share. `dataclasses.fields` and `replace` work as ever.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, kw_only: bool = False, **options: bool) -> Callable[[type], type]:
        """A decorator as `dataclasses.dataclass`; quick where no more is asked than frozen and slots."""
        if options != {"frozen": True, "slots": True}:
            return dataclasses.dataclass(kw_only=kw_only, **options)
        return lambda cls: _frozen(cls, kw_only)


def _frozen(cls: type, kw_only: bool) -> Any:
    own, doc = dict(vars(cls)), cls.__doc__
    cls.__doc__ = doc or cls.__name__  # else the signature is worked out to stand there
    made: Any = dataclasses.dataclass(
        init=False, repr=False, eq=False, slots=True, kw_only=kw_only
    )(cls)
    made.__doc__ = doc
    known = dataclasses.fields(made)
    compared = _reading([each.name for each in known if each.compare])
    shown = [each.name for each in known if each.repr]
    values, form = _reading(shown), ", ".join(f"{name}=%r" for name in shown)

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        made.__init__ = _initializer(made)
        made.__init__(self, *args, **kwargs)

    def __eq__(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return compared(self) == compared(other)

    def __hash__(self: Any) -> int:
        return hash(compared(self))

    def __repr__(self: Any) -> str:
        return f"{type(self).__qualname__}({form % values(self)})"

    methods = (__init__, __eq__, __hash__, __repr__, __setattr__, __delattr__)
    for method in (*methods, __getstate__, __setstate__):
        if own.get(method.__name__) is None:
            setattr(made, method.__name__, method)
    return made


def _reading(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads fields of an object, always as a tuple: parts that are one object are equal, as in a tuple."""
    if not names:
        return lambda _: ()
    read = attrgetter(*names)
    return read if len(names) > 1 else lambda of: (read(of),)


def _initializer(cls: Any) -> Any:
    """`__init__` of a dataclass, which fills the slots."""
    space: dict[str, Any] = {"_unset": object()}
    positional: list[str] = []
    named: list[str] = []
    body: list[str] = []
    for each in dataclasses.fields(cls):
        name = each.name
        space[f"_set_{name}"] = getattr(cls, name).__set__
        space[f"_default_{name}"] = each.default
        space[f"_make_{name}"] = each.default_factory
        is_made = each.default_factory is not dataclasses.MISSING
        has_default = is_made or each.default is not dataclasses.MISSING
        default = "_unset" if is_made else f"_default_{name}"
        value = name if each.init else default
        if is_made:
            value = f"_make_{name}()" + (
                f" if {name} is _unset else {name}" if each.init else ""
            )
        if each.init:
            parameters = named if each.kw_only else positional
            parameters.append(f"{name}={default}" if has_default else name)
        if each.init or has_default:
            body.append(f"_set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    head = ", ".join(["self", *positional, *(["*", *named] if named else [])])
    exec(f"def __init__({head}):\n " + "\n ".join(body or ["pass"]), space)
    made = space["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def __setattr__(self: Any, name: str, _: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def __delattr__(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def __getstate__(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def __setstate__(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
