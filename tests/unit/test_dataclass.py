"""Dataclasses that are compiled late behave as those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any

import pytest

from opspec.dataclass import dataclass

Decorator = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Point:
    """At the top level, for pickles."""

    x: int
    y: list[int] = field(default_factory=list, compare=False)
    label: str = field(default="", repr=False)


def classes_of(dataclass: Decorator) -> tuple[type[Any], ...]:
    """The same classes with one decorator or the other."""

    @dataclass(frozen=True, slots=True)
    class Empty:
        pass

    @dataclass(frozen=True, slots=True)
    class One:
        value: float

    @dataclass(frozen=True, slots=True)
    class Parts:
        """With a doc."""

        a: int
        b: str = "b"
        c: list[int] = field(default_factory=list)
        d: int = field(init=False, default=4)
        _e: int = field(init=False, repr=False, compare=False)
        make_a: str = field(default="hidden", repr=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "_e", self.a + 1)

    @dataclass(frozen=True, slots=True)
    class More(Parts):
        e: tuple[int, ...] = ()

        @property
        def total(self) -> int:
            return self.a + sum(self.e) + self._e

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Named:
        unset: int
        self_: int = 2

    @dataclass(frozen=True, slots=True)
    class Own:
        a: int

        def __repr__(self) -> str:
            return "mine"

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own)

        def __hash__(self) -> int:
            return 7

    @dataclass(frozen=True, slots=True)
    class Equal:
        a: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Equal)

    return Empty, One, Parts, More, Named, Own, Equal


STANDARD, OURS = classes_of(dataclasses.dataclass), classes_of(dataclass)
NAN = float("nan")
CALLS: tuple[tuple[int, tuple[Any, ...], dict[str, Any]], ...] = (
    (0, (), {}),
    (0, (1,), {}),
    (1, (NAN,), {}),
    (1, (), {"value": 2.0}),
    (1, (), {}),
    (2, (1,), {}),
    (2, (1, "x", [3]), {"make_a": "y"}),
    (2, (), {"b": "x"}),
    (2, (1,), {"d": 3}),
    (2, (1,), {"none": 3}),
    (3, (1, "x", []), {"e": (1, 2)}),
    (4, (), {"unset": 1}),
    (4, (1,), {}),
    (5, (1,), {}),
    (6, (1,), {}),
)


def outcome(ways: Iterator[Callable[[], object]]) -> list[object]:
    """What each way gives, or which error it raises."""
    found: list[object] = []
    for way in ways:
        try:
            found.append(way())
        except Exception as error:
            found.append((type(error), str(error)))
    return found


def ways(cls: type[Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Iterator[Callable[[], object]]:
    """Everything that is asked of an object."""

    def made() -> Any:
        return cls(*args, **kwargs)

    yield lambda: repr(made())
    yield lambda: made() == made()
    yield lambda: made() == object()
    yield lambda: made() != made()
    yield lambda: hash(made()) == hash(made())
    yield lambda: [getattr(made(), each.name) for each in dataclasses.fields(cls)]
    yield lambda: [setattr(made(), each.name, 1) for each in dataclasses.fields(cls)]
    yield lambda: [delattr(made(), each.name) for each in dataclasses.fields(cls)]
    yield lambda: repr(copy.deepcopy(made()))
    yield lambda: dataclasses.asdict(made())
    yield lambda: repr(dataclasses.replace(made(), **{dataclasses.fields(cls)[0].name: 9}))
    yield lambda: cls.__match_args__
    yield lambda: cls.__slots__
    yield lambda: [cls.__name__, cls.__module__, cls.__qualname__]
    yield lambda: made().total


@pytest.mark.parametrize(("index", "args", "kwargs"), CALLS)
def test_each_answer_is_that_of_the_standard_library(index: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    ours = outcome(ways(OURS[index], args, kwargs))
    assert ours == outcome(ways(STANDARD[index], args, kwargs))
    assert len(ours) == 15


def test_pickles() -> None:
    point = Point(1, [2], "here")
    again = pickle.loads(pickle.dumps(point))
    assert (again.x, again.y, again.label) == (1, [2], "here")


def test_equality_and_hash_leave_out_what_is_not_compared() -> None:
    assert Point(1, [2]) == Point(1, [3])
    assert Point(1) != Point(2)
    assert len({Point(1, [2]), Point(1, [3]), Point(1, [], "other")}) == 2


def test_what_is_no_field_is_refused_as_well() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError, match=r"^cannot assign to field 'z'$"):
        Point(1).z = 1  # type: ignore[attr-defined]


def test_docs_are_those_that_were_written() -> None:
    assert Point.__doc__ == "At the top level, for pickles."
    assert OURS[0].__doc__ is None


def test_a_class_is_compiled_with_its_first_object() -> None:
    @dataclass(frozen=True, slots=True)
    class Late:
        a: int

    before = Late.__init__
    assert Late(1).a == 1
    assert Late.__init__ is not before
    assert Late(2).a == 2


def test_what_is_not_frozen_is_the_standard_library_s() -> None:
    @dataclass(slots=True)
    class Mutable:
        a: int

    made = Mutable(1)
    made.a = 2
    assert made == Mutable(2)
