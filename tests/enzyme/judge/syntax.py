"""Programs of the judge as values: a small IR of our own, read by the printer, the interpreter and the shrinker.

A program is in SSA form, close to MLIR: operations of a kind with operands, results, attributes and regions. What a
kind means is written twice, once in `printing` (as MLIR) and once in `interpreter` (on jets), and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

__all__ = [
    "FLOATS",
    "Domain",
    "Function",
    "Global",
    "Op",
    "Program",
    "Region",
    "Shaped",
    "Type",
    "Value",
    "element_of",
    "is_float",
    "is_memory",
    "is_tensor",
    "op",
    "walk",
]

FLOATS = ("f64", "f32")


@dataclass(frozen=True, slots=True)
class Shaped:
    """A memref or a tensor, `Shaped("memref", (4,), "f64")`; a size that is known at run time only is None."""

    kind: str
    shape: tuple[int | None, ...]
    element: str
    layout: str = ""
    """What stands behind the element of a memref that is a view: `strided<[1], offset: 2>`."""


Type = str | Shaped
"""A scalar is `f64`, `f32`, `index`, `i1`, `i32`, `i64`."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a program, with its name: unique in its function."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Region:
    """A block: its arguments, its operations, and what its terminator takes."""

    arguments: tuple[Value, ...] = ()
    body: tuple[Op, ...] = ()
    yields: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Op:
    """An operation, `op("arith.addf", (a, b), (c,))`; attributes are pairs, in the order of their names."""

    kind: str
    operands: tuple[Value, ...] = ()
    results: tuple[Value, ...] = ()
    attributes: tuple[tuple[str, Any], ...] = ()
    regions: tuple[Region, ...] = ()

    def get(self, name: str, default: Any = None) -> Any:
        """An attribute."""
        return next((value for key, value in self.attributes if key == name), default)

    def set(self, name: str, value: Any) -> Op:
        """The same operation with another attribute."""
        kept = {**dict(self.attributes), name: value}
        return replace(self, attributes=tuple(sorted(kept.items())))


def op(
    kind: str,
    operands: Iterable[Value] = (),
    results: Iterable[Value] = (),
    regions: Iterable[Region] = (),
    **attributes: Any,
) -> Op:
    """An operation, shorter."""
    return Op(kind, tuple(operands), tuple(results), tuple(sorted(attributes.items())), tuple(regions))


@dataclass(frozen=True, slots=True)
class Function:
    """A function; the returned values are what its body yields."""

    name: str
    block: Region


@dataclass(frozen=True, slots=True)
class Global:
    """Memory of the module; `values` is None where it starts without any."""

    name: str
    type: Shaped
    values: tuple[float, ...] | None
    is_constant: bool


@dataclass(frozen=True, slots=True)
class Domain:
    """What an argument of the entry may be: whole numbers from `low` to `high`, and the sizes of an array."""

    low: int = 0
    high: int = 4
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """Functions, of which the last one is differentiated, with the domains of its arguments."""

    functions: tuple[Function, ...]
    domains: tuple[Domain, ...]
    globals: tuple[Global, ...] = ()
    tags: frozenset[str] = field(default_factory=frozenset)
    """The features that it was made of."""

    @property
    def entry(self) -> Function:
        """The function that is differentiated."""
        return self.functions[-1]


def is_float(type_: Type) -> bool:
    """Whether values of the type have derivatives."""
    return element_of(type_) in FLOATS


def element_of(type_: Type) -> str:
    """The type of the elements, or the scalar itself."""
    return type_ if isinstance(type_, str) else type_.element


def is_memory(type_: Type) -> bool:
    """Whether it is a memref."""
    return isinstance(type_, Shaped) and type_.kind == "memref"


def is_tensor(type_: Type) -> bool:
    """Whether it is a tensor."""
    return isinstance(type_, Shaped) and type_.kind == "tensor"


def walk(body: Iterable[Op], enter: Callable[[Op], bool] = lambda _: True) -> Iterator[Op]:
    """All operations, those in regions behind the one they belong to."""
    for each in body:
        yield each
        if enter(each):
            for region in each.regions:
                yield from walk(region.body, enter)
