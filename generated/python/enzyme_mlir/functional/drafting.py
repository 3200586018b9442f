"""New functions of a module, and their signatures while they are put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from .._runtime.host import ir
from ..jit.kinds import read_kind
from ..lowering.prepare.building import add_entry, add_function, add_operation
from .reading import free_symbol
from .signature import (
    Dim,
    Group,
    Input,
    Origin,
    Output,
    Parameter,
    Place,
    Signature,
    Tree,
    is_memory,
    leaves_of,
    renumbered,
    shape_of,
)

__all__ = ["Draft", "Step", "grouped", "type_of", "write_function"]

_IR: Any = ir


class Step(Protocol):
    """Adds a function to a module that is made from another one of it."""

    @property
    def summary(self) -> str:
        """What is made, in a few words."""
        ...

    def build(self, module: Any, function: Signature) -> Signature:
        """Add the function to the module, in whose context this is called."""
        ...


def type_of(kind: Any) -> Any:
    """The type of a kind, in the current context."""
    return _IR.Type.parse(kind.text)


def write_function(
    module: Any,
    wished: str,
    takes: Sequence[Any],
    body: Callable[[list[Any]], list[Any]],
) -> Any:
    """Add a function to a module.

    Args:
        module: The module.
        wished: Its name, if that is free.
        takes: The types of its arguments.
        body: Builds operations from the arguments, and gives back what the function returns.
    """
    name = free_symbol(module, wished)
    with _IR.InsertionPoint(module.body):
        function = add_function(name, takes, [], is_private=False)
    block = add_entry(function)
    with _IR.InsertionPoint(block):
        returned = body(list(block.arguments))
        add_operation("func.return", returned)
    kind = _IR.FunctionType.get(list(takes), [each.type for each in returned])
    function.attributes["function_type"] = _IR.TypeAttr.get(kind)
    return function


class Draft:
    """The signature of a new function while it is put together."""

    def __init__(self, function: Signature) -> None:
        self.function = function
        self.inputs = list(function.inputs)
        self.parameters: list[Parameter] = []
        self.outputs: list[Output] = []
        self.copies: dict[int, int] = {}
        """Where the parameters of the function are among the new ones."""

    def keep(self, number: int) -> None:
        """A parameter of the function becomes one of the new function."""
        self.copies[number] = len(self.parameters)
        self.parameters.append(self.function.parameters[number])

    def add_input(self, name: str, kind: Any, shape: tuple[Dim, ...] | None) -> int:
        """Something more that the caller passes; of sizes of its own where no shape is known."""
        number = len(self.inputs)
        sizes = shape_of(kind, number) if shape is None else shape
        self.inputs.append(Input(name, kind, sizes))
        return number

    def add(
        self,
        kind: Any,
        origin: Origin,
        of: int = -1,
        *,
        shape: Sequence[Dim] = (),
        writes: bool = True,
    ) -> int:
        """A parameter more."""
        self.parameters.append(
            Parameter(kind, origin, of, writes and is_memory(kind), tuple(shape))
        )
        return len(self.parameters) - 1

    def add_output(
        self,
        name: str,
        kind: Any,
        place: Place,
        index: int,
        shape: tuple[Dim, ...] | None,
    ) -> int:
        """An output more."""
        self.outputs.append(Output(name, kind, place, index, shape))
        return len(self.outputs) - 1

    def shape(self, number: int) -> tuple[Dim, ...]:
        """The sizes of a parameter of the function."""
        parameter = self.function.parameters[number]
        if parameter.of >= 0:
            return self.function.inputs[parameter.of].shape
        return parameter.shape

    def primal(self, results: dict[int, int]) -> Tree:
        """What the function returns, as outputs of the new one; `results` says where its results are now."""
        numbers: dict[int, int | None] = {}
        for leaf in leaves_of(self.function.tree):
            output = self.function.outputs[leaf]
            where = results if output.place is Place.RESULT else self.copies
            moved = replace(output, index=where[output.index])
            numbers[leaf] = len(self.outputs)
            self.outputs.append(moved)
        return renumbered(self.function.tree, numbers)

    def finish(self, built: Any, tree: Tree) -> Signature:
        """The signature of the function that was built."""
        name = _IR.StringAttr(built.attributes["sym_name"]).value
        kind = _IR.TypeAttr(built.attributes["function_type"]).value
        results = tuple(
            read_kind(each, f"result {position} of @{name}")
            for position, each in enumerate(kind.results)
        )
        return Signature(
            entry=str(name),
            inputs=tuple(self.inputs),
            parameters=tuple(self.parameters),
            results=results,
            outputs=tuple(self.outputs),
            tree=tree,
        )


def grouped(numbers: Sequence[int | None], *, alone: bool) -> Tree:
    """Several outputs as a tuple; one by itself, if it is to be alone."""
    if alone and len(numbers) == 1:
        return numbers[0]
    return Group(tuple(numbers))
