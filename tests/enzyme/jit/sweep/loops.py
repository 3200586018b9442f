"""Random programs of loops and branches that carry tensors: swaps, copies, updates in place, fresh ones, all mixed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import numpy as np

from .program import Program

__all__ = ["random_loops"]

T = "tensor<3xf64>"
Values = dict[str, Any]


@dataclass(slots=True)
class Writer:
    """Writes a program and computes it: each statement is text, and a step on the values so far."""

    random: random.Random
    names: int = 0
    size: int = 0
    limit: int = 25

    def name(self) -> str:
        self.names += 1
        return f"%v{self.names}"

    def block(self, tensors: list[str], index: str, depth: int) -> tuple[str, list[Any], list[str]]:
        """Some statements; their text, their steps, and the tensors that are known after them."""
        known, lines, steps = list(tensors), [], []
        for _ in range(self.random.randint(1, 4)):
            text, step, made = self.statement(known, index, depth)
            lines.append(text)
            steps.append(step)
            known += made
        return "\n".join(lines), steps, known

    def statement(self, known: list[str], index: str, depth: int) -> tuple[str, Any, list[str]]:
        self.size += 1
        pick = self.random.choice
        kinds = ["insert", "insert", "add", "splat", "extract", "slice", "call", "twice", "constant", "select", "cast"]
        if depth < 3 and self.size < self.limit:
            kinds += ["for", "for", "for", "if", "if", "while"]
        kind = pick(kinds)
        a, b, new = pick(known), pick(known), self.name()
        if kind == "insert":
            at = self.random.randint(0, 2)
            number = float(self.random.randint(1, 9))
            k, x = self.name(), self.name()
            text = (
                f"{k} = arith.constant {at} : index {x} = arith.constant {number} : f64 "
                f"{new} = tensor.insert {x} into {a}[{k}] : {T}"
            )

            def insert(v: Values) -> None:
                v[new] = v[a].copy()
                v[new][at] = number

            return text, insert, [new]
        if kind == "add":
            return f"{new} = arith.addf {a}, {b} : {T}", lambda v: v.update({new: v[a] + v[b]}), [new]
        if kind == "splat":
            k, x = self.name(), self.name()
            text = (
                f"{k} = arith.index_cast {index} : index to i64 {x} = arith.sitofp {k} : i64 to f64 {new} "
                f"= tensor.splat {x} : {T}"
            )
            return text, lambda v: v.update({new: np.full(3, float(v[index]))}), [new]
        if kind == "extract":
            k, x, n = self.name(), self.name(), self.name()
            at, to = self.random.randint(0, 2), self.random.randint(0, 2)
            text = (
                f"{k} = arith.constant {at} : index {x} = tensor.extract {a}[{k}] : {T} "
                f"{n} = arith.constant {to} : index {new} = tensor.insert {x} into {b}[{n}] : {T}"
            )

            def move(v: Values) -> None:
                v[new] = v[b].copy()
                v[new][to] = v[a][at]

            return text, move, [new]
        if kind == "slice":
            s = self.name()
            at, to = self.random.randint(0, 1), self.random.randint(0, 1)
            two = "tensor<2xf64>"
            text = (
                f"{s} = tensor.extract_slice {a}[{at}] [2] [1] : {T} to {two} "
                f"{new} = tensor.insert_slice {s} into {b}[{to}] [2] [1] : {two} into {T}"
            )

            def slice_(v: Values) -> None:
                v[new] = v[b].copy()
                v[new][to : to + 2] = v[a][at : at + 2]

            return text, slice_, [new]
        if kind == "twice":
            which = pick(("fresh", "given"))

            def twice(v: Values) -> None:
                v[f"{new}#0"] = v[f"{new}#1"] = v[a] + v[a] if which == "fresh" else v[a]

            return f"{new}:2 = func.call @{which}({a}) : ({T}) -> ({T}, {T})", twice, [f"{new}#0", f"{new}#1"]
        if kind == "constant":
            return (
                f"{new} = arith.constant dense<[7., 8., 9.]> : {T}",
                lambda v: v.update({new: np.array([7.0, 8.0, 9.0])}),
                [new],
            )
        if kind == "select":
            k, t = self.name(), self.name()
            at = self.random.randint(0, 2)
            text = (
                f"{k} = arith.constant {at} : index {t} = arith.cmpi sle, {index}, {k} : index {new} = "
                f"arith.select {t}, {a}, {b} : {T}"
            )
            return text, lambda v: v.update({new: v[a] if v[index] <= at else v[b]}), [new]
        if kind == "cast":
            s = self.name()
            open_ = "tensor<?xf64>"
            return (
                f"{s} = tensor.cast {a} : {T} to {open_} {new} = tensor.cast {s} : {open_} to {T}",
                lambda v: v.update({new: v[a]}),
                [new],
            )
        if kind == "call":
            text = f"{new}:2 = func.call @both({a}, {b}) : ({T}, {T}) -> ({T}, {T})"

            def call(v: Values) -> None:
                changed = v[a].copy()
                changed[1] = 4.5
                v[f"{new}#0"], v[f"{new}#1"] = v[b], changed

            return text, call, [f"{new}#0", f"{new}#1"]
        return getattr(self, f"_{kind}")(known, index, depth, new)

    def _results(self, new: str, count: int) -> list[str]:
        return [new] if count == 1 else [f"{new}#{i}" for i in range(count)]

    def _for(self, known: list[str], index: str, depth: int, new: str) -> tuple[str, Any, list[str]]:
        count, turns = self.random.randint(1, 3), self.random.randint(0, 4)
        inits = [self.random.choice(known) for _ in range(count)]
        carried, i = [self.name() for _ in range(count)], self.name()
        body, steps, after = self.block(known + carried, i, depth + 1)
        gives = [self.random.choice(after[-4:]) for _ in range(count)]
        types = ", ".join([T] * count)
        head = f"{new}:{count}" if count > 1 else new
        n = self.name()
        pairs = ", ".join(f"{c} = {x}" for c, x in zip(carried, inits, strict=True))
        text = (
            f"{n} = arith.constant {turns} : index\n{head} = scf.for {i} = %c0 to {n} step %c1 "
            f"iter_args({pairs}) -> ({types}) {{\n"
            f"{body}\nscf.yield {', '.join(gives)} : {types}\n}}"
        )
        results = self._results(new, count)

        def run(v: Values) -> None:
            current = [v[x] for x in inits]
            for turn in range(turns):
                inner = {**v, i: turn, **dict(zip(carried, current, strict=True))}
                for step in steps:
                    step(inner)
                current = [inner[g] for g in gives]
            v.update(zip(results, current, strict=True))

        return text, run, results

    def _while(self, known: list[str], index: str, depth: int, new: str) -> tuple[str, Any, list[str]]:
        count, turns = self.random.randint(1, 2), self.random.randint(0, 3)
        inits = [self.random.choice(known) for _ in range(count)]
        before, carried = [self.name() for _ in range(count)], [self.name() for _ in range(count)]
        i, j, k, t, n = (self.name() for _ in range(5))
        passed = [self.random.choice(before + inits) for _ in range(count)]
        body, steps, after = self.block(known + carried, j, depth + 1)
        gives = [self.random.choice(after[-4:]) for _ in range(count)]
        types = ", ".join([T] * count)
        pairs = ", ".join(f"{c} = {x}" for c, x in zip(before, inits, strict=True))
        text = (
            f"{n} = arith.constant {turns} : index\n{new}:{count + 1} = scf.while ({pairs}, {i} = %c0) : "
            f"({types}, index) -> ({types}, index) {{\n"
            f"{t} = arith.cmpi slt, {i}, {n} : index scf.condition({t}) {', '.join(passed)}, {i} : {types}, "
            f"index\n}} do {{\n"
            f"^bb0({', '.join(f'{c}: {T}' for c in carried)}, {j}: index):\n{body}\n"
            f"{k} = arith.addi {j}, %c1 : index scf.yield {', '.join(gives)}, {k} : {types}, index\n}}"
        )
        results = [f"{new}#{p}" for p in range(count)]

        def run(v: Values) -> None:
            current, turn = [v[x] for x in inits], 0
            while True:
                held = {**v, **dict(zip(before, current, strict=True))}
                handed = [held[p] for p in passed]
                if turn >= turns:
                    break
                inner = {**v, j: turn, **dict(zip(carried, handed, strict=True))}
                for step in steps:
                    step(inner)
                current, turn = [inner[g] for g in gives], turn + 1
            v.update(zip(results, handed, strict=True))

        return text, run, results

    def _if(self, known: list[str], index: str, depth: int, new: str) -> tuple[str, Any, list[str]]:
        count, at = self.random.randint(1, 2), self.random.randint(0, 2)
        then, then_steps, then_known = self.block(known, index, depth + 1)
        other, other_steps, other_known = self.block(known, index, depth + 1)
        yes = [self.random.choice(then_known[-3:]) for _ in range(count)]
        no = [self.random.choice(other_known[-3:]) for _ in range(count)]
        types, t, k = ", ".join([T] * count), self.name(), self.name()
        head = f"{new}:{count}" if count > 1 else new
        text = (
            f"{k} = arith.constant {at} : index {t} = arith.cmpi sle, {index}, {k} : index\n{head} = scf.if "
            f"{t} -> ({types}) {{\n{then}\n"
            f"scf.yield {', '.join(yes)} : {types}\n}} else {{\n{other}\nscf.yield {', '.join(no)} : {types}\n}}"
        )
        results = self._results(new, count)

        def run(v: Values) -> None:
            inner = dict(v)
            taken = v[index] <= at
            for step in then_steps if taken else other_steps:
                step(inner)
            v.update(zip(results, [inner[g] for g in (yes if taken else no)], strict=True))

        return text, run, results


def random_loops(seed: int) -> Program:
    """A program, the same one for the same seed."""
    writer = Writer(random.Random(seed))
    body, steps, known = writer.block(["%x", "%y", "%z"], "%n", 0)
    given: Values = {"%x": np.array([1.0, 2.0, 3.0]), "%y": np.array([4.0, 5.0, 6.0]), "%z": np.zeros(3), "%n": 1}
    held = {name: value.copy() if isinstance(value, np.ndarray) else value for name, value in given.items()}
    for step in steps:
        step(held)
    gives = [writer.random.choice(known) for _ in range(3)] + known[-1:]
    types = ", ".join([T] * len(gives))
    text = f"""func.func private @fresh(%x: {T}) -> ({T}, {T}) {{
%f = arith.addf %x, %x : {T} return %f, %f : {T}, {T} }}
func.func private @given(%x: {T}) -> ({T}, {T}) {{ return %x, %x : {T}, {T} }}
func.func private @both(%x: {T}, %y: {T}) -> ({T}, {T}) {{
%c1 = arith.constant 1 : index %k = arith.constant 4.5 : f64 %u = tensor.insert %k into %x[%c1] : {T}
return %y, %u : {T}, {T} }}
func.func @main(%x: {T}, %y: {T}, %z: {T}, %n: index) -> ({types}) {{
%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index
{body}
return {", ".join(gives)} : {types} }}"""
    return Program(f"random {seed}", "f64", text, tuple(given.values()), tuple(held[g] for g in gives), is_alone=True)
