"""The convention `upstream`: names as mlir-tblgen makes them, and Python also where mlir-tblgen's are not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from opspec.dataclass import dataclass
from opspec.model.dialect import Dialect, Enum, Operation, is_unnamed
from opspec.naming.conventions import UPSTREAM, Convention
from opspec.naming.pynames import PyName, made_name
from opspec.naming.reserved import KEYWORDS, UPSTREAM_RESERVED
from opspec.naming.rules import NamingPolicy, escaped
from opspec.naming.words import upstream_snake_case

__all__ = ["UpstreamPolicy"]

_KEYWORD_PARAMETERS = ("loc", "ip")
_INFERRING = ("SameOperandsAndResultType", "FirstAttrDerivedResultType")
_CASES = KEYWORDS | {"mro"}
"""What Python does not let a case of an enum be called."""


def _distinct(name: str, taken: Iterable[str]) -> PyName:
    """The name, with as many underscores behind it as it takes to be another than those."""
    while name in taken:
        name += "_"
    return PyName(name)


@dataclass(frozen=True, slots=True)
class UpstreamPolicy(NamingPolicy):
    """The convention `upstream`: what `mlir-tblgen -gen-python-op-bindings` calls things.

    Constructors and accessors keep the names of the definition (`isExact`), functions turn them into snake case
    (`is_exact`). Names that Python or the generated class needs get an underscore behind them, and so do those that
    mlir-tblgen gives to two things of which Python lets only one have them. What an overlay chose is left aside: the
    module would be no drop-in any more. Further and old names stand beside the others all the same.
    """

    convention: Convention = UPSTREAM
    is_drop_in: bool = True
    functions: tuple[tuple[str, PyName], ...] = ()
    """The functions of the dialect's operations, by mnemonic."""
    parameters: tuple[tuple[str, PyName], ...] = ()
    """The parameters of the function of the operation at hand, by what mlir-tblgen makes them from."""

    def of_dialect(self, dialect: Dialect) -> UpstreamPolicy:
        """The same policy, with a function of its own for each operation: where two have one, the later in Python."""
        names: dict[str, PyName] = {}
        taken = {str(self.class_after(operation.class_name)) for operation in dialect.operations}
        for operation in sorted(dialect.operations, key=lambda each: each.class_name, reverse=True):
            plain = self.function_after(operation.mnemonic, operation.class_name)
            names[operation.mnemonic] = _distinct(plain, taken)
            taken.add(names[operation.mnemonic])
        known = replace(self, functions=tuple(names.items()))
        return replace(known, taken=frozenset(taken))

    def of_operation(self, operation: Operation) -> UpstreamPolicy:
        """The same policy, with a parameter of its own for each part of an operation."""
        parts = (*operation.results, *operation.arguments, *operation.regions, *operation.successors)
        accessors: dict[str, PyName] = {}
        for part in parts:
            if part.name not in accessors:
                accessors[part.name] = _distinct(self.part(part.name), accessors.values())
        chosen = tuple((name, found) for name, found in accessors.items() if found != self.part(name))
        known = replace(self, chosen=chosen)
        infers = "InferTypeOpInterface" in operation.interfaces or any(map(operation.has_trait, _INFERRING))
        taken = {*_KEYWORD_PARAMETERS, *(["results"] if infers else [])}
        parameters: dict[str, PyName] = {}
        for name in known._given(operation):
            if name not in parameters:
                parameters[name] = _distinct(_parameter(name), taken)
                taken.add(parameters[name])
        return replace(known, parameters=tuple(parameters.items()))

    def _given(self, operation: Operation) -> Iterable[str]:
        """What the parameters of an operation's function are made from, in the order of the function."""
        count = len(operation.results)
        for index, result in enumerate(operation.results):
            yield self._result(index, result.name, count)
        for part in (*operation.arguments, *operation.successors):
            yield self.part(part.name)
        for region in operation.regions:
            yield f"num_{region.name}"

    def _spelled(self, name: str) -> PyName:
        """The parameter that is made from a name."""
        return next((found for given, found in self.parameters if given == name), _parameter(name))

    def function(self, operation: Operation) -> PyName:
        """The builder function of an operation."""
        plain = self.function_after(operation.mnemonic, operation.class_name)
        return next((name for mnemonic, name in self.functions if mnemonic == operation.mnemonic), plain)

    def function_after(self, mnemonic: str, class_name: str) -> PyName:
        """The builder function of an operation with that mnemonic and class."""
        name = escaped(mnemonic, UPSTREAM_RESERVED)
        return PyName(f"{name}_") if name == class_name else name

    def class_after(self, class_name: str) -> PyName:
        """The `OpView` class of an operation."""
        return escaped(class_name, KEYWORDS)

    def part(self, name: str) -> PyName:
        """A part of an operation, as its accessor and the constructor call it."""
        if (chosen := self._chosen(name)) is not None:
            return chosen
        if is_unnamed(name):
            kind, number = name.strip("_0123456789") or "res", name.lstrip("_argeionsuc")
            return PyName(f"_gen_{kind}_{number}")
        return escaped(name, UPSTREAM_RESERVED)

    def result_accessor(self, name: str, *, is_only: bool) -> PyName:
        """The accessor of a result."""
        return self.part(name)

    def argument(self, name: str) -> PyName:
        """The parameter of the builder function for a part."""
        return self._spelled(self.part(name))

    def result_types(self, index: int, name: str, *, variadic: bool, count: int) -> tuple[PyName, PyName]:
        """The parameter that takes the type (or types) of a result: of the function, of the constructor."""
        part = self._result(index, name, count)
        return self._spelled(part), part

    def _result(self, index: int, name: str, count: int) -> PyName:
        given = str(self._chosen(name) or name)
        if is_unnamed(given):
            given = "result" if count == 1 else f"_gen_res_{index}"
        return escaped(given, UPSTREAM_RESERVED)

    def case_after(self, enum: Enum, symbol: str) -> PyName:
        """A case, as the enum bindings of mlir-tblgen call it."""
        return escaped(symbol, _CASES)

    def region_count(self, name: str) -> tuple[PyName, PyName]:
        """The parameter that says how many regions a variadic one has: of the function, of the constructor."""
        return self._spelled(f"num_{name}"), made_name(f"num_{name}")


def _parameter(name: str) -> PyName:
    """A parameter of a function, in LLVM's snake case: mlir-tblgen looks for keywords before, Python after."""
    return escaped(upstream_snake_case(name), KEYWORDS)
