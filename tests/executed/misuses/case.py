"""What a case of misuse is, and what it is made with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from enzyme_mlir import ir, new_context
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import operation_of, sample
from tests.executed import building

TYPES = (
    "f64",
    "f64",
    "memref<4xf64>",
    "index",
    "!enzyme.Cache<f64>",
    "!enzyme.Gradient<f64>",
    "tensor<4xf64>",
    "tensor<i1>",
    "tensor<i64>",
)

UNSURE = (TypeError, ValueError)
"""For what one host calls a wrong kind and another a wrong value."""

Errors: TypeAlias = "type[Exception] | tuple[type[Exception], ...] | None"


class Surroundings:
    """A function to build in, its arguments, and things that are wrong to build with."""

    def __init__(self, given: tuple[Any, ...]) -> None:
        """`given` is what `sample` gives for `TYPES`."""
        self.module, self.x, self.seed, self.memref, self.index = given[:5]
        self.cache, self.gradient, self.tensor, self.truth, self.count = given[5:]
        self.f64 = self.x.type
        self._other = new_context()

    def autodiff(self, **changes: Any) -> Any:
        """A right `enzyme.autodiff`, but for the changes."""
        return building.autodiff(self.x, self.seed, **changes)

    def atomic_rmw(self, **changes: Any) -> Any:
        """A right `enzyme.atomic_rmw`, but for the changes."""
        return building.atomic_rmw(self.x, self.memref, self.index, **changes)

    def region(self, body: Any, **changes: Any) -> Any:
        """A right `enzyme.autodiff_region` with this body, but for the changes."""
        arguments: dict[str, Any] = {
            "inputs": [self.x, self.seed],
            "activity": ["active"],
            "ret_activity": ["activenoneed"],
            "results": self.f64,
            "body": body,
        }
        return enzyme.autodiff_region(**(arguments | changes))

    def view(self, **changes: Any) -> Any:
        """A right `enzyme.autodiff` as an object of its class."""
        return operation_of(self.autodiff(**changes)).opview

    def function(self) -> Any:
        """The function `@square`."""
        return self.module.body.operations[0]

    def made(self) -> Any:
        """A value that an operation gives."""
        return enzyme.ignore_derivatives(self.x)

    def erased(self) -> Any:
        """A value whose operation is gone."""
        made = self.made()
        made.owner.erase()
        return made

    def erased_view(self) -> Any:
        """An `enzyme.autodiff` that is gone."""
        view = self.view()
        view.erase()
        return view

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
        return self.foreign(lambda: ir.Module.parse(building.SQUARE))

    def foreign_value(self) -> Any:
        """A value of type `f64` of another context."""
        self._kept = self.foreign_module()
        return self._kept.body.operations[0].regions[0].blocks[0].arguments[0]

    def foreign_place(self) -> Any:
        """An insertion point of another context."""
        self._kept = self.foreign_module()
        return ir.InsertionPoint(self._kept.body)


class Misuse(NamedTuple):
    """A wrong use, and how it ends.

    `says` stands in the message; `error` is None where the use is taken after all. `gone` says that a result of an
    erased operation is used, which not every host can be asked about.
    """

    what: str
    error: Errors
    says: str
    make: Callable[[Surroundings], Any]
    gone: bool = False


def outcome(case: Misuse) -> str:
    """What is wrong with how a case ends in this process; empty where it ends as stated."""
    with sample(*TYPES, setup=building.SQUARE) as given:
        try:
            case.make(Surroundings(given))
        except Exception as error:  # what else it is, is for the test to say
            found = f"{type(error).__name__}: {error}"
            if case.error is None or not isinstance(error, case.error) or case.says not in str(error):
                return found
            return ""
        return "" if case.error is None else "no error"
