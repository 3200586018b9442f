"""Modules with one differentiation operation: every assignment of activities, right and wrong counts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["ACTIVITIES", "OFF_BY_ONE", "RIGHT", "TYPES", "Case", "TypeCase", "assignments", "typed"]

ACTIVITIES = (
    *("enzyme_active", "enzyme_dup", "enzyme_const"),
    *("enzyme_dupnoneed", "enzyme_activenoneed", "enzyme_constnoneed"),
)
_WITH_SHADOW = ("enzyme_dup", "enzyme_dupnoneed")
_ACTIVE = ("enzyme_active", "enzyme_activenoneed")
_FORWARD_RESULTS = {"enzyme_dup": 2, "enzyme_dupnoneed": 1, "enzyme_const": 1}


@dataclass(frozen=True, slots=True)
class Case:
    """One operation: its activities, and by how many operands and results it is off."""

    operation: str
    type: str
    activity: tuple[str, ...]
    ret_activity: tuple[str, ...]
    operands: int
    results: int
    more_operands: int = 0
    more_results: int = 0

    @property
    def is_right(self) -> bool:
        """Whether the counts are those that follow from the activities."""
        return not self.more_operands and not self.more_results

    def text(self) -> str:
        """The module: a function that multiplies its arguments, and a caller with the operation."""
        kind, count = self.type, len(self.activity)
        arguments = ", ".join(f"%a{i}: {kind}" for i in range(count))
        literal = "1.0" if kind == "f64" else "dense<1.0>"
        body = [f"%p0 = arith.constant {literal} : {kind}"]
        body += [f"%p{i + 1} = arith.mulf %p{i}, %a{i} : {kind}" for i in range(count)]
        body += [f"%r{i} = arith.mulf %p{count}, %p{count} : {kind}" for i in range(len(self.ret_activity))]
        returned = ", ".join(f"%r{i}" for i in range(len(self.ret_activity)))
        given, made = [kind] * self.operands, [kind] * self.results
        bound = f"%o:{self.results} = " if self.results else ""
        taken = ", ".join(f"%x{i}" for i in range(self.operands))
        outputs = ", ".join(f"%o#{i}" for i in range(self.results))
        return "\n".join(
            [
                f"func.func @f({arguments}) -> ({_list([kind] * len(self.ret_activity))}) {{",
                *body,
                _returns(returned, [kind] * len(self.ret_activity)),
                "}",
                f"func.func @main({', '.join(f'%x{i}: {kind}' for i in range(self.operands))}) -> ({_list(made)}) {{",
                f'{bound}"enzyme.{self.operation}"({taken}) {{fn = @f, activity = {_array(self.activity)}, '
                f"ret_activity = {_array(self.ret_activity)}}} : ({_list(given)}) -> ({_list(made)})",
                _returns(outputs, made),
                "}",
            ]
        )


def _list(types: Sequence[str]) -> str:
    return ", ".join(types)


def _array(cases: Sequence[str]) -> str:
    return "[" + ", ".join(f"#enzyme.activity<{case}>" for case in cases) + "]"


def _returns(values: str, types: Sequence[str]) -> str:
    return f"return {values} : {_list(types)}" if types else "return"


def _counts(operation: str, activity: Sequence[str], ret_activity: Sequence[str]) -> tuple[int, int]:
    """How many operands and results follow from the activities; an activity that a mode lacks adds none."""
    operands = len(activity) + sum(case in _WITH_SHADOW for case in activity)
    if operation == "fwddiff":
        return operands, sum(_FORWARD_RESULTS.get(case, 0) for case in ret_activity)
    operands += sum(case in _ACTIVE for case in ret_activity)
    results = sum(not case.endswith("noneed") for case in ret_activity)
    return operands, results + sum(case in _ACTIVE for case in activity)


RIGHT = ((0, 0),)
OFF_BY_ONE = (*RIGHT, (1, 0), (-1, 0), (0, 1), (0, -1))


def assignments(operation: str, kind: str, total: int, off: Sequence[tuple[int, int]] = OFF_BY_ONE) -> Iterator[Case]:
    """Every assignment to at most `total` arguments and results, with right counts and with each count off by one."""
    for arguments in range(total + 1):
        for results in range(total + 1 - arguments):
            for activity in itertools.product(ACTIVITIES, repeat=arguments):
                for ret_activity in itertools.product(ACTIVITIES, repeat=results):
                    operands, values = _counts(operation, activity, ret_activity)
                    for more in off:
                        if operands + more[0] >= 0 and values + more[1] >= 0:
                            yield Case(
                                operation,
                                kind,
                                activity,
                                ret_activity,
                                operands + more[0],
                                values + more[1],
                                *more,
                            )


TYPES = (
    *("f64", "f32", "bf16", "i64", "i1", "index", "complex<f64>"),
    *("tensor<2xf64>", "tensor<?xf64>", "tensor<*xf64>", "tensor<2xi64>", "tensor<2xcomplex<f64>>"),
    *("memref<2xf64>", "memref<*xf64>", "!llvm.ptr", "vector<2xf64>", "none", "tuple<f64>"),
)
_MEMORY = ("memref<2xf64>", "!llvm.ptr")
_WITHOUT = ("memref<*xf64>", "vector<2xf64>", "none", "tuple<f64>")
"""Types whose values are constants, whatever an activity says."""


@dataclass(frozen=True, slots=True)
class TypeCase:
    """One activity on an argument or a result of a type, in a function that does nothing with it."""

    operation: str
    side: str
    type: str
    activity: str

    @property
    def is_active_memory(self) -> bool:
        """Whether memory is `enzyme_active` as an argument, which Enzyme takes where the function does not touch it."""
        return self.side == "argument" and self.type in _MEMORY and self.activity in _ACTIVE

    def text(self) -> str:
        """The module."""
        reverse = self.operation == "autodiff"
        if self.side == "argument":
            other = "enzyme_active" if reverse else "enzyme_dup"
            activity = (self.activity, other)
            ret_activity = ("enzyme_activenoneed" if reverse else "enzyme_dupnoneed",)
            types, results = (self.type, "f64"), ("f64",)
            body = "%0 = arith.mulf %a1, %a1 : f64 return %0 : f64"
        else:
            memory = "enzyme_dup" if self.type in _MEMORY else "enzyme_active" if reverse else "enzyme_dup"
            activity = ("enzyme_const" if self.type in _WITHOUT else memory,)
            ret_activity, types, results = (self.activity,), (self.type,), (self.type,)
            body = f"return %a0 : {self.type}"
        given, made = _flow(reverse, types, results, activity, ret_activity)
        taken = ", ".join(f"%a{i}: {t}" for i, t in enumerate(types))
        bound = f"%o:{len(made)} = " if made else ""
        return "\n".join(
            [
                f"func.func @f({taken}) -> ({_list(results)}) {{ {body} }}",
                f"func.func @main({', '.join(f'%x{i}: {t}' for i, t in enumerate(given))}) -> ({_list(made)}) {{",
                f'{bound}"enzyme.{self.operation}"({", ".join(f"%x{i}" for i in range(len(given)))}) {{fn = @f, '
                f"activity = {_array(activity)}, ret_activity = {_array(ret_activity)}}} : ({_list(given)}) -> "
                f"({_list(made)})",
                _returns(", ".join(f"%o#{i}" for i in range(len(made))), made),
                "}",
            ]
        )


def _flow(
    reverse: bool,
    types: Sequence[str],
    results: Sequence[str],
    activity: Sequence[str],
    ret_activity: Sequence[str],
) -> tuple[list[str], list[str]]:
    """The types of the operands and of the results that follow."""
    given: list[str] = []
    made: list[str] = []
    for kind, case in zip(types, activity, strict=True):
        given += [kind] * (1 + (case in _WITH_SHADOW))
    for kind, case in zip(results, ret_activity, strict=True):
        if reverse:
            given += [kind] * (case in _ACTIVE)
            made += [kind] * (not case.endswith("noneed"))
        else:
            made += [kind] * _FORWARD_RESULTS.get(case, 0)
    if reverse:
        made += [kind for kind, case in zip(types, activity, strict=True) if case in _ACTIVE]
    return given, made


def typed() -> Iterator[TypeCase]:
    """Every activity on an argument and on a result of every type, in both modes."""
    for operation, side in itertools.product(("autodiff", "fwddiff"), ("argument", "result")):
        for kind, activity in itertools.product(TYPES, ACTIVITIES):
            yield TypeCase(operation, side, kind, activity)
