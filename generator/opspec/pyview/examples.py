"""Python code that builds a sample: what the generated tests run and the reference shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from opspec.dataclass import dataclass
from opspec.model.constraints import (
    AnyOf,
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Confined,
    InterfaceConstraint,
    Multiplicity,
    OpaqueConstraint,
    TypeOf,
)
from opspec.model.dialect import Dialect, Operation
from opspec.model.sample import SampleValue
from opspec.naming.policy import NamingPolicy, PyName
from opspec.naming.reserved import KEYWORDS
from opspec.naming.words import split_words
from opspec.pyview.module import PyModule
from opspec.pyview.printer import expression_lines, for_readers
from opspec.pyview.python import Expression, Member, ir, literal
from opspec.pyview.python import call as call_of
from opspec.pyview.style import style_of
from opspec.pyview.text import WIDTH, call, py_literal
from opspec.samples.resolve import ResolvedSample, SampleBlock, SampleCall, resolve_sample
from opspec.samples.values import option_for

__all__ = ["Example", "Way", "build_example", "called", "imported"]

_TAKEN = frozenset(
    "Any Path SNAPSHOTS annotations around as_printed block cases check check_text context expected ir module "
    "next_block op operation_of printed pytest require sample text texts using_release verify".split()
)
"""Names that tests and pages with examples use themselves."""
_NUMBERED = re.compile(r"(arg|op_|attribute_|affine_map_|SETUP_)\d+|attribute|affine_map")


def called(module: PyName) -> PyName:
    """What examples call the module of a dialect: its name, unless they use that themselves."""
    is_taken = module in _TAKEN or _NUMBERED.fullmatch(module)
    return PyName(f"{module}_dialect") if is_taken else module


def imported(module: PyName) -> str:
    """What stands behind `import` in front of examples."""
    name = called(module)
    return module if name == module else f"{module} as {name}"


_AS_TEXT = (AttributeKind.INTEGER_SET, AttributeKind.ELEMENTS, AttributeKind.LOCATION)
"""Attributes that a sample gives as MLIR writes them."""


@dataclass(frozen=True, slots=True)
class Example:
    """The code of a sample: what `sample(...)` takes, the names it yields, and the lines inside.

    `ends_block` says that the lines end the current block, `has_successor` that they use the one behind it, called
    `block`, `is_whole` that what they build keeps all rules, `in_function` that they stand in a function, and
    `opens_operations` that they need the operation behind what a builder returns.
    """

    setup: str
    types: tuple[str, ...]
    arguments: tuple[str, ...]
    lines: tuple[str, ...]
    ends_block: bool = False
    has_successor: bool = False
    is_whole: bool = True
    in_function: bool = True
    opens_operations: bool = False

    @property
    def helpers(self) -> tuple[str, ...]:
        """What of the package's `testing` the code uses beside `sample`."""
        used = (("next_block", self.ends_block), ("operation_of", self.opens_operations))
        return tuple(name for name, is_used in used if is_used)

    def opening(self, setup: str, indent: int) -> list[str]:
        """The `with` statement around the lines; `setup` is the variable that holds the setup's text."""
        arguments = [py_literal(text) for text in self.types]
        if self.setup:
            arguments.append(f"setup={setup}")
        if not self.in_function:
            arguments.append("in_function=False")
        bound = f"({', '.join(('module', *self.arguments))}{'' if self.arguments else ','})"
        behind = ", next_block()" if self.ends_block else ""
        behind += " as block" if self.has_successor else ""
        return call("with sample(", arguments, indent, tail=f" as {bound}{behind}:")


@dataclass(frozen=True, slots=True)
class Way:
    """How a call is written: every argument by keyword, with more arguments, behind a name that it is bound to.

    `more` are arguments by keyword, for what the sample does not give.
    """

    by_keyword: bool = False
    more: tuple[str, ...] = ()
    bound: str = ""


def _parsed(kind: str, text: str) -> Expression:
    """A type or attribute of the host, from its text."""
    return call_of(Member(ir(kind), "parse"), literal(text))


class _ExampleBuilder:
    def __init__(
        self, dialect: Dialect, naming: NamingPolicy, module: PyModule, *, as_class: bool, focus: str, way: Way
    ) -> None:
        self._focus = focus
        self._way = way
        self._dialect = dialect
        self._naming = naming
        self._style = style_of(naming)
        self._module = module
        self._called = called(module.name)
        self._as_class = as_class
        self._bound: dict[Expression, str] = {}
        self._number: Callable[[int], int] = int
        self._opens_operations = False

    def build(self, sample: ResolvedSample) -> Example:
        self._number = sample.number
        lines = _opened(sample.around) if sample.around else []
        lines += self._statements(sample.call, sample.path, 8 if sample.around else 4)
        names = tuple(f"arg{index}" for index in range(len(sample.arguments)))
        bindings: list[str] = []
        for expression, name in self._bound.items():
            head = f"{name} = "
            bindings += expression_lines(expression, 4, head, spell=for_readers, width=WIDTH - 4)
        lines = [*bindings, *(line for text in lines for line in text.split("\n"))]
        has_successor = bool(sample.call.operation.successors)
        return Example(
            sample.setup,
            sample.arguments,
            names,
            tuple(lines),
            sample.ends_block,
            has_successor,
            sample.is_whole,
            sample.in_function,
            self._opens_operations,
        )

    def _bind(self, name: str, expression: Expression) -> str:
        """A local variable for an expression, the same one whenever it recurs."""
        if expression not in self._bound:
            taken = {*self._bound.values(), self._called, "module", "block", "ir", "op"}
            self._bound[expression] = name if name not in taken else f"{name}_{len(self._bound)}"
        return self._bound[expression]

    def _type(self, text: str) -> str:
        """A local variable for a type."""
        name = "_".join(split_words(text)).lower() or "type_"
        legal = name if name.isidentifier() and name not in KEYWORDS else f"type_{name}"
        return self._bind(legal, _parsed("Type", text))

    def _types(self, texts: tuple[str, ...]) -> str:
        return self._type(texts[0]) if len(texts) == 1 else f"[{', '.join(self._type(text) for text in texts)}]"

    def _values(self, numbers: Iterable[int]) -> list[str]:
        """The variables of values."""
        return [f"arg{self._number(number)}" for number in numbers]

    def _statements(self, call: SampleCall, path: tuple[SampleBlock, ...], indent: int) -> list[str]:
        """The lines that build an operation; the blocks of `path`, one inside the other, are opened to build in them.

        So are all blocks where builders do not take bodies.
        """
        opened = path[:1] if self._style.takes_bodies else call.blocks
        if not opened:
            return self._call(call, self._as_class or bool(path), indent)
        as_class = self._as_class or bool(path)
        lines = self._call(call, as_class, indent, without=opened, bound=f"{_variable(indent)} = ")
        if not as_class:
            self._opens_operations = True
            lines = self._call(
                call, False, indent, without=opened, head=f"{_variable(indent)} = operation_of(", close="))"
            )
        for block in opened:
            rest = path[1:] if block in path[:1] else ()
            lines += self._opening(call, block, indent)
            inner: list[str] = []
            if block.goes_on:
                inner.append(f"{' ' * (indent + 4)}block = ir.InsertionPoint.current.block.create_after()")
            for index, each in enumerate(block.calls):
                inner += self._statements(each, rest if index == 0 else (), indent + 4)
            if block.goes_on:
                inner.append(f"{' ' * (indent + 4)}with ir.InsertionPoint(block):")
                inner += self._call(block.calls[-1], self._as_class, indent + 8)
            if block.terminator:
                inner.append(f"{' ' * (indent + 4)}{self._foreign(block)}")
            lines += inner or [f"{' ' * (indent + 4)}pass"]
        return lines

    def _opening(self, call: SampleCall, block: SampleBlock, indent: int) -> list[str]:
        """The `with` statement that opens a block, and the names of its arguments."""
        pad = " " * indent
        types = ", ".join(self._type(text) for text in block.arguments)
        names = self._values(block.numbers)
        bound = f"{', '.join(names)}{',' if len(names) == 1 else ''}"
        if not self._style.takes_bodies or block.region.constraint.multiplicity is Multiplicity.VARIADIC:
            index = call.operation.regions.index(block.region)
            lines = [f"{pad}block = {_variable(indent)}.operation.regions[{index}].blocks.append({types})"]
            lines.append(f"{pad}with ir.InsertionPoint(block):")
            return [*lines, f"{pad}    {bound} = block.arguments"] if names else lines
        behind = f" as ({bound})" if names else ""
        part = self._naming.of_operation(call.operation).part(block.region.name)
        return [f"{pad}with {_variable(indent)}.build_{part}({types}){behind}:"]

    def _call(
        self,
        call_: SampleCall,
        as_class: bool,
        indent: int,
        *,
        without: tuple[SampleBlock, ...] = (),
        bound: str = "",
        head: str = "",
        close: str = ")",
    ) -> list[str]:
        """The call of a builder; the blocks of `without` are left out."""
        python = self._module.operation(call_.operation.mnemonic)
        way = self._way if call_.operation.mnemonic == self._focus else Way()
        given = self._given(call_, without, indent)
        arguments = []
        for parameter in python.parameters:
            is_needed = parameter.default is None and not parameter.keyword_only
            if parameter.name in given or is_needed:
                text = given.get(parameter.name, "None")  # for what only other releases have
                named = parameter.keyword_only or way.by_keyword
                called = parameter.init_name if as_class else parameter.name
                arguments.append(f"{called}={text}" if named else text)
        arguments += [text for text in way.more if text.partition("=")[0] not in given]
        name = python.class_name if as_class else python.function
        opening = f"{head or bound or way.bound}{self._called}.{name}("
        return call(opening, arguments, indent, width=WIDTH - 4, close=close)

    def _given(self, sample: SampleCall, without: tuple[SampleBlock, ...], indent: int) -> dict[PyName, str]:
        """The expression of each parameter that the sample gives."""
        operation, naming = sample.operation, self._naming.of_operation(sample.operation)
        given: dict[PyName, str] = {}
        position = 0
        names = self._values(sample.values)
        for operand, types in zip(operation.operands, sample.operands, strict=True):
            own = names[position : position + len(types)]
            position += len(types)
            if operand.value.is_list:
                given[naming.argument(operand.name)] = f"[{', '.join(own)}]"
            elif own:
                given[naming.argument(operand.name)] = own[0]
        for attribute in operation.attributes:
            value = sample.attribute(attribute.name)
            if value is None and attribute.attribute.is_property and not self._style.has_defaults:
                given[naming.argument(attribute.name)] = "None"
            if value is not None:
                text = self._attribute(attribute.attribute.constraint, value)
                given[naming.argument(attribute.name)] = text
        all_types: list[str] = []
        names_of_types = naming.result_parameters(operation)
        for (name, _), result, types in zip(names_of_types, operation.results, sample.results, strict=True):
            is_absent = result.value.multiplicity is Multiplicity.OPTIONAL and not types
            given[name] = "None" if is_absent else self._types(types)
            all_types += types
        if not self._infers(operation):
            given.setdefault(PyName("results"), self._types(tuple(all_types)))  # an operand may have that name
        for successor in operation.successors:
            is_list = successor.multiplicity is not Multiplicity.ONE
            given[naming.argument(successor.name)] = "[block]" if is_list else "block"
        for declared in operation.regions:
            if declared.constraint.multiplicity is Multiplicity.VARIADIC:
                given[naming.region_count(declared.name)[0]] = "0" if sample.block(declared) is None else "1"
        for block in sample.blocks:
            if block not in without:
                given.update(self._body(naming.argument(block.region.name), block, indent + 4))
        return given

    def _infers(self, operation: Operation) -> bool:
        python = self._module.operation(operation.mnemonic)
        return python.computes_results

    def _body(self, part: PyName, block: SampleBlock, indent: int) -> dict[PyName, str]:
        """The arguments that fill the region `part`: a lambda, and the types of its arguments."""
        given = {part: f"lambda{self._parameters(block)}: {self._returned(block, part, indent)}"}
        if block.arguments:
            types = ", ".join(self._type(text) for text in block.arguments)
            given[PyName(f"{part}_arguments")] = f"[{types}]"
        return given

    def _parameters(self, block: SampleBlock) -> str:
        names = self._values(block.numbers)
        return f" {', '.join(names)}" if names else ""

    def _returned(self, block: SampleBlock, part: PyName, indent: int) -> str:
        """The expression that a body gives: the values for the terminator, or the terminator itself."""
        if block.terminator:
            return self._foreign(block)
        if not block.calls:
            return "None"
        (last,) = block.calls
        if block.region.terminator == last.operation.mnemonic and last.operation.passes_values_on:
            return f"[{', '.join(self._values(last.values))}]"
        head = f"{part}=lambda{self._parameters(block)}: "
        lines = self._call(last, False, indent, bound=head)
        return "\n".join(lines).strip().removeprefix(head)

    def _item(self, value: SampleValue) -> str:
        """The Python expression of an element of an array whose elements can be anything."""
        if isinstance(value, str) and value.startswith(("#", "@")):
            return self._bind("attribute", _parsed("Attribute", value))
        return py_literal(value)

    def _foreign(self, block: SampleBlock) -> str:
        """The expression that builds the terminator, one of another dialect."""
        values = ", ".join(self._values(block.numbers[index] for index in block.returns))
        operands = f", operands=[{values}]" if values else ""
        return f"ir.Operation.create({py_literal(block.terminator)}{operands})"

    def _attribute(self, constraint: AttributeConstraint, value: SampleValue) -> str:
        """The Python expression of an attribute's value."""
        if isinstance(constraint, Confined):
            return self._attribute(constraint.base, value)
        if isinstance(constraint, AnyOf):
            if isinstance(value, str) and value.startswith("@"):  # as text it may mean a string
                return self._bind("attribute", _parsed("Attribute", value))
            return self._attribute(option_for(self._dialect, constraint, value), value)
        if constraint is AttributeKind.DICTIONARY:
            return "{}"
        if constraint is AttributeKind.UNIT:
            return "True"
        if isinstance(value, tuple):
            element = constraint.element if isinstance(constraint, ArrayOf) else None
            items = [self._item(item) if element is None else self._attribute(element, item) for item in value]
            return f"[{', '.join(items)}]"
        enum = self._dialect.enum_of(constraint)
        if enum is not None and not str(value).startswith("#"):
            owner = f"{self._called}.{self._naming.enum(enum)}"
            cases = enum.cases_in(str(value))
            return " | ".join(f"{owner}.{self._naming.enum_case(enum, case.symbol)}" for case in cases)
        if isinstance(constraint, (InterfaceConstraint, OpaqueConstraint)) or constraint in _AS_TEXT:
            return self._bind("attribute", _parsed("Attribute", str(value)))
        if constraint is AttributeKind.TYPE or isinstance(constraint, TypeOf):
            return self._type(str(value))
        if isinstance(value, str) and value.startswith("#") and constraint is not AttributeKind.STRING:
            return self._bind("attribute", _parsed("Attribute", value))
        if constraint is AttributeKind.AFFINE_MAP:
            return self._bind("affine_map", call_of(ir("AffineMapAttr"), _parsed("Attribute", str(value))))
        return py_literal(value)


def _opened(around: str) -> list[str]:
    """The lines that build an operation of another dialect and open its block."""
    return [
        f"    around = ir.Operation.create({py_literal(around)}, regions=1)",
        "    with ir.InsertionPoint(around.regions[0].blocks.append()):",
    ]


def _variable(indent: int) -> str:
    """The variable of an operation whose blocks are opened; each one inside another has its own."""
    depth = indent // 4
    return "op" if depth == 1 else f"op_{depth}"


def build_example(
    dialect: Dialect,
    operation: Operation,
    naming: NamingPolicy,
    module: PyModule,
    *,
    as_class: bool = False,
    way: Way | None = None,
) -> Example:
    """The code that builds the operation's sample, with its function or (`as_class`) with its class.

    `way` is how the operation itself is called; those that it stands in are called plainly.
    """
    sample = resolve_sample(dialect, operation)
    builder = _ExampleBuilder(dialect, naming, module, as_class=as_class, focus=operation.mnemonic, way=way or Way())
    return builder.build(sample)
