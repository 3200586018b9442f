"""Python code that builds a sample: what the generated tests run and the reference shows."""

from __future__ import annotations

from dataclasses import dataclass

from opspec.model.check import enum_of
from opspec.model.constraints import (
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Confined,
    InterfaceConstraint,
    Multiplicity,
    OpaqueConstraint,
    TypeOf,
)
from opspec.model.dialect import Dialect, EnumCase, Operation
from opspec.model.sample import SampleRegion, SampleValue
from opspec.naming.policy import NamingPolicy, PyName
from opspec.naming.reserved import KEYWORDS
from opspec.naming.words import split_words
from opspec.surface.layout import WIDTH, call, py_literal
from opspec.surface.module import PyModule, PyOperation
from opspec.surface.samples import ResolvedSample, resolve_sample

__all__ = ["Example", "build_example"]

_AS_TEXT = (AttributeKind.INTEGER_SET, AttributeKind.ELEMENTS, AttributeKind.LOCATION)
"""Attributes that a sample gives as MLIR writes them."""


@dataclass(frozen=True, slots=True)
class Example:
    """The code of a sample: what `sample(...)` takes, the names it yields, and the lines inside.

    `has_successor` says that the lines use a second block, called `block`.
    """

    setup: str
    types: tuple[str, ...]
    arguments: tuple[str, ...]
    lines: tuple[str, ...]
    has_successor: bool = False

    def opening(self, setup: str, indent: int) -> list[str]:
        """The `with` statement around the lines; `setup` is the variable that holds the setup's text."""
        arguments = [py_literal(text) for text in self.types]
        if self.setup:
            arguments.append(f"setup={setup}")
        bound = f"({', '.join(('module', *self.arguments))}{',' * (not self.arguments)})"
        behind = ", next_block() as block" if self.has_successor else ""
        return call("with sample(", arguments, indent, tail=f" as {bound}{behind}:")


class _ExampleBuilder:
    def __init__(self, dialect: Dialect, naming: NamingPolicy, module: PyModule, *, as_class: bool) -> None:
        self._dialect = dialect
        self._naming = naming
        self._module = module
        self._as_class = as_class
        self._bound: dict[str, str] = {}

    def build(self, sample: ResolvedSample) -> Example:
        names = tuple(f"arg{index}" for index in range(len(sample.types)))
        python = self._module.operation(sample.operation.mnemonic)
        if sample.inner is None and sample.regions and self._naming.is_drop_in:
            lines = self._with_blocks(sample, python, names)
        elif sample.inner is None:
            lines = self._call(sample, python, names, self._as_class, 4)
        else:
            lines = self._with_inner(sample, sample.inner, python, names)
        bindings = [f"    {name} = {expression}" for expression, name in self._bound.items()]
        return Example(sample.setup, sample.types, names, (*bindings, *lines), bool(sample.operation.successors))

    def _bind(self, name: str, expression: str) -> str:
        """A local variable for an expression, the same one whenever it recurs."""
        if expression not in self._bound:
            taken = set(self._bound.values())
            self._bound[expression] = name if name not in taken else f"{name}_{len(taken)}"
        return self._bound[expression]

    def _type(self, text: str) -> str:
        """A local variable for a type."""
        name = "_".join(split_words(text)).lower() or "type_"
        legal = name if name.isidentifier() and name not in KEYWORDS else f"type_{name}"
        return self._bind(legal, f"ir.Type.parse({py_literal(text)})")

    def _types(self, texts: tuple[str, ...]) -> str:
        return self._type(texts[0]) if len(texts) == 1 else f"[{', '.join(self._type(text) for text in texts)}]"

    def _with_inner(
        self, sample: ResolvedSample, inner: Operation, python: PyOperation, names: tuple[str, ...]
    ) -> list[str]:
        """The parent as a class, its region open, and the terminator in it."""
        lines = self._call(sample, python, names, True, 4, with_regions=False, bound="op = ")
        region = next(r for r in sample.regions)
        return [*lines, *self._block(sample.operation, region, inner, len(names))]

    def _block(self, operation: Operation, region: SampleRegion, end: Operation, first: int) -> list[str]:
        """A block in a region of the operation `op`, with the terminator `end`; its arguments count from `first`."""
        arguments = [f"arg{first + i}" for i in range(len(region.arguments))]
        types = ", ".join(self._type(text) for text in region.arguments)
        bound = f"({', '.join(arguments)}{',' * (len(arguments) == 1)})"
        if self._naming.is_drop_in:  # mlir-tblgen's classes leave regions to the host's own API
            index = [declared.name for declared in operation.regions].index(region.name)
            lines = [f"    body = op.operation.regions[{index}].blocks.append({types})"]
            targets = bound if len(arguments) == 1 else bound[1:-1]
            lines += [f"    {targets} = body.arguments"] if arguments else []
            lines.append("    with ir.InsertionPoint(body):")
        else:
            lines = [f"    with op.build_{self._naming.part(region.name)}({types}) as {bound}:"]
        function = self._module.operation(end.mnemonic)
        name = function.class_name if self._as_class else function.function
        returned = ", ".join(arguments[i] for i in region.returns)
        return [*lines, f"        {self._module.name}.{name}([{returned}])"]

    def _with_blocks(self, sample: ResolvedSample, python: PyOperation, names: tuple[str, ...]) -> list[str]:
        """A call whose function takes no bodies, and then the blocks of its regions."""
        lines = self._call(sample, python, names, self._as_class, 4, bound="op = ")
        count = sum(len(types) for types in sample.results)
        if count and not self._as_class:  # the function returned values
            lines.append(f"    op = op{'[0]' * (count > 1)}.owner")
        for region in sample.regions:
            (declared,) = (found for found in sample.operation.regions if found.name == region.name)
            if declared.terminator:
                lines += self._block(sample.operation, region, self._dialect.operation(declared.terminator), len(names))
        return lines

    def _call(
        self,
        sample: ResolvedSample,
        python: PyOperation,
        names: tuple[str, ...],
        as_class: bool,
        indent: int,
        *,
        with_regions: bool = True,
        bound: str = "",
    ) -> list[str]:
        given = self._given(sample, names, with_regions)
        arguments = []
        for parameter in python.parameters:
            if parameter.name in given:
                text = given[parameter.name]
                arguments.append(f"{parameter.name}={text}" if parameter.keyword_only else text)
        name = python.class_name if as_class else python.function
        return call(f"{bound}{self._module.name}.{name}(", arguments, indent, width=WIDTH - 4)

    def _given(self, sample: ResolvedSample, names: tuple[str, ...], with_regions: bool) -> dict[PyName, str]:
        """The expression of each parameter that the sample gives."""
        operation = sample.operation
        given: dict[PyName, str] = {}
        position = 0
        for operand, types in zip(operation.operands, sample.operands, strict=True):
            own = names[position : position + len(types)]
            position += len(types)
            if operand.value.is_list:
                given[self._naming.argument(operand.name)] = f"[{', '.join(own)}]"
            elif own:
                given[self._naming.argument(operand.name)] = own[0]
        for attribute in operation.attributes:
            value = sample.attribute(attribute.name)
            if value is None and attribute.attribute.is_property and self._naming.is_drop_in:
                given[self._naming.argument(attribute.name)] = "None"
            if value is not None:
                text = self._attribute(attribute.attribute.constraint, value)
                given[self._naming.argument(attribute.name)] = text
        all_types: list[str] = []
        names_of_types = self._naming.result_parameters(operation)
        for (name, _), result, types in zip(names_of_types, operation.results, sample.results, strict=True):
            is_absent = result.value.multiplicity is Multiplicity.OPTIONAL and not types
            given[name] = "None" if is_absent else self._types(types)
            all_types += types
        given[PyName("results")] = self._types(tuple(all_types))
        if self._infers(operation):
            del given[PyName("results")]
        for successor in operation.successors:
            is_list = successor.multiplicity is not Multiplicity.ONE
            given[self._naming.argument(successor.name)] = "[block]" if is_list else "block"
        for declared in operation.regions:
            if declared.constraint.multiplicity is Multiplicity.VARIADIC:
                given[self._naming.region_count(declared.name)[0]] = "0"
        if with_regions:
            for region in sample.regions:
                given.update(self._region(region, len(names)))
        return given

    def _infers(self, operation: Operation) -> bool:
        python = self._module.operation(operation.mnemonic)
        return python.computes_results

    def _region(self, region: SampleRegion, first: int) -> dict[PyName, str]:
        part = self._naming.argument(region.name)
        arguments = [f"arg{first + i}" for i in range(len(region.arguments))]
        returned = ", ".join(arguments[i] for i in region.returns)
        types = ", ".join(self._type(text) for text in region.arguments)
        return {
            part: f"lambda {', '.join(arguments)}: [{returned}]",
            PyName(f"{part}_arguments"): f"[{types}]",
        }

    def _attribute(self, constraint: AttributeConstraint, value: SampleValue) -> str:
        """The Python expression of an attribute's value."""
        if isinstance(constraint, Confined):
            return self._attribute(constraint.base, value)
        if constraint is AttributeKind.DICTIONARY:
            return "{}"
        if isinstance(value, tuple):
            element = constraint.element if isinstance(constraint, ArrayOf) else None
            items = [py_literal(item) if element is None else self._attribute(element, item) for item in value]
            return f"[{', '.join(items)}]"
        enum_name = enum_of(self._dialect, constraint)
        if enum_name is not None:
            enum = self._dialect.enum(enum_name)
            case = _case(enum.cases, str(value))
            return f"{self._module.name}.{self._naming.enum(enum)}.{self._naming.enum_case(enum, case.symbol)}"
        if isinstance(constraint, (InterfaceConstraint, OpaqueConstraint)) or constraint in _AS_TEXT:
            return self._bind("attribute", f"ir.Attribute.parse({py_literal(str(value))})")
        if constraint is AttributeKind.TYPE or isinstance(constraint, TypeOf):
            return self._type(str(value))
        if isinstance(value, str) and value.startswith("#"):
            return self._bind("attribute", f"ir.Attribute.parse({py_literal(value)})")
        if constraint is AttributeKind.AFFINE_MAP:
            return self._bind("affine_map", f"ir.AffineMapAttr(ir.Attribute.parse({py_literal(value)}))")
        return py_literal(value)


def _case(cases: tuple[EnumCase, ...], text: str) -> EnumCase:
    return next(case for case in cases if text in (case.text, case.symbol))


def build_example(
    dialect: Dialect, operation: Operation, naming: NamingPolicy, module: PyModule, *, as_class: bool = False
) -> Example:
    """The code that builds the operation's sample, with its function or (`as_class`) with its class."""
    sample = resolve_sample(dialect, operation)
    own = naming.of_operation(sample.operation)
    return _ExampleBuilder(dialect, own, module, as_class=as_class).build(sample)
