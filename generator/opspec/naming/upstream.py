"""The convention `upstream`: names as mlir-tblgen makes them."""

from __future__ import annotations

from dataclasses import dataclass

from opspec.model.dialect import Enum, is_unnamed
from opspec.naming.conventions import UPSTREAM, Convention
from opspec.naming.pynames import PyName, made_name
from opspec.naming.reserved import KEYWORDS, UPSTREAM_RESERVED
from opspec.naming.rules import NamingPolicy, escaped
from opspec.naming.words import upstream_snake_case

__all__ = ["UpstreamPolicy"]


@dataclass(frozen=True, slots=True)
class UpstreamPolicy(NamingPolicy):
    """The convention `upstream`: what `mlir-tblgen -gen-python-op-bindings` calls things.

    Constructors and accessors keep the names of the definition (`isExact`), functions turn them into snake case
    (`is_exact`). Names that Python or the generated class needs get an underscore behind them. What an overlay chose
    is left aside: the module would be no drop-in any more. Further and old names stand beside the others all the same.
    """

    convention: Convention = UPSTREAM
    is_drop_in: bool = True

    def function_after(self, mnemonic: str, class_name: str) -> PyName:
        """The builder function of an operation with that mnemonic and class."""
        name = escaped(mnemonic.replace(".", "_"), UPSTREAM_RESERVED)
        return PyName(f"{name}_") if name == class_name else name

    def class_after(self, class_name: str) -> PyName:
        """The `OpView` class of an operation."""
        return made_name(class_name)

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
        return PyName(upstream_snake_case(self.part(name)))

    def result_types(self, index: int, name: str, *, variadic: bool, count: int) -> tuple[PyName, PyName]:
        """The parameter that takes the type (or types) of a result: of the function, of the constructor."""
        given = str(self._chosen(name) or name)
        if is_unnamed(given):
            given = "result" if count == 1 else f"_gen_res_{index}"
        part = escaped(given, UPSTREAM_RESERVED)
        return PyName(upstream_snake_case(part)), part

    def case_after(self, enum: Enum, symbol: str) -> PyName:
        """A case, as the enum bindings of mlir-tblgen call it."""
        return escaped(symbol, KEYWORDS)

    def region_count(self, name: str) -> tuple[PyName, PyName]:
        """The parameter that says how many regions a variadic one has: of the function, of the constructor."""
        return made_name(upstream_snake_case(f"num_{name}")), made_name(f"num_{name}")
