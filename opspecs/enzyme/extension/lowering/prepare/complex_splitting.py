"""Functions of complex numbers as functions of their real and imaginary parts.

Every value of a complex type becomes two: numbers, tensors, and memory, which is two memories then. What moves values
is done twice, once for each part; what computes is spelled out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from ..._runtime.host import ir
from .building import add_function, add_operation, last_of
from .complex_constants import dense_parts
from .complex_floats import Floats
from .complex_pairs import global_memory
from .complex_rules import RULES
from .complex_types import is_complex, parts_of
from .derivatives import symbol_in
from .unsupported import Unsupported

__all__ = ["split_function"]

_IR: Any = ir

FLOWS = frozenset(
    {
        "func.call",
        "func.return",
        "linalg.yield",
        "scf.condition",
        "scf.execute_region",
        "scf.for",
        "scf.if",
        "scf.index_switch",
        "scf.while",
        "scf.yield",
        "tensor.yield",
    }
)
"""Operations that pass values on: they pass two for one."""

MOVES = frozenset(
    {
        "arith.select",
        "bufferization.alloc_tensor",
        "bufferization.clone",
        "bufferization.dealloc_tensor",
        "bufferization.materialize_in_destination",
        "bufferization.to_buffer",
        "bufferization.to_tensor",
        "memref.alloc",
        "memref.alloca",
        "memref.cast",
        "memref.collapse_shape",
        "memref.copy",
        "memref.dealloc",
        "memref.expand_shape",
        "memref.load",
        "memref.realloc",
        "memref.reinterpret_cast",
        "memref.store",
        "memref.subview",
        "memref.transpose",
        "tensor.cast",
        "tensor.collapse_shape",
        "tensor.concat",
        "tensor.empty",
        "tensor.expand_shape",
        "tensor.extract",
        "tensor.extract_slice",
        "tensor.from_elements",
        "tensor.gather",
        "tensor.insert",
        "tensor.insert_slice",
        "tensor.reshape",
        "tensor.scatter",
        "tensor.splat",
    }
)
"""Operations that are done once for each part."""

FILLS = frozenset({"tensor.generate", "tensor.pad"})
"""The same, with a region that gives a number."""

SIZES = frozenset({"memref.dim", "memref.rank", "tensor.dim", "tensor.rank"})
"""Operations for which one part does."""


def split_function(function: Any, name: str, names: Mapping[str, str]) -> Any:
    """Add the function of parts of a function of complex numbers, at the current insertion point.

    Args:
        function: The function, of structured control flow.
        name: What the new one is called.
        names: What is called in place of other functions and used in place of global memory.

    Raises:
        Unsupported: The function does something with complex numbers that there is nothing for.
    """
    kind = _IR.TypeAttr(function.attributes["function_type"]).value
    inputs = _flat(kind.inputs, function)
    results = _flat(kind.results, function)
    with function.location:
        made = add_function(name, inputs, results)
    _Splitting(names).region(function, 0, made, 0)
    return made


def _flat(kinds: Sequence[Any], operation: Any) -> list[Any]:
    """The types of the parts of values."""
    found: list[Any] = []
    for kind in kinds:
        parts = parts_of(kind)
        if parts is None:
            raise Unsupported(
                f"complex numbers in a {kind} cannot be differentiated; numbers, tensors and memory of them can",
                operation,
            )
        found += parts
    return found


class _Splitting:
    """The values of a function while it is split."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._values: dict[Any, list[Any]] = {}

    def region(
        self, old: Any, number: int, new: Any, place: int, part: int | None = None
    ) -> None:
        """Fill a region of a new operation; with a part, only that is given back at its end."""
        for block in old.regions[number].blocks:
            kinds = [argument.type for argument in block.arguments]
            flat = _flat(kinds, old)
            target = _IR.Block.create_at_start(
                new.regions[place], flat, [old.location] * len(flat)
            )
            fresh = iter(target.arguments)
            for argument in block.arguments:
                parts = _flat([argument.type], old)
                self._values[argument] = [next(fresh) for _ in parts]
            end = last_of(block)
            for each in block.operations:
                operation = each.operation
                with operation.location, _IR.InsertionPoint(target):
                    if part is not None and operation == end:
                        self._copy(operation, self._one_part(operation, part), [])
                    else:
                        self._write(operation)

    def _parts(self, values: Any) -> list[Any]:
        return [part for value in values for part in self._values[value]]

    def _one_part(self, operation: Any, part: int) -> list[Any]:
        return [self._values[each][part] for each in operation.operands]

    def _write(self, operation: Any) -> None:
        """Write an operation on parts in the place of one."""
        name = operation.name
        touches = any(
            is_complex(value.type)
            for value in (*operation.operands, *operation.results)
        )
        if name in FLOWS:
            self._flow(operation)
        elif name == "linalg.generic":
            self._generic(operation)
        elif not touches:
            self._plain(operation)
        elif name in RULES:
            self._compute(operation)
        elif name in ("complex.constant", "arith.constant"):
            self._constant(operation)
        elif name == "memref.get_global":
            self._global(operation)
        elif name in MOVES or name in FILLS:
            self._move(operation)
        elif name in SIZES:
            self._copy(
                operation,
                [self._values[each][0] for each in operation.operands],
                [each.type for each in operation.results],
            )
        else:
            raise Unsupported(
                f"{name} on complex numbers cannot be differentiated; write it with operations of the dialect complex",
                operation,
            )

    def _plain(self, operation: Any) -> None:
        if any(_has_complex(each) for each in operation.regions):
            raise Unsupported(
                f"complex numbers inside {operation.name} cannot be differentiated; a loop of scf can hold them",
                operation,
            )
        kinds = [each.type for each in operation.results]
        self._copy(operation, self._parts(operation.operands), kinds)

    def _copy(
        self,
        operation: Any,
        operands: Sequence[Any],
        kinds: Sequence[Any],
        more: Mapping[str, Any] | None = None,
        part: int | None = None,
    ) -> Any:
        """The same operation on other values; its results are those of the old one, if there are as many."""
        attributes = {each: operation.attributes[each] for each in operation.attributes}
        made = add_operation(
            operation.name,
            operands,
            kinds,
            {**attributes, **(more or {})},
            len(list(operation.regions)),
        )
        for number in range(len(list(operation.regions))):
            self.region(operation, number, made, number, part)
        if part is None:
            fresh = iter(made.results)
            for result in operation.results:
                parts = parts_of(result.type) or []
                self._values[result] = [next(fresh) for _ in parts]
        return made

    def _flow(self, operation: Any) -> None:
        more: dict[str, Any] = {}
        if operation.name == "func.call":
            callee = symbol_in(operation.attributes["callee"])
            called = self._names.get(callee, callee)
            more["callee"] = _IR.FlatSymbolRefAttr.get(called)
        kinds = _flat([each.type for each in operation.results], operation)
        self._copy(operation, self._parts(operation.operands), kinds, more)

    def _generic(self, operation: Any) -> None:
        """Structured operations: two operands, with the same map, for one."""
        maps = list(_IR.ArrayAttr(operation.attributes["indexing_maps"]))
        counts = [len(parts_of(each.type) or []) for each in operation.operands]
        spread = [
            each for each, count in zip(maps, counts, strict=True) for _ in range(count)
        ]
        inputs, _ = _IR.DenseI32ArrayAttr(operation.attributes["operandSegmentSizes"])
        segments = [sum(counts[:inputs]), sum(counts[inputs:])]
        kinds = _flat([each.type for each in operation.results], operation)
        self._copy(
            operation,
            self._parts(operation.operands),
            kinds,
            {
                "indexing_maps": _IR.ArrayAttr.get(spread),
                "operandSegmentSizes": _IR.DenseI32ArrayAttr.get(segments),
            },
        )

    def _move(self, operation: Any) -> None:
        """Once for each part."""
        moved: list[list[Any]] = []
        for part in range(2):
            operands = [
                self._values[each][part if is_complex(each.type) else 0]
                for each in operation.operands
            ]
            kinds = [_flat([each.type], operation)[part] for each in operation.results]
            made = self._copy(operation, operands, kinds, part=part)
            moved.append(list(made.results))
        for position, result in enumerate(operation.results):
            self._values[result] = [each[position] for each in moved]

    def _compute(self, operation: Any) -> None:
        given = [
            (
                tuple(self._values[each])
                if is_complex(each.type)
                else self._values[each][0]
            )
            for each in operation.operands
        ]
        (result,) = operation.results
        kinds = [
            each.type for each in (*operation.operands, result) if is_complex(each.type)
        ]
        element = kinds[0].element_type
        fastmath = None
        if "fastmath" in operation.attributes:
            fastmath = operation.attributes["fastmath"]
        narrow = element.width < 32 and operation.name not in (
            "complex.create",
            "complex.re",
            "complex.im",
        )
        working = _IR.F32Type.get() if narrow else element
        write = Floats(working, fastmath)
        if narrow:
            given = [_converted(each, element, working) for each in given]
        found: Any = RULES[operation.name](write, given)
        if narrow:
            found = _converted(found, working, element)
        self._values[result] = list(found) if is_complex(result.type) else [found]

    def _constant(self, operation: Any) -> None:
        (result,) = operation.results
        kinds = _flat([result.type], operation)
        if isinstance(result.type, _IR.ComplexType):
            values = list(_IR.ArrayAttr(operation.attributes["value"]))
        else:
            values = list(dense_parts(operation, kinds))
        self._values[result] = [
            add_operation("arith.constant", (), [kind], {"value": value}).results[0]
            for kind, value in zip(kinds, values, strict=True)
        ]

    def _global(self, operation: Any) -> None:
        symbol = symbol_in(operation.attributes["name"])
        (result,) = operation.results
        kinds = _flat([result.type], operation)
        self._values[result] = [
            global_memory(f"{self._names[symbol]}.{part}", kind)
            for kind, part in zip(kinds, ("re", "im"), strict=True)
        ]


def _converted(value: Any, source: Any, target: Any) -> Any:
    """A value, or a pair of values, with floats of one type made those of another."""
    if isinstance(value, tuple):
        re, im = cast("tuple[Any, Any]", value)
        return _converted(re, source, target), _converted(im, source, target)
    if value.type != source:
        return value
    name = "arith.extf" if target.width > source.width else "arith.truncf"
    return add_operation(name, [value], [target]).results[0]


def _has_complex(region: Any) -> bool:
    for block in region.blocks:
        if any(is_complex(each.type) for each in block.arguments):
            return True
        for each in block.operations:
            operation = each.operation
            values = (*operation.operands, *operation.results)
            if any(is_complex(value.type) for value in values):
                return True
            if any(_has_complex(inner) for inner in operation.regions):
                return True
    return False
