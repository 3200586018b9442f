"""A derivative of a prepared function in place of one of the user's: further operands and results, other activities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..._runtime.host import ir
from .activities import activities_of
from .activity import carries
from .building import add_operation, float_constant, index_constant
from .copies import clear, dynamic_sizes, new_memory
from .derivatives import Derivative
from .tensors import (
    Boundary,
    memory_of_tensor,
    memory_type,
    read_tensor,
    write_tensor,
)

__all__ = ["Prepared", "is_well_formed", "retarget"]

_IR: Any = ir
ACTIVE, DUP, CONST = "enzyme_active", "enzyme_dup", "enzyme_const"

Role = tuple[str, int]
"""What a result of a derivative is: `primal` or `tangent` of a result of the function, `derivative` by an argument."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prepared function, and what a derivative of it needs beyond one of the user's function.

    Its arguments are the user's, then those for tensors that it gives, then global memory, then the active zero.
    """

    name: str
    """The function's name."""
    boundary: Boundary = Boundary()  # noqa: RUF009 - frozen
    """Tensors that have become memory."""
    shadowed: tuple[int, ...] = ()
    """Constant memory arguments that get a shadow, because the function stores what is differentiated there."""
    memories: tuple[tuple[str, Any], ...] = ()
    """Globals that are passed as arguments, with their types."""
    has_zero: bool = False
    """Whether there is an active zero."""


def is_well_formed(derivative: Derivative, kinds: Sequence[Any]) -> bool:
    """Whether a derivative has the operands and results that its activities ask for; `kinds` are those of the function.

    Of any other one Enzyme says itself what is wrong.
    """
    seeds = 0
    if derivative.mode == "reverse":
        seeds = sum("active" in word for word in derivative.returns)
    operands = derivative.seeds_from + seeds
    return (
        len(derivative.returns) == len(kinds)
        and len(derivative.operation.operands) == operands
        and len(derivative.operation.results) == len(_roles(derivative))
    )


def retarget(derivative: Derivative, prepared: Prepared, kinds: Sequence[Any]) -> None:
    """Let a derivative be that of a prepared function; its operation is replaced.

    Args:
        derivative: The derivative.
        prepared: The prepared function.
        kinds: The types of the results of the user's function.
    """
    operation = derivative.operation
    with operation.location, _IR.InsertionPoint(operation):
        call = _Call(derivative, prepared, list(kinds))
        for position in range(len(derivative.activity)):
            call.add_argument(position)
        for position, kind in enumerate(kinds):
            call.add_result(position, kind)
        for symbol, kind in prepared.memories:
            call.add_global(symbol, kind)
        if prepared.has_zero:
            call.add_zero()
        find = call.build()
        roles = _roles(derivative)
        for role, old in zip(roles, list(operation.results), strict=True):
            old.replace_all_uses_with(find(role))
    operation.erase()
    derivative.operation = call.built


def _roles(derivative: Derivative) -> list[Role]:
    """What the results of the user's derivative are, in their order."""
    roles: list[Role] = []
    for position, word in enumerate(derivative.returns):
        roles += _roles_of(position, word, derivative.mode == "forward")
    if derivative.mode == "reverse":
        roles += [
            ("derivative", position)
            for position, word in enumerate(derivative.activity)
            if "active" in word
        ]
    return roles


def _roles_of(position: int, word: str, is_forward: bool) -> list[Role]:
    """What a derivative gives for one result of the function."""
    roles: list[Role] = []
    if not word.endswith("noneed"):
        roles.append(("primal", position))
    if is_forward and "dup" in word:
        roles.append(("tangent", position))
    return roles


@dataclass(slots=True)
class _Call:
    """The derivative of the prepared function while it is put together; all at one insertion point."""

    derivative: Derivative
    prepared: Prepared
    user_kinds: list[Any]
    """The types of the results of the user's function."""
    operands: list[Any] = field(default_factory=list)
    seeds: list[Any] = field(default_factory=list)
    activity: list[str] = field(default_factory=list)
    returns: list[str] = field(default_factory=list)
    kinds: list[Any] = field(default_factory=list)
    """The types of the operation's results: those of the function, and behind them those by arguments."""
    by_argument: list[tuple[Role, Any]] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    memories: dict[Role, tuple[Any, Any]] = field(default_factory=dict)
    """Memory in which a result is found, and the type of the tensor that it is for the user."""
    owned: list[Any] = field(default_factory=list)
    """Memory that nobody needs behind the derivative."""
    built: Any = None
    """The operation."""
    given: list[Any] = field(default_factory=list)
    """What the user's function gives, where that was needed."""

    def add_argument(self, position: int) -> None:
        """An argument of the user's function."""
        given = self.derivative.operation.operands
        word = self.derivative.activity[position]
        at, at_shadow = self.derivative.operands_of(position)
        value = given[at]
        shadow = None if at_shadow is None else given[at_shadow]
        if position in self.prepared.boundary.arguments:
            self._add_tensor(position, value, shadow, word)
        elif shadow is not None:
            is_memory = isinstance(value.type, _IR.MemRefType)
            self._add(DUP if is_memory else word, value, shadow)
        elif position in self.prepared.shadowed:
            self._add(DUP, value, self._shadow(value))
        else:
            self._add(word, value)
            if "active" in word:
                self.by_argument.append((("derivative", position), value.type))

    def _add(self, word: str, *operands: Any) -> None:
        self.operands += operands
        self.activity.append(word)

    def _add_tensor(self, position: int, value: Any, shadow: Any, word: str) -> None:
        memory = memory_of_tensor(value)
        if self.derivative.mode == "forward" and shadow is not None:
            self._add(DUP, memory, memory_of_tensor(shadow))
        elif "active" in word:
            cleared = new_memory(memory.type, dynamic_sizes(memory))
            clear(cleared)
            self._add(DUP, memory, cleared)
            self.memories["derivative", position] = (cleared, value.type)
        else:
            self._add(CONST, memory)

    def add_result(self, position: int, kind: Any) -> None:
        """A result of the user's function; tensors come as further arguments."""
        word = self.derivative.returns[position]
        is_forward = self.derivative.mode == "forward"
        seed = None
        if not is_forward and "active" in word:
            at = self.derivative.seeds_from
            at += sum("active" in each for each in self.derivative.returns[:position])
            seed = self.derivative.operation.operands[at]
        if position not in self.prepared.boundary.results:
            if is_forward and carries(kind):  # what is not followed, Enzyme confuses
                word = word.replace("const", "dup")
            self.returns.append(word)
            for role in _roles_of(position, word, is_forward):
                self.roles.append(role)
                self.kinds.append(kind)
            if seed is not None:
                self.seeds.append(seed)
            return
        sizes = self._sizes_of(position, kind)
        memory = new_memory(memory_type(kind), sizes)
        shadow = new_memory(memory_type(kind), sizes)
        if seed is None:
            clear(shadow)
        else:
            write_tensor(seed, shadow)
        self._add(DUP, memory, shadow)
        self.memories["primal", position] = (memory, kind)
        self.memories["tangent", position] = (shadow, kind)

    def _sizes_of(self, position: int, kind: Any) -> list[Any]:
        """The sizes of a tensor that the function gives, where they are not known: those of one that it has given."""
        dynamic = [each for each in range(kind.rank) if kind.is_dynamic_dim(each)]
        if not dynamic:
            return []
        given = self._primal_results()[position]
        index = _IR.IndexType.get()
        return [
            add_operation("tensor.dim", [given, index_constant(each)], [index]).results[
                0
            ]
            for each in dynamic
        ]

    def _primal_results(self) -> list[Any]:
        """What the user's function gives for the arguments: it is called once more."""
        if not self.given:
            operands = self.derivative.operation.operands
            arguments = [
                operands[self.derivative.operands_of(position)[0]]
                for position in range(len(self.derivative.activity))
            ]
            callee = {"callee": _IR.FlatSymbolRefAttr.get(self.derivative.callee)}
            call = add_operation("func.call", arguments, self.user_kinds, callee)
            self.given = list(call.results)
        return self.given

    def add_global(self, symbol: str, kind: Any) -> None:
        """Global memory, with a cleared shadow."""
        name = {"name": _IR.FlatSymbolRefAttr.get(symbol)}
        memory = add_operation("memref.get_global", (), [kind], name).results[0]
        self._add(DUP, memory, self._shadow(memory))

    def add_zero(self) -> None:
        """The active zero."""
        kind = _IR.F64Type.get()
        zero = float_constant(kind, -0.0)
        if self.derivative.mode == "reverse":
            self._add(ACTIVE, zero)
            self.by_argument.append((("zero", 0), kind))
        else:
            self._add(DUP, zero, _zero_tangent(self.derivative.width))

    def build(self) -> Callable[[Role], Any]:
        """The operation; gives a function from what a result is to its value."""
        operation = self.derivative.operation
        attributes = {each: operation.attributes[each] for each in operation.attributes}
        attributes["fn"] = _IR.FlatSymbolRefAttr.get(self.prepared.name)
        attributes["activity"] = activities_of(self.activity, operation)
        attributes["ret_activity"] = activities_of(self.returns, operation)
        self.built = add_operation(
            operation.name,
            [*self.operands, *self.seeds],
            [*self.kinds, *(kind for _, kind in self.by_argument)],
            attributes,
        )
        for memory in self.owned:
            add_operation("memref.dealloc", [memory])
        roles = [*self.roles, *(role for role, _ in self.by_argument)]
        values = dict(zip(roles, self.built.results, strict=True))

        def find(role: Role) -> Any:
            if role in values:
                return values[role]
            return read_tensor(*self.memories[role])

        return find

    def _shadow(self, memory: Any) -> Any:
        """Memory like another one, all zero, that is freed behind the derivative."""
        shadow = new_memory(memory.type, dynamic_sizes(memory))
        clear(shadow)
        self.owned.append(shadow)
        if shadow.type == memory.type:
            return shadow
        return add_operation("memref.cast", [shadow], [memory.type]).results[0]


def _zero_tangent(width: int) -> Any:
    kind = _IR.F64Type.get()
    if width == 1:
        return float_constant(kind, 0.0)
    several = _IR.RankedTensorType.get([width], kind)
    zeros = _IR.DenseElementsAttr.get_splat(several, _IR.FloatAttr.get(kind, 0.0))
    made = add_operation("arith.constant", (), [several], {"value": zeros})
    return made.results[0]
