"""Derivatives in several directions at once, as so many derivatives in one direction.

Enzyme's own way gives every shadow a dimension in front. Many of its rules for single operations do not know of it, nor
does memory, so that it refuses most functions, dies of some of StableHLO and reverses the wrong dimension in others.
Direction by direction, everything works that works in one; what is the same in all is computed once after inlining.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from ..._runtime.expected import widened
from ..._runtime.host import ir
from .building import add_operation, index_constant, walk
from .copies import dynamic_sizes, new_memory
from .derivatives import Derivative, functions_of
from .directions import Directions
from .effects import changes_of
from .shapes import insert_at, is_dynamic
from .unsupported import Unsupported

__all__ = ["expand_widths"]

_IR: Any = ir
UNROLLED = 8
"""How many directions are followed one after the other in the text; more are followed by a loop."""


def expand_widths(module: Any, derivatives: Sequence[Derivative]) -> bool:
    """Expand those derivatives that follow several directions.

    Args:
        module: The module, which is changed.
        derivatives: Those that are due.

    Returns:
        Whether there was one to expand.

    Raises:
        Unsupported: An operand or a result has another type than it needs.
    """
    wide = [each for each in derivatives if each.mode != "batch" and each.width > 1]
    functions = functions_of(module)
    directions = Directions(_has_stablehlo(module)) if wide else None
    for derivative in wide:
        function = functions.get(derivative.callee)
        if function is None:
            raise Unsupported(
                f"there is no function @{derivative.callee} to differentiate",
                derivative.operation,
            )
        with derivative.operation.location:
            _Expansion(module, function, derivative, directions).write()
    return bool(wide)


def _has_stablehlo(module: Any) -> bool:
    return any(
        operation.name.startswith("stablehlo.") for operation in walk(module.operation)
    )


class _Expansion:
    """One derivative that follows several directions."""

    def __init__(
        self, module: Any, function: Any, derivative: Derivative, directions: Any
    ) -> None:
        self._module = module
        self._derivative = derivative
        self._operation = derivative.operation
        self._directions = directions
        kind = _IR.TypeAttr(function.attributes["function_type"]).value
        self._inputs = list(kind.inputs)
        self._outputs = list(kind.results)
        self._operands = list(self._wanted_operands())
        self._results = list(self._wanted_results())
        self._check("operand", self._operation.operands, self._operands)
        self._check("result", self._operation.results, self._results)

    def _wanted_operands(self) -> Iterator[tuple[Any, bool]]:
        """The types of the operands in one direction, and whether each direction has its own."""
        for kind, word in zip(self._inputs, self._derivative.activity, strict=False):
            yield kind, False
            if "dup" in word:
                yield kind, True
        if self._derivative.mode == "reverse":
            for kind, word in zip(
                self._outputs, self._derivative.returns, strict=False
            ):
                if "active" in word:
                    yield kind, True

    def _wanted_results(self) -> Iterator[tuple[Any, bool]]:
        """The same for the results."""
        is_forward = self._derivative.mode == "forward"
        for kind, word in zip(self._outputs, self._derivative.returns, strict=False):
            if not word.endswith("noneed"):
                yield kind, False
            if is_forward and "dup" in word:
                yield kind, True
        if not is_forward:
            for kind, word in zip(
                self._inputs, self._derivative.activity, strict=False
            ):
                if "active" in word:
                    yield kind, True

    def _check(
        self, word: str, given: Sequence[Any], wanted: Sequence[tuple[Any, bool]]
    ) -> None:
        name = f"the derivative of @{self._derivative.callee}"
        if len(given) != len(wanted):
            raise Unsupported(
                f"{name} has {len(given)} {word}s, its activities need {len(wanted)}",
                self._operation,
            )
        width = self._derivative.width
        for position, (value, (kind, is_wide)) in enumerate(
            zip(given, wanted, strict=True)
        ):
            wide = widened(kind, [width]) if is_wide else kind
            if wide is None:
                raise Unsupported(
                    f"{word} {position} of {name} stands for a {kind}, of which there are no {width} at once: "
                    "numbers, tensors and memory without a layout can be",
                    self._operation,
                )
            if value.type != wide:
                raise Unsupported(
                    f"{word} {position} of {name} in {width} directions has to be a {wide}, not a {value.type}",
                    self._operation,
                )

    def write(self) -> None:
        """Put derivatives in one direction each in the place of the operation."""
        with _IR.InsertionPoint(self._operation):
            with _kept(self._module, self._derivative) as restore:
                values = self._loop(restore) if self._is_loop() else self._all(restore)
            for old, new in zip(self._operation.results, values, strict=True):
                old.replace_all_uses_with(new)
        self._operation.erase()

    def _is_loop(self) -> bool:
        """Whether there are so many directions that a loop over them is better than one after the other in the text."""
        return (
            self._derivative.width > UNROLLED
            and not self._directions.is_stablehlo
            and not any(is_dynamic(kind) for kind, is_wide in self._results if is_wide)
        )

    def _all(self, restore: Callable[[], None]) -> list[Any]:
        """The results of all directions, one after the other."""
        found: list[list[Any]] = []
        last = self._derivative.width - 1
        for number in range(last + 1):
            found.append(self._one(partial(self._directions.take, number=number)))
            if number < last:
                restore()
        return [
            (
                self._directions.put([each[position] for each in found], kind)
                if is_wide
                else found[-1][position]
            )
            for position, (kind, is_wide) in enumerate(self._results)
        ]

    def _loop(self, restore: Callable[[], None]) -> list[Any]:
        """The results of all directions by a loop; the last one comes behind it, and leaves memory as it has to be."""
        width = self._derivative.width
        places = [place for place, (_, is_wide) in enumerate(self._results) if is_wide]
        kinds = [self._operation.results[place].type for place in places]
        carried = [
            add_operation("tensor.empty", (), [kind]).results[0] for kind in kinds
        ]
        bounds = [index_constant(each) for each in (0, width - 1, 1)]
        loop = add_operation("scf.for", [*bounds, *carried], kinds, regions=1)
        here = _IR.Location.current
        inside = [_IR.IndexType.get(), *kinds]
        block = _IR.Block.create_at_start(loop.regions[0], inside, [here] * len(inside))
        index, *carried = block.arguments
        with _IR.InsertionPoint(block):
            found = self._one(partial(self._directions.take_at, index=index))
            restore()
            add_operation(
                "scf.yield",
                [
                    insert_at(found[place], whole, [index])
                    for place, whole in zip(places, carried, strict=True)
                ],
            )
        found = self._one(partial(self._directions.take, number=width - 1))
        last = index_constant(width - 1)
        for place, whole in zip(places, list(loop.results), strict=True):
            found[place] = insert_at(found[place], whole, [last])
        return found

    def _one(self, take: Callable[..., Any]) -> list[Any]:
        """The derivative in one direction."""
        operands: list[Any] = []
        back: list[tuple[Any, Any]] = []
        for value, (kind, is_wide) in zip(
            self._operation.operands, self._operands, strict=True
        ):
            if not is_wide:
                operands.append(value)
                continue
            single = take(value, kind=kind)
            if isinstance(kind, _IR.MemRefType):
                view, single = single, _copy_of(single)
                back.append((single, view))
            operands.append(single)
        attributes = {
            each: self._operation.attributes[each]
            for each in self._operation.attributes
            if each != "width"
        }
        made = add_operation(
            self._operation.name,
            operands,
            [kind for kind, _ in self._results],
            attributes,
        )
        for single, view in back:
            add_operation("memref.copy", [single, view])
            add_operation("memref.dealloc", [single])
        return list(made.results)


def _copy_of(memory: Any) -> Any:
    """New memory with what is in other memory, row by row."""
    copy = new_memory(memory.type, dynamic_sizes(memory))
    add_operation("memref.copy", [memory, copy])
    return copy


@contextmanager
def _kept(module: Any, derivative: Derivative) -> Generator[Callable[[], None]]:
    """Remember the memory that the function changes; what comes out puts it back, so that it may be run again."""
    changes = changes_of(module, derivative.callee)
    memories = [
        derivative.operation.operands[derivative.operands_of(position)[0]]
        for position in changes.arguments
    ]
    for symbol, kind in changes.globals:
        name = {"name": _IR.FlatSymbolRefAttr.get(symbol)}
        memories.append(add_operation("memref.get_global", (), [kind], name).results[0])
    copies = [_copy_of(memory) for memory in memories]

    def restore() -> None:
        for memory, copy in zip(memories, copies, strict=True):
            add_operation("memref.copy", [copy, memory])

    yield restore
    for copy in copies:
        add_operation("memref.dealloc", [copy])
