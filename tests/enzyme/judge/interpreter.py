"""Programs run on jets: what they compute, and how their inputs change it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import numpy as np

from . import arrays
from .jets import Jet, constant
from .scalars import BINARY, COMPARISONS, INTEGER, INTEGER_COMPARISONS, STEPS, UNARY, Unfit, compute
from .syntax import Function, Op, Program, Region, Shaped, Type, Value, is_float

__all__ = ["ELEMENTWISE", "Interpreter"]

Array = np.ndarray[Any, Any]
STEP_LIMIT = 6000
LARGE = 1e6
ELEMENTWISE = frozenset({*UNARY, *BINARY, *STEPS, "math.absf", "math.fma", "math.clampf"})
"""Operations of floats, or of tensors of them."""
COMPLEX = tuple(f"complex.{name}" for name in "create re im add sub mul div neg exp".split())
COMBINE = {"addf": "arith.addf", "mulf": "arith.mulf", "maximumf": "arith.maximumf"}
"""What a reduction does with two values."""
NEUTRAL = {"addf": 0.0, "mulf": 1.0, "maximumf": -math.inf}
"""What `affine.parallel` starts with."""

Scope = dict[str, Any]


class Interpreter:
    """Runs a program. Floats are jets, other scalars numbers of Python, memrefs and tensors arrays of such objects."""

    def __init__(self, program: Program) -> None:
        self.functions = {function.name: function for function in program.functions}
        self.globals = {each.name: _global(each.type, each.values) for each in program.globals}
        self.margin = math.inf
        """How near the run came to a kink."""
        self.trips: set[int] = set()
        """The numbers of times that loops went round."""
        self._steps = 0

    def call(self, function: Function, arguments: Sequence[Any]) -> list[Any]:
        """What a function returns; memory among the arguments is changed.

        Raises:
            Unfit: A number is not defined, or huge, or it takes too long.
        """
        scope = dict(zip((each.name for each in function.block.arguments), arguments, strict=True))
        return self._run(function.block, scope)

    def _run(self, region: Region, scope: Scope) -> list[Any]:
        for each in region.body:
            self._steps += 1
            if self._steps > STEP_LIMIT:
                raise Unfit("too many steps")
            self._execute(each, scope)
        return [scope[each.name] for each in region.yields]

    def enter(self, region: Region, scope: Scope, arguments: Sequence[Any]) -> list[Any]:
        inner = dict(scope)
        inner.update(zip((each.name for each in region.arguments), arguments, strict=True))
        return self._run(region, inner)

    def _execute(self, each: Op, scope: Scope) -> None:
        given = [scope[operand.name] for operand in each.operands]
        if each.kind in ELEMENTWISE:
            values = [self._elementwise(each.kind, given)]
        else:
            values = HANDLERS[each.kind](self, each, given, scope)
        for result, value in zip(each.results, values, strict=True):
            scope[result.name] = value

    def _elementwise(self, kind: str, given: list[Any]) -> Any:
        if isinstance(given[0], np.ndarray):
            return _map(lambda *numbers: self.number(kind, list(numbers)), given)
        return self.number(kind, given)

    def number(self, kind: str, given: list[Jet]) -> Jet:
        """One operation on floats."""
        result = compute(kind, given, self.note)
        if not abs(result.value) < LARGE:
            raise Unfit(f"{kind} gives {result.value}")
        return result

    def note(self, difference: Jet) -> None:
        """The program has a kink where this number changes its sign."""
        if not difference.is_constant:
            self.margin = min(self.margin, abs(difference.value))

    # Scalars

    def _constant(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        (result,) = each.results
        return [_literal(result.type, each.get("value"))]

    def _compare_floats(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        def one(a: Jet, b: Jet) -> bool:
            self.note(a - b)
            return COMPARISONS[each.get("predicate")](a.value, b.value)

        return [_map(one, given) if isinstance(given[0], np.ndarray) else one(given[0], given[1])]

    def _compare_integers(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        return [INTEGER_COMPARISONS[each.get("predicate")](given[0], given[1])]

    def _select(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        which, yes, no = given
        if isinstance(which, np.ndarray):
            return [_map(lambda p, a, b: a if p else b, given)]
        return [yes if which else no]

    def _integer(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        if each.kind in ("arith.remsi", "arith.divsi") and given[1] == 0:
            raise Unfit("division by zero")
        return [INTEGER[each.kind](int(given[0]), int(given[1]))]

    def _same(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        return [given[0]]

    def _to_float(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        return [constant(float(given[0]))]

    def _to_integer(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        return [int(self.number("math.trunc", given).value)]

    def _integer_power(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        base, times = given
        result = constant(1.0)
        for _ in range(abs(times)):
            result = result * base
        return [constant(1.0) / result if times < 0 else result]

    def _sincos(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        return [self.number("math.sin", given), self.number("math.cos", given)]

    # Complex numbers are pairs

    def _complex(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        def of(kind: str, *numbers: Jet) -> Jet:
            return self.number(kind, list(numbers))

        match each.kind:
            case "complex.create":
                return [(given[0], given[1])]
            case "complex.re" | "complex.im":
                return [given[0][each.kind == "complex.im"]]
            case "complex.neg":
                return [(-given[0][0], -given[0][1])]
            case "complex.exp":
                size, (_, angle) = of("math.exp", given[0][0]), given[0]
                return [(size * of("math.cos", angle), size * of("math.sin", angle))]
        (a, b), (c, d) = given
        match each.kind:
            case "complex.add":
                return [(a + c, b + d)]
            case "complex.sub":
                return [(a - c, b - d)]
            case "complex.mul":
                return [(a * c - b * d, a * d + b * c)]
        size = c * c + d * d
        return [(of("arith.divf", a * c + b * d, size), of("arith.divf", b * c - a * d, size))]

    # Control flow

    def _for(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        (region,) = each.regions
        lower, upper, step, values = self._bounds(each, given)
        trips = range(lower, upper, step)
        self.trips.add(len(trips))
        for position in trips:
            values = self.enter(region, scope, [position, *values])
        return values

    def _bounds(self, each: Op, given: list[Any]) -> tuple[int, int, int, list[Any]]:
        """Lower and upper bound, step, and start values, of `scf.for` or `affine.for`."""
        if each.kind == "scf.for":
            return given[0], given[1], given[2], given[3:]
        rest = list(given)
        lower = rest.pop(0) if each.get("lower") is None else each.get("lower")
        upper = rest.pop(0) if each.get("upper") is None else each.get("upper")
        return lower, upper, each.get("step"), rest

    def _while(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        before, after = each.regions
        values = given
        trips = 0
        while True:
            goes_on, *values = self.enter(before, scope, values)
            if not goes_on:
                self.trips.add(trips)
                return values
            trips += 1
            values = self.enter(after, scope, values)

    def _if(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        return self.enter(each.regions[0 if given[0] else 1], scope, [])

    def _affine_if(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        factor, offset, is_equality = each.get("condition")
        found = factor * given[0] + offset
        return self.enter(each.regions[0 if (found == 0 if is_equality else found >= 0) else 1], scope, [])

    def _parallel(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        (region,) = each.regions
        kinds = each.get("reductions", ())
        if each.kind == "scf.parallel":
            rank = each.get("rank")
            axes = [range(given[d], given[rank + d], given[2 * rank + d]) for d in range(rank)]
            values = given[3 * rank :]
        else:
            axes = [range(*axis) for axis in each.get("axes")]
            values = [constant(NEUTRAL[kind]) for kind in kinds]
        for point in product(*axes):
            found = self.enter(region, scope, point)
            values = [self.number(COMBINE[kind], [a, b]) for kind, a, b in zip(kinds, values, found, strict=True)]
        return values

    def _call(self, each: Op, given: list[Any], scope: Scope) -> list[Any]:
        return self.call(self.functions[each.get("callee")], given)


Handler = Callable[[Interpreter, Op, list[Any], Scope], list[Any]]
I = Interpreter  # noqa: E741 - the table below is easier to read
HANDLERS: dict[str, Handler] = {
    **arrays.HANDLERS,
    "constant": I._constant,
    "arith.cmpf": I._compare_floats,
    "arith.cmpi": I._compare_integers,
    "arith.select": I._select,
    "arith.index_cast": I._same,
    "arith.extf": I._same,
    "arith.truncf": I._same,
    "arith.sitofp": I._to_float,
    "arith.fptosi": I._to_integer,
    **dict.fromkeys(INTEGER, I._integer),
    "math.fpowi": I._integer_power,
    "math.sincos": I._sincos,
    **dict.fromkeys(COMPLEX, I._complex),
    "scf.for": I._for,
    "affine.for": I._for,
    "scf.while": I._while,
    "scf.if": I._if,
    "affine.if": I._affine_if,
    "scf.parallel": I._parallel,
    "affine.parallel": I._parallel,
    "func.call": I._call,
}


def _literal(type_: Type, value: Any) -> Any:
    if isinstance(type_, Shaped):
        fresh = np.empty(len(value), object)
        fresh[:] = [_literal(type_.element, each) for each in value]
        return fresh.reshape(arrays.shape_of(Value("", type_)))
    return constant(value) if is_float(type_) else value


def _global(type_: Shaped, values: tuple[float, ...] | None) -> Array:
    if values is None:
        return np.full(arrays.shape_of(Value("", type_)), None, object)
    literal: Array = _literal(type_, values)
    return literal


def _map(function: Callable[..., Any], arrays: list[Array]) -> Array:
    fresh = np.empty(arrays[0].shape, object)
    for place in np.ndindex(fresh.shape):
        fresh[place] = function(*(array[place] for array in arrays))
    return fresh
