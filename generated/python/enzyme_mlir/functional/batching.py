"""A function over a batch as a function of the same module: `enzyme.batch`, or a loop where memory is involved."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from .. import _runtime as _rt
from .._runtime.host import HOST, ir
from ..jit import Buffer, Kind
from ..jit.kinds import read_kind
from ..lowering.prepare.building import add_operation
from .drafting import type_of, write_function
from .signature import (
    Dim,
    Input,
    Origin,
    Output,
    Parameter,
    Place,
    Signature,
    is_memory,
)

__all__ = ["Batch", "Loop"]

_IR: Any = ir
DYNAMIC = -(2**63)
"""MLIR's marker for a size or stride known only at run time."""


def _stacked(kind: Kind, size: int | None, *, is_tensor: bool) -> Buffer:
    """A kind with a size in front of its shape."""
    element = kind.element if isinstance(kind, Buffer) else kind
    shape = (size, *(kind.shape if isinstance(kind, Buffer) else ()))
    sizes = "".join(f"{'?' if one is None else one}x" for one in shape)
    name = "tensor" if is_tensor else "memref"
    return Buffer(
        text=f"{name}<{sizes}{element.text}>",
        element=element,
        shape=shape,
        strides=None,
        offset=0,
        is_tensor=is_tensor,
    )


def _inputs(
    function: Signature, axes: Sequence[int | None], kinds: Sequence[Kind], size: Dim
) -> tuple[Input, ...]:
    """The inputs over the batch: those with an axis have its size in front."""
    return tuple(
        (
            replace(one, shape=_moved(one.shape, axes))
            if axis is None
            else Input(one.name, kind, (size, *_moved(one.shape, axes)), axis)
        )
        for one, axis, kind in zip(function.inputs, axes, kinds, strict=True)
    )


def _moved(shape: Sequence[Dim], axes: Sequence[int | None]) -> tuple[Dim, ...]:
    """Sizes of an element, as sizes of the batch: axes of batched inputs stand one further."""
    return tuple(
        (
            size
            if isinstance(size, int) or axes[size[0]] is None
            else (size[0], size[1] + 1)
        )
        for size in shape
    )


def _stacked_shape(
    output: Output, size: Dim, axes: Sequence[int | None]
) -> tuple[Dim, ...] | None:
    """The sizes of an output over the batch."""
    return None if output.shape is None else (size, *_moved(output.shape, axes))


@dataclass(frozen=True, slots=True)
class Batch:
    """`enzyme.batch` of a function of numbers and tensors."""

    axes: tuple[int | None, ...]
    """For each input the axis along which it varies; None where all elements have the same."""
    size: int
    """How many elements there are."""

    @property
    def summary(self) -> str:
        """What is made, in a few words."""
        return f"a batch of {self.size}"

    def build(self, module: Any, function: Signature) -> Signature:
        """Add the function over the batch to the module."""
        kinds: list[Kind] = []
        for one, axis in zip(function.inputs, self.axes, strict=True):
            stacked = _stacked(one.kind, self.size, is_tensor=True)
            kinds.append(one.kind if axis is None else stacked)
        takes = [kinds[parameter.of] for parameter in function.parameters]

        def body(values: list[Any]) -> list[Any]:
            spread = [
                _spread(value, self.size) if self.axes[parameter.of] is None else value
                for value, parameter in zip(values, function.parameters, strict=True)
            ]
            built = _rt.class_of("enzyme.batch")(function.entry, spread, [self.size])
            return list(built.operation.results)

        made = write_function(
            module, f"{function.entry}_vmap", [type_of(kind) for kind in takes], body
        )
        given: Any = _IR.TypeAttr(made.attributes["function_type"]).value
        results = tuple(
            read_kind(each, f"result {position}")
            for position, each in enumerate(given.results)
        )
        outputs = tuple(
            replace(
                output,
                kind=results[output.index],
                shape=_stacked_shape(output, self.size, self.axes),
            )
            for output in function.outputs
        )
        parameters = tuple(
            replace(parameter, kind=kind)
            for parameter, kind in zip(function.parameters, takes, strict=True)
        )
        return Signature(
            entry=str(_IR.StringAttr(made.attributes["sym_name"]).value),
            inputs=_inputs(function, self.axes, kinds, self.size),
            parameters=parameters,
            results=results,
            outputs=outputs,
            tree=function.tree,
        )


def _spread(value: Any, size: int) -> Any:
    """A value repeated in front: the same for each element of the batch."""
    kind = read_kind(value.type, "a value")
    result = type_of(_stacked(kind, size, is_tensor=True))
    if HOST == "jaxlib.mlir":
        rank = kind.rank if isinstance(kind, Buffer) else 0
        dimensions = _IR.DenseI64ArrayAttr.get(list(range(1, rank + 1)))
        made = add_operation(
            "stablehlo.broadcast_in_dim",
            [value],
            [result],
            {"broadcast_dimensions": dimensions},
        )
        return made.results[0]
    if not isinstance(kind, Buffer):
        return add_operation("tensor.splat", [value], [result]).results[0]
    linalg: Any = importlib.import_module(f"{HOST}.dialects.linalg")
    empty = add_operation("tensor.empty", [], [result]).results[0]
    made = linalg.broadcast(value, outs=[empty], dimensions=[0])
    return made if isinstance(made, _IR.Value) else made.operation.results[0]


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop over a batch, for functions of numbers and memory.

    Each element of the batch has its memory copied into a buffer and, where the function writes to it, back. The size
    of the batch is that of the arrays of each call.
    """

    axes: tuple[int | None, ...]
    """For each input the axis along which it varies; None where all elements have the same."""

    @property
    def summary(self) -> str:
        """What is made, in a few words."""
        return "a loop over the batch"

    def build(self, module: Any, function: Signature) -> Signature:
        """Add the function over the batch to the module."""
        first = next(index for index, axis in enumerate(self.axes) if axis is not None)
        size: Dim = (first, 0)
        stacked = [
            parameter.of < 0 or self.axes[parameter.of] is not None
            for parameter in function.parameters
        ]
        parameters = [
            self._parameter(parameter, size) if over else parameter
            for parameter, over in zip(function.parameters, stacked, strict=True)
        ]
        count = len(parameters)
        for kind in function.results:
            whole = _stacked(kind, None, is_tensor=False)
            parameters.append(
                Parameter(whole, Origin.ZEROS, is_written=True, shape=(size,))
            )

        def body(values: list[Any]) -> list[Any]:
            arguments = list(zip(values, stacked, function.parameters, strict=False))
            lead = values[stacked.index(True)]
            _loop(lead, arguments, values[count:], function)
            return []

        made = write_function(
            module,
            f"{function.entry}_vmap",
            [type_of(each.kind) for each in parameters],
            body,
        )
        kinds = [_stacked(one.kind, None, is_tensor=False) for one in function.inputs]
        outputs = tuple(
            self._output(output, parameters, count, size) for output in function.outputs
        )
        return Signature(
            entry=str(_IR.StringAttr(made.attributes["sym_name"]).value),
            inputs=_inputs(function, self.axes, kinds, size),
            parameters=tuple(parameters),
            results=(),
            outputs=outputs,
            tree=function.tree,
        )

    def _parameter(self, parameter: Parameter, size: Dim) -> Parameter:
        kind = _stacked(parameter.kind, None, is_tensor=False)
        shape = (size, *_moved(parameter.shape, self.axes))
        return replace(parameter, kind=kind, shape=shape if parameter.of < 0 else ())

    def _output(
        self, output: Output, parameters: Sequence[Parameter], count: int, size: Dim
    ) -> Output:
        index = output.index + (count if output.place is Place.RESULT else 0)
        shape = _stacked_shape(output, size, self.axes)
        return Output(output.name, parameters[index].kind, Place.MEMORY, index, shape)


def _loop(
    lead: Any,
    arguments: Sequence[tuple[Any, bool, Parameter]],
    results: Sequence[Any],
    function: Signature,
) -> None:
    """Call the function for each element; `lead` has the size of the batch in front."""
    zero, one = _index(0), _index(1)
    size = _size(lead, 0)
    buffers = [
        _buffer(value, parameter.kind) if over and is_memory(parameter.kind) else None
        for value, over, parameter in arguments
    ]
    loop = add_operation("scf.for", [zero, size, one], [], regions=1)
    block = loop.regions[0].blocks.append(
        _IR.IndexType.get(), arg_locs=[_IR.Location.unknown()]
    )
    with _IR.InsertionPoint(block):
        at = block.arguments[0]
        passed: list[Any] = []
        views: list[Any] = []
        for (value, over, parameter), buffer in zip(arguments, buffers, strict=True):
            view = None
            if not over:
                passed.append(value)
            elif buffer is None:
                element = type_of(parameter.kind)
                passed.append(
                    add_operation("memref.load", [value, at], [element]).results[0]
                )
            else:
                view = _view(value, at, parameter.kind)
                add_operation("memref.copy", [view, buffer])
                passed.append(buffer)
            views.append(view)
        called = add_operation(
            "func.call",
            passed,
            [type_of(kind) for kind in function.results],
            {"callee": _IR.FlatSymbolRefAttr.get(function.entry)},
        )
        for (_, _, parameter), buffer, view in zip(
            arguments, buffers, views, strict=True
        ):
            if buffer is not None and parameter.is_written:
                add_operation("memref.copy", [buffer, view])
        for value, memory in zip(called.results, results, strict=True):
            add_operation("memref.store", [value, memory, at])
        add_operation("scf.yield", [])
    for buffer in buffers:
        if buffer is not None:
            add_operation("memref.dealloc", [buffer])


def _index(value: int) -> Any:
    kind = _IR.IndexType.get()
    attribute = _IR.IntegerAttr.get(kind, value)
    return add_operation("arith.constant", [], [kind], {"value": attribute}).results[0]


def _size(memory: Any, axis: int) -> Any:
    kind = _IR.IndexType.get()
    return add_operation("memref.dim", [memory, _index(axis)], [kind]).results[0]


def _buffer(stack: Any, kind: Kind) -> Any:
    """Memory for one element of a batch."""
    assert isinstance(kind, Buffer)
    sizes = [
        _size(stack, axis + 1) for axis, size in enumerate(kind.shape) if size is None
    ]
    segments = _IR.DenseI32ArrayAttr.get([len(sizes), 0])
    made = add_operation(
        "memref.alloc", sizes, [type_of(kind)], {"operandSegmentSizes": segments}
    )
    return made.results[0]


def _view(stack: Any, at: Any, kind: Kind) -> Any:
    """One element of a batch in place."""
    assert isinstance(kind, Buffer)
    free = [
        _size(stack, axis + 1) for axis, size in enumerate(kind.shape) if size is None
    ]
    strides: list[str] = []
    step: int | None = 1
    for size in reversed(kind.shape):
        strides.append("?" if step is None else str(step))
        step = None if step is None or size is None else step * size
    strides.reverse()
    sizes = "".join(f"{'?' if one is None else one}x" for one in kind.shape)
    result = _IR.Type.parse(
        f"memref<{sizes}{kind.element.text}, strided<[{', '.join(strides)}], offset: ?>>"
    )
    array = _IR.DenseI64ArrayAttr.get
    static = [DYNAMIC if one is None else one for one in kind.shape]
    made = add_operation(
        "memref.subview",
        [stack, at, *free],
        [result],
        {
            "static_offsets": array([DYNAMIC, *([0] * kind.rank)]),
            "static_sizes": array([1, *static]),
            "static_strides": array([1] * (kind.rank + 1)),
            "operandSegmentSizes": _IR.DenseI32ArrayAttr.get([1, 1, len(free), 0]),
        },
    )
    return made.results[0]
