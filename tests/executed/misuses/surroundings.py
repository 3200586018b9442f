"""The names that the cases use: what to build with, right calls that are made wrong, and wrong things to give them."""

from __future__ import annotations

import contextlib
import math
import threading
from collections.abc import Callable
from typing import Any

import numpy as np

from enzyme_mlir import ir, new_context, verify
from enzyme_mlir.dialects import enzyme, enzymexla, impulse, tessera
from enzyme_mlir.testing import operation_of, printed
from tests.executed import building

TYPES = (
    *("f64", "f64", "memref<4xf64>", "index", "!enzyme.Cache<f64>", "tensor<4xf64>"),
    *("tensor<i1>", "tensor<i64>"),
)

IMPORTED = {
    each.__name__.rpartition(".")[2]: each
    for each in (enzyme, enzymexla, impulse, ir, math, new_context, operation_of, printed, tessera, verify)
}


class Broken:
    """Of no kind at all: it cannot even be shown."""

    def __repr__(self) -> str:
        """Fails."""
        raise RuntimeError("no repr")

    def __iter__(self) -> Any:
        """Fails."""
        raise ZeroDivisionError("no items")


def names_for(given: tuple[Any, ...]) -> dict[str, Any]:
    """The names of one case; `given` is what `sample` gives for `TYPES`."""
    surroundings = Surroundings(given)
    own = {name: getattr(surroundings, name) for name in dir(surroundings) if not name.startswith("_")}
    return {**IMPORTED, "np": np, "Broken": Broken, **own}


class Surroundings:
    """A function to build in, its arguments, and things that are wrong to build with."""

    def __init__(self, given: tuple[Any, ...]) -> None:
        self.module, self.x, self.seed, self.memref, self.index, self.cache, self.tensor, self.truth, self.count = given
        self.f64 = self.x.type
        self._other = new_context()

    def autodiff(self, **changes: Any) -> Any:
        """A right `enzyme.autodiff`, but for the changes."""
        return building.autodiff(self.x, self.seed, **changes)

    def atomic_rmw(self, **changes: Any) -> Any:
        """A right `enzyme.atomic_rmw`, but for the changes."""
        return building.atomic_rmw(self.x, self.memref, self.index, **changes)

    def autodiff_region(self, body: Any, **changes: Any) -> Any:
        """A right `enzyme.autodiff_region` with this body, but for the changes."""
        arguments: dict[str, Any] = {
            "inputs": [self.x, self.seed],
            "activity": ["active"],
            "ret_activity": ["activenoneed"],
            "results": self.f64,
            "body": body,
        }
        return enzyme.autodiff_region(**(arguments | changes))

    def loop(self, **changes: Any) -> Any:
        """A right `impulse.for`, but for the changes."""
        arguments: dict[str, Any] = {
            "results_types": [self.f64],
            "lower_bound": self.count,
            "upper_bound": self.count,
            "step": self.count,
            "init_args": [self.x],
            "region": lambda i, x: x,
            "region_arguments": [self.count.type, self.f64],
        }
        return impulse.for_(**(arguments | changes))

    def jit_call(self, **changes: Any) -> Any:
        """A right `enzymexla.jit_call`, but for the changes."""
        return enzymexla.jit_call(**({"result_types": self.f64, "fn": "square", "inputs": [self.x]} | changes))

    def infer(self, selection: Any) -> Any:
        """An `impulse.infer` with this list of lists."""
        return impulse.infer(*[self.tensor.type] * 8, [self.x], selection, [])

    def made(self) -> Any:
        """A value that an operation gives."""
        return enzyme.ignore_derivatives(self.x)

    def made_autodiff(self) -> Any:
        """A right `enzyme.autodiff` as an object of its class."""
        return operation_of(self.autodiff()).opview

    def function(self) -> Any:
        """The function `@square`."""
        return self.module.body.operations[0]

    @staticmethod
    def here() -> Any:
        """The block that is built in."""
        return ir.InsertionPoint.current.block

    def erased_value(self) -> Any:
        """A value whose operation is gone."""
        made = self.made()
        made.owner.erase()
        return made

    def erased_autodiff(self) -> Any:
        """An `enzyme.autodiff` that is gone."""
        view = self.made_autodiff()
        view.erase()
        return view

    def erased_function(self) -> Any:
        """The function `@square`, which is gone."""
        function = self.function()
        function.erase()
        return function

    def erased_place(self) -> Any:
        """An insertion point in the region of an operation that is gone."""
        outer = ir.Operation.create("t.outer", regions=1)
        place = ir.InsertionPoint(outer.regions[0].blocks.append())
        outer.erase()
        return place

    def kept_from_failure(self) -> Any:
        """A value from the body of an operation that was taken back, and the argument of that body."""
        kept: list[Any] = []

        def body(x: Any) -> Any:
            kept.extend([enzyme.ignore_derivatives(x), x])
            self.fail()

        with contextlib.suppress(ZeroDivisionError):
            self.autodiff_region(body)
        return kept

    @staticmethod
    def fail(error: type[BaseException] = ZeroDivisionError) -> Any:
        """What a program of the user's may do anywhere."""
        raise error("stop")

    def foreign(self, make: Callable[[], Any]) -> Any:
        """What is made in another context, which lives on."""
        with self._other, ir.Location.unknown():
            return make()

    def foreign_attribute(self, text: str = "1 : i64") -> Any:
        """An attribute of another context."""
        return self.foreign(lambda: ir.Attribute.parse(text))

    def foreign_type(self, text: str = "f64") -> Any:
        """A type of another context."""
        return self.foreign(lambda: ir.Type.parse(text))

    def foreign_module(self) -> Any:
        """A module of another context, with the function `@square`."""
        self._kept = self.foreign(lambda: ir.Module.parse(building.SQUARE))
        return self._kept

    def foreign_value(self) -> Any:
        """A value of type `f64` of another context."""
        return self.foreign_module().body.operations[0].regions[0].blocks[0].arguments[0]

    @staticmethod
    def elsewhere(work: Callable[[], Any]) -> Any:
        """What happens in a thread that has entered nothing."""
        ends: list[BaseException] = []

        def run() -> None:
            try:
                work()
            except BaseException as error:
                ends.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        for error in ends:
            raise error

    @staticmethod
    def nowhere(work: Callable[[], Any]) -> Any:
        """What happens without any insertion point."""
        with new_context(), ir.Location.unknown():
            return work()

    def registered_only(self, work: Callable[[], Any]) -> Any:
        """What happens where the context takes registered operations only."""
        context = self.f64.context
        context.allow_unregistered_dialects = False
        try:
            return work()
        finally:
            context.allow_unregistered_dialects = True

    @staticmethod
    def look_at(text: str) -> None:
        """Verify, read and print an operation that was parsed, whatever it is made of."""
        module = ir.Module.parse(text)
        view: Any = module.body.operations[0]
        verify(view)
        for name in dir(type(view)):
            with contextlib.suppress(AttributeError, IndexError, KeyError, TypeError, ValueError):
                getattr(view, name)
        str(view)

    @staticmethod
    def nested(depth: int = 0) -> list[Any]:
        """Lists in lists, so deep; without an end for a depth of 0."""
        found: list[Any] = []
        if not depth:
            found.append(found)
        for _ in range(depth):
            found = [found]
        return found
