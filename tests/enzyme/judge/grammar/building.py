"""Building a function statement by statement: what is in scope, and what may be done with it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from ..syntax import Domain, Function, Global, Op, Region, Shaped, Type, Value, is_float, is_memory, is_tensor, op

__all__ = ["Builder", "Production", "Skip"]

WORK = 150
"""How often the body of a nest of loops may run."""


class Skip(Exception):
    """A production does not fit here."""


@dataclass(frozen=True, slots=True)
class Production:
    """A way to make a statement."""

    feature: str
    make: Callable[[Builder], None]
    weight: float = 1.0
    is_block: bool = False
    """Whether it has regions, which statements are made for."""


@dataclass(slots=True)
class Frame:
    """A block under construction."""

    body: list[Op] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    closing: list[Op] = field(default_factory=list)
    """Operations for the end of the block."""
    is_parallel: bool = False


class Module:
    """What the functions of a program have in common."""

    def __init__(self, rng: random.Random, parts: Sequence[Sequence[Production]], real: str) -> None:
        self.rng = rng
        self.parts = parts
        self.enabled = frozenset(each.feature for part in parts for each in part)
        self.real = real
        self.functions: list[Function] = []
        self.globals: list[Global] = []
        self.domains: list[Domain] = []
        self._names = 0

    def fresh(self, letter: str) -> str:
        """A name that no value has."""
        self._names += 1
        return f"{letter}{self._names}"


class Builder:
    """One function under construction."""

    def __init__(self, module: Module, depth: int = 0) -> None:
        self.module = module
        self.rng = module.rng
        self.real: Type = module.real
        self.frames = [Frame()]
        self.ranges: dict[str, tuple[int, int]] = {}
        """What is known of whole numbers."""
        self.read_only: set[str] = set()
        """Memory that must not be written."""
        self.closed: set[str] = set()
        """Memory that must not be touched."""
        self.bases: dict[str, str] = {}
        """The memory that a view shows a part of."""
        self.freed: set[str] = set()
        """Memory that is freed at the end of its block."""
        self.affine: set[str] = set()
        """Indices that affine operations take: arguments of the function, and positions of affine loops."""
        self.work = 1
        self.call_depth = depth

    # Names and operations

    @property
    def frame(self) -> Frame:
        """The innermost block."""
        return self.frames[-1]

    @property
    def depth(self) -> int:
        """How deep the innermost block is."""
        return len(self.frames) - 1

    def value(self, type_: Type, letter: str = "v") -> Value:
        """A new value, not yet in scope."""
        return Value(self.module.fresh(letter), type_)

    def add(self, each: Op, hidden: bool = False) -> None:
        """Append an operation; its results are in scope afterwards, unless hidden."""
        self.frame.body.append(each)
        if not hidden:
            self.frame.values += each.results

    def emit(self, kind: str, operands: Iterable[Value], type_: Type, **attributes: object) -> Value:
        """Append an operation with one result."""
        result = self.value(type_)
        self.add(op(kind, operands, (result,), **attributes))
        return result

    def constant(self, value: object, type_: Type) -> Value:
        """Append a constant; it is used where it is made, and not in scope for others."""
        result = self.value(type_, "c")
        self.add(op("constant", (), (result,), value=value), hidden=True)
        if isinstance(value, int):
            self.ranges[result.name] = (value, value)
        return result

    def index(self, value: int) -> Value:
        """An index that is known."""
        return self.constant(value, "index")

    def known(self, kind: str, operands: Iterable[Value], low: int, high: int) -> Value:
        """Append an operation whose result is an index between bounds."""
        result = self.emit(kind, operands, "index")
        self.ranges[result.name] = (low, high)
        return result

    # What is in scope

    def visible(self) -> Iterator[Value]:
        """All values in scope, the latest first."""
        for frame in reversed(self.frames):
            yield from reversed(frame.values)

    def of_type(self, type_: Type) -> list[Value]:
        """The values of a type, the latest first."""
        return [value for value in self.visible() if value.type == type_ and self.may_touch(value)]

    def number(self) -> float:
        """A constant, small and with few digits."""
        return self.rng.choice([0.0, 1.0, 0.5, 2.0, -1.0, *(self.rng.randrange(-16, 17) / 8 for _ in range(5))])

    def chance(self, probability: float) -> bool:
        """Whether to do something."""
        return self.rng.random() < probability

    def pick(self, found: Sequence[Value]) -> Value:
        """One of the values; the first ones are likelier."""
        if not found:
            raise Skip
        position = min(int(self.rng.expovariate(0.5)), len(found) - 1)
        return found[position] if self.chance(0.8) else self.rng.choice(found)

    def a_real(self, constants: float = 0.08) -> Value:
        """A float."""
        found = self.of_type(self.real)
        if not found or self.chance(constants):
            return self.constant(self.number(), self.real)
        return self.pick(found)

    def a_memory(self, writable: bool = False, rank: int | None = None) -> Value:
        """Memory of floats."""
        found = [
            value
            for value in self.visible()
            if is_memory(value.type)
            and isinstance(value.type, Shaped)
            and value.type.element == self.real
            and self.may_touch(value, writable)
            and rank in (None, len(value.type.shape))
        ]
        return self.pick(found)

    def may_touch(self, memory: Value, writable: bool = False) -> bool:
        """Whether memory may be read, or written, here."""
        names = {memory.name, self.bases.get(memory.name, memory.name)}
        return not names & self.closed and not (writable and names & self.read_only)

    def same_memory(self, one: Value, other: Value) -> bool:
        """Whether two memrefs are, or may be, parts of one."""
        return self.bases.get(one.name, one.name) == self.bases.get(other.name, other.name)

    def a_tensor(self, rank: int | None = None) -> Value:
        """A tensor of floats."""
        return self.pick(
            [
                value
                for value in self.visible()
                if is_tensor(value.type)
                and is_float(value.type)
                and isinstance(value.type, Shaped)
                and rank in (None, len(value.type.shape))
            ]
        )

    def an_index(self, size: int, affine: bool = False) -> Value:
        """An index below a size: a constant, one in scope, or one made of one."""
        fitting = [
            value
            for value in self.of_type("index")
            if self._within(value, size) and (not affine or value.name in self.affine)
        ]
        if fitting and self.chance(0.75):
            chosen = self.pick(fitting)
            if affine or self.chance(0.6):
                return chosen
            low, high = self.ranges[chosen.name]
            offset = self.rng.choice([-1, 1, 1, 2])
            if low + offset >= 0 and high + offset < size:  # a neighbour
                return self.known("arith.addi", (chosen, self.index(offset)), low + offset, high + offset)
            if self.chance(0.5):  # from the other end
                return self.known("arith.subi", (self.index(size - 1), chosen), size - 1 - high, size - 1 - low)
            return chosen
        return self.index(self.rng.randrange(size))

    @property
    def is_parallel(self) -> bool:
        """Whether iterations around may run at the same time."""
        return any(frame.is_parallel for frame in self.frames)

    def _within(self, value: Value, size: int) -> bool:
        low, high = self.ranges.get(value.name, (-1, -1))
        return low >= 0 and high < size

    def place(self, memory: Value) -> tuple[Value, ...]:
        """Indices of an element."""
        return tuple(self.an_index(size) for size in self.sizes(memory))

    def sizes(self, value: Value) -> tuple[int, ...]:
        """The sizes of a memref or tensor; one that is known at run time only is at least 3."""
        assert isinstance(value.type, Shaped)
        return tuple(3 if size is None else size for size in value.type.shape)

    # Blocks

    @contextmanager
    def block(self, arguments: Iterable[Value] = (), trips: int = 1, parallel: bool = False) -> Iterator[Frame]:
        """A block; what is made inside is in scope inside."""
        if self.work * max(trips, 1) > WORK:
            raise Skip
        frame = Frame(values=list(arguments), is_parallel=parallel)
        closed, read_only, work = set(self.closed), set(self.read_only), self.work
        self.work *= max(trips, 1)
        self.frames.append(frame)
        try:
            yield frame
        finally:
            self.frames.pop()
            self.closed, self.read_only, self.work = closed, read_only, work

    def region(self, frame: Frame, arguments: Iterable[Value], yields: Iterable[Value]) -> Region:
        """The finished block."""
        return Region(tuple(arguments), (*frame.body, *frame.closing), tuple(yields))

    def statements(self, count: int) -> None:
        """Some statements, of the enabled productions."""
        deep = self.depth >= 3
        for _ in range(count):
            part = self.rng.choice(self.module.parts)  # no part is drowned by one with many productions
            fitting = [each for each in part if not (deep and each.is_block)]
            if not fitting:
                continue
            (chosen,) = self.rng.choices(fitting, [each.weight for each in fitting])
            self.attempt(chosen)

    def attempt(self, production: Production) -> bool:
        """Make a statement, or leave everything as it was."""
        frame = self.frame
        lengths = len(frame.body), len(frame.values), len(frame.closing)
        frames = len(self.frames)
        functions, known = len(self.module.functions), len(self.module.globals)
        closed, read_only = set(self.closed), set(self.read_only)
        try:
            production.make(self)
        except Skip:
            assert len(self.frames) == frames
            del frame.body[lengths[0] :], frame.values[lengths[1] :], frame.closing[lengths[2] :]
            del self.module.functions[functions:], self.module.globals[known:]
            self.closed, self.read_only = closed, read_only
            return False
        return True
