"""A module with one function to try builders in; the generated tests and examples use it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from ._runtime.host import ir, new_context
from .releases import using_release

__all__ = ["as_printed", "next_block", "operation_of", "printed", "sample"]


@contextmanager
def sample(
    *types: str, setup: str = "", in_function: bool = True
) -> Generator[tuple[Any, ...]]:
    """Insert into a fresh function `sample` with arguments of these types, in MLIR's syntax.

    Yields the module and the arguments: `with sample("f64", "f64") as (module, x, dx): ...`. `setup` is MLIR text of
    functions to refer to. With `in_function=False` there is no function: what is built stands in the module itself,
    behind the setup, as symbols do. A context of its own is in_context, which takes operations of dialects that it does
    not know. IR is written as the specs say, whatever release is in use.

    Raises:
        ValueError: There are types of arguments, and no function.
    """
    if types and not in_function:
        raise ValueError(
            f"{len(types)} types are given, accepted is none without a function, which would have the arguments; "
            "leave in_function=False out"
        )
    with using_release(None), new_context(), ir.Location.unknown():
        if not in_function:
            module = ir.Module.parse(setup)
            with ir.InsertionPoint(module.body):
                yield (module,)
            return
        arguments = ", ".join(
            f"%arg{index}: {text}" for index, text in enumerate(types)
        )
        module = ir.Module.parse(
            f"{setup}\nfunc.func @sample({arguments}) {{\n  return\n}}"
        )
        operations = list(module.body.operations)
        block = operations[-1].operation.regions[0].blocks[0]
        with ir.InsertionPoint(list(block.operations)[-1]):
            yield (module, *block.arguments)


@contextmanager
def next_block() -> Generator[ir.Block]:
    """Open a block behind the current one, which keeps what follows; insert at the end of the current one.

    Yields the new block, for operations with successors.
    """
    block: Any = ir.InsertionPoint.current.block
    block_behind: Any = block.create_after()
    (last,) = list(block.operations)[-1:]
    block_behind.append(last.operation)
    with ir.InsertionPoint(block):
        yield block_behind


def printed(module: Any) -> str:
    """The module's text, with every attribute written in place."""
    text: str = module.operation.get_asm(use_local_scope=True)
    return text if text.endswith("\n") else text + "\n"


def as_printed(text: str) -> str:
    """A module's text as the host in use prints it; hosts differ in which dialects they know the syntax of."""
    with using_release(None), new_context():
        return printed(ir.Module.parse(text))


def operation_of(built: Any) -> ir.Operation:
    """The operation whose result, results or view a builder returned."""
    if isinstance(built, (ir.OpView, ir.Operation)):
        return built.operation
    owner: Any = built.owner if isinstance(built, ir.Value) else built[0].owner
    operation: ir.Operation = owner.operation
    return operation


# What is written by hand for this package; it is looked up when it is used first.
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._testing_gradients import GradientMismatch, GradientReport, check_gradient
else:
    from ._lazy import lazily

    __getattr__ = lazily(
        __name__,
        {
            "GradientMismatch": "_testing_gradients",
            "GradientReport": "_testing_gradients",
            "check_gradient": "_testing_gradients",
        },
    )

__all__ += [
    "GradientMismatch",
    "GradientReport",
    "check_gradient",
]
