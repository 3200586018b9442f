"""Old names that still work: each use is a `DeprecationWarning` at the caller's line."""

from __future__ import annotations

import enum
import functools
import sys
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import both_given

if TYPE_CHECKING:
    from typing_extensions import deprecated
else:  # what PEP 702 says of functions, without a dependency

    def deprecated(message):
        """Mark a function as deprecated: calling it warns."""

        def decorate(function):
            @functools.wraps(function)
            def wrapper(*args, **kwargs):
                warn(message)
                return function(*args, **kwargs)

            wrapper.__deprecated__ = message
            return wrapper

        return decorate


__all__ = [
    "RenamingEnum",
    "deprecated",
    "old_case",
    "old_cases",
    "old_classes",
    "renamed_parameters",
    "warn",
]

_R = TypeVar("_R")

_GENERATED = __name__.rpartition("._runtime.")[0]


def warn(message: str) -> None:
    """Warn that a name is old, at the line outside of this package that used it."""
    depth = 2
    frame = sys._getframe(1)  # pyright: ignore[reportPrivateUsage]
    while frame.f_back is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module != "enum" and not module.startswith(f"{_GENERATED}."):
            break
        depth, frame = depth + 1, frame.f_back
    warnings.warn(message, DeprecationWarning, stacklevel=depth)


def renamed_parameters(
    operation: str, *names: tuple[str, str, str]
) -> Callable[[Callable[..., _R]], Callable[..., _R]]:
    """Let a builder take old keywords: triples of the old name, the new one, and what to say of it.

    Raises `TypeError` where a parameter is given under both names.
    """

    def decorate(function: Callable[..., _R]) -> Callable[..., _R]:
        code: Any = getattr(function, "__code__", None)
        positional: tuple[str, ...] = code.co_varnames[: code.co_argcount]

        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> _R:
            for old, new, message in names:
                if old in kwargs:
                    if new in kwargs or new in positional[: len(args)]:
                        raise both_given(operation, old, new)
                    warn(message)
                    kwargs[new] = kwargs.pop(old)
            return function(*args, **kwargs)

        return wrapper

    return decorate


def old_classes(
    module: str, classes: Mapping[str, tuple[type, str]]
) -> Callable[[str], type]:
    """The `__getattr__` of a module whose classes have old names: each with its class, and what to say of it."""

    def find(name: str) -> type:
        if name not in classes:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        cls, message = classes[name]
        warn(message)
        return cls

    return find


class RenamingEnum(enum.EnumMeta):
    """The class of an enum whose cases have old names."""

    if not TYPE_CHECKING:  # checkers see the old cases in the body of the enum

        def __getattr__(cls, name):
            """The case that once had the name."""
            new = old_case(cls, name)
            if new is not None:
                return cls[new]
            behind = getattr(super(), "__getattr__", None)
            if behind is not None:  # before Python 3.12 it finds the cases
                return behind(name)
            raise AttributeError(
                f"type object {cls.__name__!r} has no attribute {name!r}"
            )


def old_case(cases: type[enum.Enum], given: str) -> str | None:
    """The new name of a case that once had the given one, with a warning; None where there is none."""
    old: Mapping[str, tuple[str, str]] = cases.__dict__.get("_OLD_CASES", {})
    for name, (new, message) in old.items():
        if given in (name, name.lower()):
            warn(message)
            return new
    return None


def old_cases(cases: type[enum.Enum], names: Mapping[str, tuple[str, str]]) -> None:
    """Let the cases of an enum be found under old names: each with the new name, and what to say of it."""
    type.__setattr__(cases, "_OLD_CASES", dict(names))
