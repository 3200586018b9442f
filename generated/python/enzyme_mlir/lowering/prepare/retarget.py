"""A derivative of a prepared function in place of one of the user's: further operands and results, other activities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..._runtime.host import ir
from .building import add_operation, float_constant, last_of
from .copies import for_each_element, size_of
from .derivatives import Derivative

__all__ = ["Prepared", "retarget"]

_IR: Any = ir


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prepared function, and what a derivative of it needs beyond one of the user's function."""

    name: str
    """The function's name."""
    shadowed: tuple[int, ...] = ()
    """Constant memory arguments that get a shadow, because the function stores what is differentiated there."""
    memories: tuple[str, ...] = ()
    """Globals that are passed as arguments behind the user's."""
    has_zero: bool = False
    """Whether the last argument is the active zero."""


class _Operands:
    """The operands of a derivative while they are put together."""

    def __init__(self, derivative: Derivative) -> None:
        self._derivative = derivative
        self.values: list[Any] = []
        self.activity: list[str] = []
        self.results: list[Any] = []
        self.owned: list[Any] = []

    def add_given(self, position: int, needs_shadow: bool) -> None:
        """An argument of the user's function."""
        operands = self._derivative.operation.operands
        word = self._derivative.activity[position]
        at, shadow = self._derivative.operands_of(position)
        value = operands[at]
        self.values.append(value)
        if shadow is not None:
            self.values.append(operands[shadow])
            is_memory = isinstance(value.type, _IR.MemRefType)
            word = "enzyme_dup" if is_memory else word
        elif needs_shadow:
            word = "enzyme_dup"
            self.values.append(self._cleared(value))
        self.activity.append(word)

    def add_memory(self, symbol: str) -> None:
        """Global memory, with a cleared shadow."""
        kind = self._kind_of(symbol)
        name = _IR.FlatSymbolRefAttr.get(symbol)
        memory = add_operation("memref.get_global", (), [kind], {"name": name})
        self.values += [memory.results[0], self._cleared(memory.results[0])]
        self.activity.append("enzyme_dup")

    def _kind_of(self, symbol: str) -> Any:
        operation = self._derivative.operation
        while operation.parent is not None:
            operation = operation.parent.operation
        for inner in operation.regions[0].blocks[0].operations:
            found = inner.operation
            if (
                found.name == "memref.global"
                and str(found.attributes["sym_name"]).strip('"') == symbol
            ):
                return _IR.TypeAttr(found.attributes["type"]).value
        raise KeyError(symbol)

    def add_zero(self) -> None:
        """The active zero."""
        kind = _IR.F64Type.get()
        self.values.append(float_constant(kind, -0.0))
        if self._derivative.mode == "reverse":
            self.activity.append("enzyme_active")
            self.results.append(kind)
        else:
            self.activity.append("enzyme_dup")
            self.values.append(_zero_tangent(self._derivative.width))

    def _cleared(self, memory: Any) -> Any:
        """Memory like another one, all zero; it is freed behind the derivative."""
        kind = memory.type
        sizes = [
            size_of(memory, dimension)
            for dimension in range(kind.rank)
            if kind.is_dynamic_dim(dimension)
        ]
        plain = _IR.MemRefType.get(kind.shape, kind.element_type)
        segments = _IR.DenseI32ArrayAttr.get([len(sizes), 0])
        shadow = add_operation(
            "memref.alloc", sizes, [plain], {"operandSegmentSizes": segments}
        ).results[0]

        def clear(indices: Sequence[Any]) -> None:
            zero = float_constant(kind.element_type, 0.0)
            add_operation("memref.store", [zero, shadow, *indices])

        for_each_element(shadow, clear)
        self.owned.append(shadow)
        if plain == kind:
            return shadow
        return add_operation("memref.cast", [shadow], [kind]).results[0]


def retarget(derivative: Derivative, prepared: Prepared) -> None:
    """Let a derivative be that of a prepared function; its operation is replaced."""
    operation = derivative.operation
    with operation.location, _IR.InsertionPoint(operation):
        operands = _Operands(derivative)
        for position in range(len(derivative.activity)):
            operands.add_given(position, position in prepared.shadowed)
        for symbol in prepared.memories:
            operands.add_memory(symbol)
        if prepared.has_zero:
            operands.add_zero()
        attributes = {each: operation.attributes[each] for each in operation.attributes}
        attributes["fn"] = _IR.FlatSymbolRefAttr.get(prepared.name)
        attributes["activity"] = _activities(
            operands.activity,
            str(attributes["ret_activity"]) + str(attributes["activity"]),
        )
        replaced = add_operation(
            operation.name,
            [*operands.values, *list(operation.operands)[derivative.seeds_from :]],
            [*(result.type for result in operation.results), *operands.results],
            attributes,
        )
        for owned in operands.owned:
            add_operation("memref.dealloc", [owned])
    for old, new in zip(operation.results, list(replaced.results), strict=False):
        old.replace_all_uses_with(new)
    operation.erase()
    derivative.operation = replaced


def _zero_tangent(width: int) -> Any:
    kind = _IR.F64Type.get()
    if width == 1:
        return float_constant(kind, 0.0)
    several = _IR.RankedTensorType.get([width], kind)
    zeros = _IR.DenseElementsAttr.get_splat(several, _IR.FloatAttr.get(kind, 0.0))
    made = add_operation("arith.constant", (), [several], {"value": zeros})
    return made.results[0]


def _activities(words: Sequence[str], like: str) -> Any:
    """A list of activities, spelled as those of the derivative are."""
    spelled = "#enzyme<activity {}>" if "<activity " in like else "#enzyme.activity<{}>"
    return _IR.ArrayAttr.get(
        [_IR.Attribute.parse(spelled.format(word)) for word in words]
    )
