"""Every name in generated Python is decided here, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from opspec.diagnostics import Diagnostics, Location, Note
from opspec.model.dialect import Dialect, Enum, Operation, is_unnamed
from opspec.naming.reserved import BUILTINS, FUNCTION_PARAMETERS, KEYWORDS, MODULE_NAMES, VIEW_MEMBERS
from opspec.naming.words import snake_case, split_words, upper_case

__all__ = ["CONVENTIONS", "NamingPolicy", "PyName"]

PyName = NewType("PyName", str)
"""A legal Python name that came out of the policy."""

CONVENTIONS = ("mnemonic",)


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

    def function(self, operation: Operation) -> PyName:
        """The builder function of an operation."""
        name = operation.python_name or snake_case(operation.mnemonic)
        return _escaped(name, KEYWORDS | BUILTINS | MODULE_NAMES)

    def operation_class(self, operation: Operation) -> PyName:
        """The `OpView` class of an operation."""
        return _escaped(operation.class_name, KEYWORDS | BUILTINS)

    def part(self, name: str) -> PyName:
        """An operand, attribute, result, region or successor of an operation: parameter and accessor alike."""
        if is_unnamed(name):
            return PyName(f"result{name}" if name != "_0" else "result")
        return _escaped(snake_case(name), KEYWORDS | VIEW_MEMBERS | FUNCTION_PARAMETERS)

    def result_type(self, name: str, *, variadic: bool) -> PyName:
        """The parameter that takes the type (or types) of a result."""
        base = "result" if is_unnamed(name) and name == "_0" else snake_case(name).strip("_")
        return PyName(f"{base}_types" if variadic else f"{base}_type")

    def body(self, region: str, *, only: bool) -> PyName:
        """The parameter that takes the builder of a region's body."""
        return self.part("body" if only else region)

    def enum(self, enum: Enum) -> PyName:
        """The class of an enum."""
        return _escaped(enum.name, KEYWORDS | BUILTINS)

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
        for operation in dialect.operations:
            take(self.operation_class(operation), f"the class of '{operation.mnemonic}'", operation.location)
            take(self.function(operation), f"the function of '{operation.mnemonic}'", operation.location)
            self._check_parts(operation, diagnostics)

    def _check_parts(self, operation: Operation, diagnostics: Diagnostics) -> None:
        seen: dict[str, str] = {}
        parts = (*operation.arguments, *operation.results, *operation.regions, *operation.successors)
        for part in parts:
            name = self.part(part.name)
            if name in seen:
                message = f"'{part.name}' and '{seen[name]}' of '{operation.mnemonic}' both become '{name}' in Python"
                diagnostics.report("name-collision", message, operation.location, "rename one upstream or in the facts")
            seen[name] = part.name
