"""Every name in generated Python is decided here, once: a convention, applied."""

from __future__ import annotations

from dataclasses import replace

from opspec.dataclass import dataclass
from opspec.model.dialect import Definition, Dialect, Enum, NamedParameter, Operation, is_unnamed
from opspec.model.names import Names, OldName
from opspec.naming.conventions import MNEMONIC, Convention
from opspec.naming.pynames import PyName, legal, made_name
from opspec.naming.reserved import (
    BUILTINS,
    DEFINITION_MEMBERS,
    ENUM_MEMBERS,
    FUNCTION_PARAMETERS,
    KEYWORDS,
    LOCALS,
    MODULE_NAMES,
    VIEW_MEMBERS,
    why_no_case,
    why_no_module,
)
from opspec.naming.words import snake_case, split_words

__all__ = ["CASES", "CLASSES", "FUNCTIONS", "PARAMETERS", "PARTS", "NamingPolicy", "PyName", "escaped"]

FUNCTIONS = KEYWORDS | BUILTINS | MODULE_NAMES
"""What a function of the module is not called."""
PARTS = KEYWORDS | VIEW_MEMBERS | FUNCTION_PARAMETERS | LOCALS
"""What a part of an operation is not called."""
CLASSES = KEYWORDS | BUILTINS
"""What a class of the module is not called."""
PARAMETERS = KEYWORDS | DEFINITION_MEMBERS
"""What a parameter of an attribute or type is not called."""
CASES = KEYWORDS | ENUM_MEMBERS
"""What a case of an enum is not called."""


def escaped(name: str, reserved: frozenset[str], pattern: str = "{}_") -> PyName:
    """The name, changed by the pattern if it is taken."""
    found = made_name(name)
    return PyName(pattern.format(found)) if found in reserved else found


@dataclass(frozen=True, slots=True)
class NamingPolicy:
    """A convention applied to a dialect, under the choices of its overlay.

    By default functions are called after the mnemonic, in PEP 8's snake case, and classes as upstream calls them:
    `fwddiff` stays `fwddiff`, `addTo` becomes `add_to`, `blas.syrk` becomes `blas_syrk`. Whatever is a keyword gets an
    underscore behind it (`yield_`); functions also where they would hide a builtin (`set_`); parts of an operation
    also where they would hide a member of `OpView` or a parameter of every builder (`operands_`).
    """

    convention: Convention = MNEMONIC
    is_drop_in: bool = False
    """Whether call surfaces follow mlir-tblgen in all, not only in names."""
    taken: frozenset[str] = frozenset()
    """Names of the dialect's classes and functions, to which enums yield."""
    chosen: tuple[tuple[str, str], ...] = ()
    """The names that an overlay chose for parts of the operation, or parameters of the definition, at hand."""

    def of_dialect(self, dialect: Dialect) -> NamingPolicy:
        """The same policy, knowing a dialect's own words and the names of its operations."""
        convention = self.convention.with_words(dialect.names.words, dialect.names.splits)
        known = replace(self, convention=convention)
        names = {str(known.function(operation)) for operation in dialect.operations}
        names |= {str(known.operation_class(operation)) for operation in dialect.operations}
        return replace(known, taken=frozenset(names))

    def of_operation(self, operation: Operation) -> NamingPolicy:
        """The same policy, knowing what the overlay calls the parts of an operation."""
        if self.is_drop_in:
            return self
        parts = (*operation.arguments, *operation.results, *operation.regions, *operation.successors)
        chosen = tuple((part.name, part.names.chosen.text) for part in parts if part.names.chosen)
        return replace(self, chosen=chosen)

    def calling(self, part: str, name: str) -> NamingPolicy:
        """The same policy, with another name for one part."""
        others = tuple(pair for pair in self.chosen if pair[0] != part)
        return replace(self, chosen=(*others, (part, name)))

    def _chosen(self, name: str) -> PyName | None:
        return next((PyName(chosen) for given, chosen in self.chosen if given == name), None)

    def _own(self, names: Names) -> PyName | None:
        return PyName(names.chosen.text) if names.chosen and not self.is_drop_in else None

    def _escaped(self, name: str, reserved: frozenset[str]) -> PyName:
        """The name, changed if it is taken, or if Python gives names like it a meaning of their own."""
        plain = f"_{name.lstrip('_')}" if name.startswith("__") else name
        return escaped(plain, reserved, self.convention.escape)

    def module(self, dialect: Dialect) -> PyName:
        """The module of a dialect."""
        chosen = dialect.names.module
        if chosen and not self.is_drop_in:
            return PyName(chosen.text)
        return self._escaped(dialect.name, frozenset({dialect.name}) if why_no_module(dialect.name) else KEYWORDS)

    def function(self, operation: Operation) -> PyName:
        """The builder function of an operation."""
        return self._own(operation.names) or self.function_after(operation.mnemonic, operation.class_name)

    def function_after(self, mnemonic: str, class_name: str) -> PyName:
        """The builder function of an operation with that mnemonic and class, where nobody chose a name."""
        name = self._escaped(self.convention.function(mnemonic, class_name), FUNCTIONS)
        return PyName(self.convention.escape.format(name)) if name == self.class_after(class_name) else name

    def operation_class(self, operation: Operation) -> PyName:
        """The `OpView` class of an operation."""
        chosen = operation.names.class_name
        if chosen and not self.is_drop_in:
            return PyName(chosen.text)
        return self.class_after(operation.class_name)

    def class_after(self, class_name: str) -> PyName:
        """The `OpView` class of an operation whose definition has that class, where nobody chose a name."""
        return self._escaped(self.convention.styled(class_name, self.convention.classes), CLASSES)

    def part(self, name: str) -> PyName:
        """An operand, attribute, result, region or successor of an operation: parameter and accessor alike."""
        if (chosen := self._chosen(name)) is not None:
            return chosen
        if is_unnamed(name):
            kind, number = name.strip("_0123456789") or "result", name.lstrip("_argeionsuc")
            return PyName("result" if name == "_0" else f"{kind}_{number}")
        return self._escaped(self.convention.styled(name, self.convention.parameters), PARTS)

    def result_accessor(self, name: str, *, is_only: bool) -> PyName:
        """The accessor of a result. `result` stays what it is in every `OpView`: the one result of an operation."""
        if is_unnamed(name) and not is_only and self._chosen(name) is None:
            return made_name(f"result{name}")
        part = self.part(name)
        return PyName("result_") if part == "result" and not is_only else part

    def argument(self, name: str) -> PyName:
        """The parameter of the builder function for a part; the constructor's is called as the accessor."""
        return self.part(name)

    def result_types(self, index: int, name: str, *, variadic: bool, count: int) -> tuple[PyName, PyName]:
        """The parameter that takes the type (or types) of a result: of the function, of the constructor."""
        is_numbered = is_unnamed(name) and count != 1 and self._chosen(name) is None
        base = f"result_{index}" if is_numbered else self.part(name).strip("_")
        parameter = made_name(f"{base}_types" if variadic else f"{base}_type")
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
        parameter = PyName(f"num_{self._chosen(name) or snake_case(name)}")
        return parameter, parameter

    def enum(self, enum: Enum) -> PyName:
        """The class of an enum."""
        is_taken = legal(enum.name) in self.taken
        return self._own(enum.names) or self._escaped(enum.name, self.taken if is_taken else CLASSES)

    def enum_text(self, enum: Enum) -> PyName | None:
        """The type of the texts of its cases; None for bits, which many texts name, and for a drop-in."""
        return None if enum.bits or self.is_drop_in or not enum.cases else PyName(f"{self.enum(enum)}Text")

    def enum_case(self, enum: Enum, symbol: str) -> PyName:
        """A case, without a prefix that only repeats the dialect's or the enum's name; in capitals by default."""
        case = enum.case(symbol)
        chosen = self._own(case.names) if case is not None else None
        return chosen or self.case_after(enum, symbol)

    def case_after(self, enum: Enum, symbol: str) -> PyName:
        """The case with that symbol, where nobody chose a name."""
        prefix = enum.shared_word if self.convention.shared_prefix else ""
        name = self.convention.styled(symbol.removeprefix(prefix), self.convention.enum_cases)
        return self._escaped(name, CASES | {name} if why_no_case(name) else CASES)

    def definition_class(self, definition: Definition) -> PyName:
        """The class of an attribute or type definition."""
        return self._own(definition.names) or self._escaped(definition.class_name, CLASSES)

    def parameter_of(self, parameter: NamedParameter) -> PyName:
        """A parameter of an attribute or type definition."""
        return self._own(parameter.names) or self.parameter(parameter.name)

    def parameter_named(self, definition: Definition, name: str) -> PyName:
        """The parameter of a definition that the dialect calls `name`."""
        named = [parameter for parameter in definition.parameters if parameter.name == name]
        return self.parameter_of(named[0]) if named else self.parameter(name)

    def parameter(self, name: str) -> PyName:
        """A parameter of an attribute or type definition, where nobody chose a name."""
        return self._escaped(self.convention.styled(name, self.convention.parameters), PARAMETERS)

    def helper(self, mnemonic: str, suffix: str) -> PyName:
        """A helper function for an attribute definition, e.g. `activity_array_attribute`."""
        return made_name(f"{snake_case(mnemonic)}_{suffix}")

    def coercer(self, notation: str) -> PyName:
        """The module's private function from Python values to attributes of one constraint."""
        return PyName("_to_" + "_".join(word.lower() for word in split_words(notation)))

    def type_rule(self, notation: str) -> PyName:
        """The module's private rule for a type constraint."""
        return PyName("_is_" + "_".join(word.lower() for word in split_words(notation)))

    def rules(self, operation: Operation) -> PyName:
        """The module's private rules of an operation."""
        name = str(self.function(operation)).lstrip("_")
        is_escaped = name.rstrip("_") in FUNCTIONS  # so that no other operation has the name without the underscore
        return PyName(f"_{name.rstrip('_') if is_escaped else name}_rules")

    def contract(self, rule: str) -> PyName:
        """The module's private constant for a rule of contracts."""
        return PyName(f"_{snake_case(rule)}_contract")

    def old_function(self, operation: Operation, old: OldName) -> PyName:
        """The function that an operation had under an old name."""
        if old.is_python:
            return PyName(old.text)
        return self.function_after(old.text, old.class_name or operation.class_name)

    def old_part(self, old: OldName) -> PyName:
        """What a part of an operation was called under an old name."""
        return PyName(old.text) if old.is_python else replace(self, chosen=()).part(old.text)

    def old_parameter(self, old: OldName) -> PyName:
        """What a parameter of an attribute or type was called under an old name."""
        return PyName(old.text) if old.is_python else self.parameter(old.text)

    def old_case(self, enum: Enum, old: OldName) -> PyName:
        """What a case was called under an old name."""
        return PyName(old.text) if old.is_python else self.case_after(enum, old.text)
