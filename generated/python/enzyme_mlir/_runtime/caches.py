"""What was made of values and attributes in one context, kept until another context comes along.

Attributes and types keep their context alive, so a cache that outlived its context would keep all of them. All caches
forget what they have when Python collects garbage in full, at the end of the process, and in its forks.
"""

from __future__ import annotations

import atexit
import enum
import gc
import os
from collections.abc import Callable
from typing import Any

from ..releases import release_in_use
from .host import ir
from .numeric import Coercer

__all__ = [
    "Memory",
    "PerContext",
    "forgetting",
    "keep_in_forks",
    "reading",
    "remembering",
]

_MOST = 4096
"""How many entries are kept."""

_MOST_CALLS = 8
"""How many calls of a builder are remembered."""

_MOST_CONTEXTS = 4
"""In how many contexts calls are remembered."""

_OF_PARENTS: list[Any] = []
"""In a fork of a process, what is never freed there."""


def keep_in_forks(held: Callable[[], Any]) -> None:
    """In a fork of the process, never free what `held` returns there: it holds on to contexts of the parent.

    The end of a context waits for its threads, and a fork has none.
    """
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: _OF_PARENTS.append(held()))


_forgetful: list[Callable[[], Any]] = []
"""What makes caches forget, and returns what they had."""


def forgetting(forget: Callable[[], Any]) -> None:
    """Call `forget` so that no context lives on for the sake of a cache; it returns what the cache held."""
    _forgetful.append(forget)


def _forget_all() -> list[Any]:
    return [forget() for forget in _forgetful]


atexit.register(_forget_all)
keep_in_forks(_forget_all)


def _at_collection(phase: str, facts: dict[str, int]) -> None:
    """Forget everything before a full collection, so that it frees the contexts that nobody else uses."""
    if phase == "start" and facts["generation"] == 2:
        _forget_all()


gc.callbacks.append(_at_collection)


_memories: list[Memory] = []
_contexts: list[Any] = []
"""The contexts that calls were remembered in, the last one at the end."""


def _nothing(*_: object) -> None:
    """Do none of the calls before again: there is none."""


class Memory:
    """The last calls of one builder: functions that do again what they did."""

    __slots__ = ("_kept", "_misses", "first", "others")

    def __init__(self) -> None:
        self._kept: tuple[tuple[Any, Callable[..., Any]], ...] = ()
        self._misses = 0
        self.first: Callable[..., Any] = _nothing
        """Does the last call again, or gives None."""
        self.others: list[Callable[..., Any]] = []
        """The functions of the calls before it, the last one first."""
        _memories.append(self)

    def is_worth_keeping(self) -> bool:
        """Whether to remember a call that was not like any before: of many such calls in a row, only some."""
        self._misses += 1
        return self._misses <= _MOST_CALLS or self._misses % _MOST_CALLS == 0

    def keep(self, context: ir.Context, again: Callable[..., Any]) -> None:
        """Remember a call in a context; of many contexts, the first ones are forgotten."""
        if not any(known is context for known in _contexts):
            _contexts.append(context)
        if len(_contexts) > _MOST_CONTEXTS:
            oldest = _contexts.pop(0)
            for memory in _memories:
                memory._set([pair for pair in memory._kept if pair[0] is not oldest])
        self._set([(context, again), *self._kept[: _MOST_CALLS - 1]])

    def repeat(self, *given: Any) -> Any:
        """What one of the calls gives for these arguments, the first one the next time; None where none takes them."""
        found = self.first(*given)
        others = self.others
        for index, again in enumerate(others):
            if found is not None:
                break
            found = again(*given)
            if found is not None:
                others[index], self.first = self.first, again
        return found

    def drop(self, again: Callable[..., Any]) -> None:
        """Forget one call."""
        self._set([pair for pair in self._kept if pair[1] is not again])

    def forget(self) -> Any:
        """Let go of all calls, and return them."""
        found = self._kept
        self._set([])
        self._misses = 0
        return found

    def _set(self, kept: list[tuple[Any, Callable[..., Any]]]) -> None:
        self._kept = tuple(kept)
        calls = [again for _, again in kept]
        self.first, self.others = calls[0] if calls else _nothing, calls[1:]


def _forget_calls() -> Any:
    found = [*_contexts, *(memory.forget() for memory in _memories)]
    _contexts.clear()
    return found


forgetting(_forget_calls)


class PerContext:
    """A dictionary for one context at a time."""

    def __init__(self) -> None:
        self._context: ir.Context | None = None
        self._known: dict[Any, Any] = {}
        forgetting(self._forget)

    def of(self, context: ir.Context | None) -> dict[Any, Any]:
        """The entries of this context; those of another one are forgotten."""
        if context is not self._context or len(self._known) >= _MOST:
            self._known = {}
            self._context = context
        return self._known

    def _forget(self) -> Any:
        """Let go of everything, and return it."""
        known = (self._context, self._known)
        self._context = None
        self._known = {}
        return known


def _key(given: Any) -> Any:
    """What stands for a value whose attribute is always the same; None where there is no such thing.

    Types are part of it, since Python takes `True`, `1` and a case with that number for equal.
    """
    kind = given.__class__
    if kind is list or kind is tuple:
        for item in given:
            if item.__class__ is not str and not isinstance(
                item, (enum.Enum, ir.Attribute)
            ):
                return None
        return (*given, *map(type, given), len(given))
    if kind is str or isinstance(given, (enum.Enum, ir.Attribute)):
        return (given, kind)
    return None


def remembering(coerce: Coercer) -> Coercer:
    """The coercer, which looks at a name, a case, an attribute or a list of them only once in each context.

    What it makes of them depends on the release in use too.
    """
    memory = PerContext()

    def remembered(given: Any, operation: str, parameter: str) -> Any:
        key = _key(given)
        if key is None:
            return coerce(given, operation, parameter)
        key = (key, release_in_use())
        known = memory.of(ir.Context.current)
        found = known.get(key)
        if found is None:
            found = known[key] = coerce(given, operation, parameter)
        return found

    return remembered


def reading(read: Callable[[Any], Any]) -> Callable[[ir.Attribute], Any]:
    """The function, which reads an attribute only once in its context."""
    memory = PerContext()

    def remembered(attribute: ir.Attribute) -> Any:
        known = memory.of(attribute.context)
        if attribute not in known:
            known[attribute] = read(attribute)
        return known[attribute]

    return remembered
