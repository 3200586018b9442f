"""Every name in generated Python is decided here, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NewType

from opspec.diagnostics import Diagnostics, Location, Note
from opspec.model.dialect import Definition, Dialect, Enum, Operation, is_unnamed
from opspec.naming.reserved import (
    BUILTINS,
    FUNCTION_PARAMETERS,
    KEYWORDS,
    MODULE_NAMES,
    UPSTREAM_RESERVED,
    VIEW_MEMBERS,
)
from opspec.naming.words import snake_case, split_words, upper_case, upstream_snake_case

__all__ = ["CONVENTIONS", "NamingPolicy", "PyName", "UpstreamPolicy", "policy_of"]

PyName = NewType("PyName", str)
"""A legal Python name that came out of the policy."""

CONVENTIONS = ("mnemonic", "upstream")


def _legal(name: str) -> str:
    """A name that starts with a letter or underscore."""
    return f"_{name}" if not name or name[0].isdigit() else name


def _escaped(name: str, reserved: frozenset[str]) -> PyName:
    """The name with an underscore behind it, if it is taken."""
    legal = _legal(name)
    return PyName(f"{legal}_" if legal in reserved else legal)


@dataclass(frozen=True, slots=True)
class NamingPolicy:
    """The convention `mnemonic`: functions after the mnemonic, in PEP 8's snake case; classes as upstream calls them.

    `fwddiff` stays `fwddiff`, `addTo` becomes `add_to`, `blas.syrk` becomes `blas_syrk`. Whatever is a keyword gets an
    underscore behind it (`yield_`); functions also where they would hide a builtin (`set_`); parts of an operation
    also where they would hide a member of `OpView` or a parameter of every builder (`operands_`).
    """

    convention: str = "mnemonic"
    is_drop_in: bool = False
    """Whether call surfaces follow mlir-tblgen in all, not only in names."""
    taken: tuple[str, ...] = ()
    """Names of the dialect's classes and functions, to which enums yield."""

    def of_dialect(self, dialect: Dialect) -> NamingPolicy:
        """The same policy, knowing the names of a dialect's operations."""
        names = {str(self.function(operation)) for operation in dialect.operations}
        names |= {str(self.operation_class(operation)) for operation in dialect.operations}
        return replace(self, taken=tuple(sorted(names)))

    def module(self, dialect: Dialect) -> PyName:
        """The module of a dialect."""
        return _escaped(dialect.name, KEYWORDS)

    def function(self, operation: Operation) -> PyName:
        """The builder function of an operation."""
        name = _escaped(operation.python_name or snake_case(operation.mnemonic), KEYWORDS | BUILTINS | MODULE_NAMES)
        return PyName(f"{name}_") if name == operation.class_name else name

    def operation_class(self, operation: Operation) -> PyName:
        """The `OpView` class of an operation."""
        return _escaped(operation.class_name, KEYWORDS | BUILTINS)

    def part(self, name: str) -> PyName:
        """An operand, attribute, result, region or successor of an operation: parameter and accessor alike."""
        if is_unnamed(name):
            kind, number = name.strip("_0123456789") or "result", name.lstrip("_argeionsuc")
            return PyName("result" if name == "_0" else f"{kind}_{number}")
        return _escaped(snake_case(name), KEYWORDS | VIEW_MEMBERS | FUNCTION_PARAMETERS)

    def result_accessor(self, name: str, *, is_only: bool) -> PyName:
        """The accessor of a result. `result` stays what it is in every `OpView`: the one result of an operation."""
        if is_unnamed(name) and not is_only:
            return PyName(f"result{name}")
        part = self.part(name)
        return PyName("result_") if part == "result" and not is_only else part

    def argument(self, name: str) -> PyName:
        """The parameter of the builder function for a part; the constructor's is called as the accessor."""
        return self.part(name)

    def result_types(self, index: int, name: str, *, variadic: bool, count: int) -> tuple[PyName, PyName]:
        """The parameter that takes the type (or types) of a result: of the function, of the constructor."""
        base = self.part(name).strip("_") if not is_unnamed(name) or count == 1 else f"result_{index}"
        parameter = PyName(_legal(f"{base}_types" if variadic else f"{base}_type"))
        return parameter, parameter

    def result_parameters(self, operation: Operation) -> tuple[tuple[PyName, PyName], ...]:
        """The parameter for the type of each result; with an underscore behind it where an argument has the name."""
        arguments = {self.argument(argument.name) for argument in operation.arguments}
        names = []
        for index, result in enumerate(operation.results):
            many, count = result.value.is_list, len(operation.results)
            pair = self.result_types(index, result.name, variadic=many, count=count)
            if pair[0] in arguments and not self.is_drop_in:
                pair = (PyName(f"{pair[0]}_"), PyName(f"{pair[1]}_"))
            names.append(pair)
        return tuple(names)

    def region_count(self, name: str) -> tuple[PyName, PyName]:
        """The parameter that says how many regions a variadic one has: of the function, of the constructor."""
        parameter = PyName(f"num_{snake_case(name)}")
        return parameter, parameter

    def enum(self, enum: Enum) -> PyName:
        """The class of an enum."""
        return _escaped(enum.name, KEYWORDS | BUILTINS | frozenset(self.taken))

    def enum_case(self, enum: Enum, symbol: str) -> PyName:
        """A case, in capitals, without a prefix that only repeats the dialect's or the enum's name."""
        prefix = self._redundant_prefix(enum)
        return _escaped(upper_case(symbol.removeprefix(prefix)), KEYWORDS)

    @staticmethod
    def _redundant_prefix(enum: Enum) -> str:
        symbols = [case.symbol for case in enum.cases]
        first = symbols[0].partition("_")[0] + "_" if symbols else ""
        shared = all(symbol.startswith(first) and symbol != first for symbol in symbols)
        return first if len(symbols) > 1 and shared else ""

    def definition_class(self, class_name: str) -> PyName:
        """The class of an attribute or type definition."""
        return _escaped(class_name, KEYWORDS | BUILTINS)

    def parameter(self, name: str) -> PyName:
        """A parameter of an attribute or type definition."""
        return _escaped(snake_case(name), KEYWORDS | frozenset({"context", "isinstance", "parse", "get"}))

    def helper(self, mnemonic: str, suffix: str) -> PyName:
        """A helper function for an attribute definition, e.g. `activity_array_attribute`."""
        return PyName(f"{snake_case(mnemonic)}_{suffix}")

    def coercer(self, notation: str) -> PyName:
        """The module's private function from Python values to attributes of one constraint."""
        return PyName("_to_" + "_".join(word.lower() for word in split_words(notation)))

    def type_rule(self, notation: str) -> PyName:
        """The module's private rule for a type constraint."""
        return PyName("_is_" + "_".join(word.lower() for word in split_words(notation)))

    def rules(self, operation: Operation) -> PyName:
        """The module's private rules of an operation."""
        return PyName(f"_{str(self.function(operation)).strip('_')}_rules")

    def contract(self, rule: str) -> PyName:
        """The module's private constant for a rule of contracts."""
        return PyName(f"_{snake_case(rule)}_contract")

    def check(self, dialect: Dialect, diagnostics: Diagnostics) -> None:
        """Report two things of the module that would get the same name."""
        taken: dict[str, tuple[str, Location]] = {}

        def take(name: str, what: str, location: Location) -> None:
            if name in taken:
                other, other_location = taken[name]
                diagnostics.report(
                    "name-collision",
                    f"{what} and {other} both become '{name}' in Python",
                    location,
                    "give one of them another name in the overlay (`python: {name: ...}`)",
                    [Note(f"{other} stands here", other_location)],
                )
            taken.setdefault(name, (what, location))

        for enum in dialect.enums:
            take(self.enum(enum), f"enum '{enum.name}'", enum.location)
            seen: dict[str, str] = {}
            for case in enum.cases:
                name = self.enum_case(enum, case.symbol)
                if name in seen:
                    message = f"cases '{case.symbol}' and '{seen[name]}' of '{enum.name}' both become '{name}'"
                    diagnostics.report("name-collision", message, enum.location)
                seen[name] = case.symbol
        for definition in dialect.definitions:
            name = self.definition_class(definition.class_name)
            take(name, f"definition '{definition.mnemonic}'", definition.location)
            named = [(parameter.name, self.parameter(parameter.name)) for parameter in definition.parameters]
            self._check_distinct(named, definition, diagnostics)
        for operation in dialect.operations:
            take(self.operation_class(operation), f"the class of '{operation.mnemonic}'", operation.location)
            take(self.function(operation), f"the function of '{operation.mnemonic}'", operation.location)
            self._check_parts(operation, diagnostics)

    def _check_parts(self, operation: Operation, diagnostics: Diagnostics) -> None:
        """Parts share the class's accessors, and the builder's parameters are called as they."""
        parts = (*operation.arguments, *operation.results, *operation.regions, *operation.successors)
        self._check_distinct([(part.name, self.part(part.name)) for part in parts], operation, diagnostics)

    @staticmethod
    def _check_distinct(
        names: list[tuple[str, PyName]],
        owner: Operation | Definition,
        diagnostics: Diagnostics,
    ) -> None:
        seen: dict[str, str] = {}
        for given, name in names:
            if name in seen:
                message = f"'{given}' and '{seen[name]}' of '{owner.mnemonic}' both become '{name}' in Python"
                diagnostics.report("name-collision", message, owner.location, "rename one upstream or in the facts")
            seen.setdefault(name, given)


@dataclass(frozen=True, slots=True)
class UpstreamPolicy(NamingPolicy):
    """The convention `upstream`: what `mlir-tblgen -gen-python-op-bindings` calls things.

    Constructors and accessors keep the names of the definition (`isExact`), functions turn them into snake case
    (`is_exact`). Names that Python or the generated class needs get an underscore behind them.
    """

    convention: str = "upstream"
    is_drop_in: bool = True

    def function(self, operation: Operation) -> PyName:
        """The builder function of an operation."""
        name = _escaped(operation.mnemonic.replace(".", "_"), UPSTREAM_RESERVED)
        return PyName(f"{name}_") if name == operation.class_name else name

    def operation_class(self, operation: Operation) -> PyName:
        """The `OpView` class of an operation."""
        return PyName(operation.class_name)

    def part(self, name: str) -> PyName:
        """A part of an operation, as its accessor and the constructor call it."""
        if is_unnamed(name):
            kind, number = name.strip("_0123456789") or "res", name.lstrip("_argeionsuc")
            return PyName(f"_gen_{kind}_{number}")
        return _escaped(name, UPSTREAM_RESERVED)

    def result_accessor(self, name: str, *, is_only: bool) -> PyName:
        """The accessor of a result."""
        return self.part(name)

    def argument(self, name: str) -> PyName:
        """The parameter of the builder function for a part."""
        return PyName(upstream_snake_case(self.part(name)))

    def result_types(self, index: int, name: str, *, variadic: bool, count: int) -> tuple[PyName, PyName]:
        """The parameter that takes the type (or types) of a result: of the function, of the constructor."""
        given = name
        if is_unnamed(name):
            given = "result" if count == 1 else f"_gen_res_{index}"
        part = _escaped(given, UPSTREAM_RESERVED)
        return PyName(upstream_snake_case(part)), part

    def enum_case(self, enum: Enum, symbol: str) -> PyName:
        """A case, as the enum bindings of mlir-tblgen call it."""
        return _escaped(symbol, KEYWORDS)

    def region_count(self, name: str) -> tuple[PyName, PyName]:
        """The parameter that says how many regions a variadic one has: of the function, of the constructor."""
        return PyName(upstream_snake_case(f"num_{name}")), PyName(f"num_{name}")


def policy_of(convention: str) -> NamingPolicy:
    """The policy of a convention (one of `CONVENTIONS`)."""
    return UpstreamPolicy() if convention == "upstream" else NamingPolicy()
