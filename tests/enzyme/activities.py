"""Modules with one differentiation operation: every assignment of activities, right and wrong counts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["ACTIVITIES", "Case", "assignments"]

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


def assignments(operation: str, kind: str, total: int) -> Iterator[Case]:
    """Every assignment to at most `total` arguments and results, with right counts and with each count off by one."""
    for arguments in range(total + 1):
        for results in range(total + 1 - arguments):
            for activity in itertools.product(ACTIVITIES, repeat=arguments):
                for ret_activity in itertools.product(ACTIVITIES, repeat=results):
                    operands, values = _counts(operation, activity, ret_activity)
                    for more in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1)):
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
