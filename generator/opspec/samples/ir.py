"""A sample as MLIR prints it, written without MLIR: an expectation that the builders have to meet."""

from __future__ import annotations

import textwrap
from functools import reduce
from operator import or_

from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Builtin,
    Confined,
    DefinitionReference,
    DenseArray,
    EnumReference,
    IntegerOf,
    InterfaceConstraint,
    Multiplicity,
    OpaqueConstraint,
    ParameterKind,
    TypeOf,
)
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Dialect
from opspec.model.sample import SampleValue
from opspec.notation.assembly import AssemblyFormat
from opspec.notation.quoting import quote, symbol_text
from opspec.notation.scanning import written
from opspec.samples.resolve import ResolvedSample, SampleBlock, SampleCall
from opspec.samples.values import option_for

__all__ = ["print_attribute", "print_block", "print_sample"]


def _float(value: SampleValue) -> str:
    return f"{float(value):.6e}" if isinstance(value, (int, float)) else str(value)


def _number(value: SampleValue, word: str) -> str:
    """An element of a dense array."""
    if isinstance(value, bool):
        return str(value).lower()
    return _float(value) if word.startswith("f") else str(value)


def _symbol(text: str) -> str:
    """A reference to a symbol: of its name, or of its path such as `@outer::@inner`."""
    return text if text.startswith("@") else symbol_text(text)


def _elided(text: str) -> str:
    """An element of an array: the types that MLIR takes for granted are not written."""
    return text.removesuffix(" : i64").removesuffix(" : f64")


class _Printer:
    def __init__(self, dialect: Dialect, sample: ResolvedSample | None = None) -> None:
        self._dialect = dialect
        self._sample = sample

    def attribute(self, constraint: AttributeConstraint, value: SampleValue) -> str:
        """The text of an attribute."""
        if isinstance(value, str) and value.startswith("#") and constraint is not AttributeKind.STRING:
            return value
        match constraint:
            case Confined(base, _):
                return self.attribute(base, value)
            case AnyOf():
                return self.attribute(option_for(self._dialect, constraint, value), value)
            case IntegerOf("i", 1):
                return "true" if value else "false"
            case IntegerOf(prefix, width):
                return f"{value} : {prefix}{width}"
            case Builtin(word):
                return f"{_float(value)} : {word}"
            case ArrayOf(element):
                items = value if isinstance(value, tuple) else ()
                return f"[{', '.join(_elided(self.attribute(element, item)) for item in items)}]"
            case DenseArray(word):
                items = value if isinstance(value, tuple) else ()
                texts = [_number(item, word) for item in items]
                return f"array<{word}: {', '.join(texts)}>" if texts else f"array<{word}>"
            case EnumReference(name):
                enum = self._dialect.enum(name)
                number = reduce(or_, (case.value for case in enum.cases_in(str(value))))
                return f"{number} : {enum.storage}"
            case DefinitionReference():
                return self._definition(constraint, value)
            case TypeOf():
                return str(value)
            case AttributeKind():
                return self._builtin(constraint, value)
            case InterfaceConstraint() | OpaqueConstraint():
                return str(value)
            case AnyConstraint():
                return self._free(value)

    def _free(self, value: SampleValue) -> str:
        """An attribute whose kind follows from the value alone."""
        match value:
            case bool():
                return str(value).lower()
            case int():
                return f"{value} : i64"
            case float():
                return f"{_float(value)} : f64"
            case tuple():
                return f"[{', '.join(_elided(self._free(item)) for item in value)}]"
            case str() if value.startswith(("#", "@")):
                return _symbol(value) if value.startswith("@") else value
            case _:
                return quote(str(value))

    def _builtin(self, kind: AttributeKind, value: SampleValue) -> str:
        match kind:
            case AttributeKind.BOOL:
                return str(value).lower()
            case AttributeKind.STRING | AttributeKind.SYMBOL_NAME:
                return quote(str(value))
            case AttributeKind.SYMBOL_REF | AttributeKind.FLAT_SYMBOL_REF:
                return _symbol(str(value))
            case AttributeKind.INTEGER:
                return f"{value} : i64"
            case AttributeKind.FLOAT:
                return f"{_float(value)} : f64"
            case AttributeKind.INDEX:
                return f"{value} : index"
            case AttributeKind.UNIT:
                return "unit"
            case AttributeKind.ARRAY:
                return self._free(value)
            case AttributeKind.DICTIONARY:
                return "{}"
            case _:
                return str(value)

    def _definition(self, reference: DefinitionReference, value: SampleValue) -> str:
        definition = self._dialect.attribute(reference.dialect, reference.mnemonic)
        if definition is None or is_opaque(definition) or len(definition.parameters) != 1 or str(value).startswith("#"):
            return str(value)
        ((name, constraint),) = [(p.name, p.parameter.constraint) for p in definition.parameters]
        text = quote(str(value)) if constraint is ParameterKind.STRING else _number(value, "")
        prefix = f"#{reference.dialect}.{reference.mnemonic}"
        return written(prefix, AssemblyFormat(definition.format or "", [name]).print({name: text}))

    def operation(self, call: SampleCall, first_result: int) -> list[str]:
        """The operation's lines, in the generic form; `first_result` is the number of its results."""
        name = f"{self._dialect.name}.{call.operation.mnemonic}"
        results = tuple(text for part in call.results for text in part)
        head = f"%{first_result}{f':{len(results)}' if len(results) > 1 else ''} = " if results else ""
        successors = ["^bb1"] * len(call.operation.successors)
        operands = self._values(call.values) + (f")[{', '.join(successors)}]" if successors else ")")
        tail = f"{self._dictionary(call)} : ({', '.join(call.types)}) -> {_result_text(results)}"
        regions = [
            region
            for region in call.operation.regions
            if region.constraint.multiplicity is Multiplicity.ONE or call.block(region) is not None
        ]
        if not regions:
            return [f'{head}"{name}"({operands}{tail}']
        lines = [f'{head}"{name}"({operands} ({{']
        for index, declared in enumerate(regions):
            lines += ["}, {"] * (index > 0)
            block = call.block(declared)
            if block is not None:
                lines += self.block(block, first_result + bool(results))
        return [*lines, f"}}){tail}"]

    def _values(self, numbers: tuple[int, ...]) -> str:
        assert self._sample is not None, "attributes alone have no values"
        return ", ".join(f"%arg{self._sample.number(number)}" for number in numbers)

    def block(self, block: SampleBlock, first_result: int) -> list[str]:
        """The lines of a region's block, and of the one that it goes on in."""
        lines: list[str] = []
        for call in block.calls:
            lines += [f"  {line}" for line in self.operation(call, first_result)]
            first_result += any(call.results)
        if block.goes_on:
            last = self.operation(block.calls[-1], first_result)
            count = len(block.calls[-1].operation.successors)
            preds = ", ".join(["^bb0"] * count + ["^bb1"] * count)
            lines += [f"^bb1:  // {2 * count} preds: {preds}", *(f"  {line}" for line in last)]
        if block.terminator:
            values = self._values(tuple(block.numbers[index] for index in block.returns))
            types = ", ".join(block.arguments[index] for index in block.returns)
            lines.append(f'  "{block.terminator}"({values}) : ({types}) -> ()')
        if block.arguments:
            names = self._values(block.numbers).split(", ")
            typed = [f"{name}: {text}" for name, text in zip(names, block.arguments, strict=True)]
            return [f"^bb0({', '.join(typed)}):", *lines]
        return lines or ["^bb0:"]

    def _dictionary(self, sample: SampleCall) -> str:
        texts: dict[str, str] = {}
        if sample.operation.has_trait("AttrSizedOperandSegments"):
            sizes = ", ".join(str(len(part)) for part in sample.operands)
            texts["operandSegmentSizes"] = f"array<i32: {sizes}>"
        if sample.operation.has_trait("AttrSizedResultSegments"):
            sizes = ", ".join(str(len(part)) for part in sample.results)
            texts["resultSegmentSizes"] = f"array<i32: {sizes}>"
        for attribute in sample.operation.attributes:
            value = sample.attribute(attribute.name)
            if value is not None:
                texts[attribute.name] = self.attribute(attribute.attribute.constraint, value)
        if not texts:
            return ""
        written = [key if texts[key] == "unit" else f"{key} = {texts[key]}" for key in sorted(texts)]
        return f" {{{', '.join(written)}}}"


def _result_text(results: tuple[str, ...]) -> str:
    if len(results) == 1:
        return f"({results[0]})" if "->" in results[0] else results[0]
    return f"({', '.join(results)})"


def print_attribute(dialect: Dialect, constraint: AttributeConstraint, value: SampleValue) -> str:
    """The text of an attribute that a sample gives as `value`."""
    return _Printer(dialect).attribute(constraint, value)


def print_block(dialect: Dialect, sample: ResolvedSample, block: SampleBlock) -> str:
    """The text of a region's block in a sample; results in it are numbered from 0."""
    return "\n".join(_Printer(dialect, sample).block(block, 0))


def print_sample(dialect: Dialect, sample: ResolvedSample) -> str:
    """The module that the sample builds, as MLIR prints it with every attribute in place."""
    body = _Printer(dialect, sample).operation(sample.call, 0)
    if sample.around:
        body = [f'"{sample.around}"() ({{', *(f"  {line}" for line in body), "}) : () -> ()"]
    if not sample.in_function:
        return "module {\n" + textwrap.indent("\n".join([*sample.setup.splitlines(), *body]), "  ") + "\n}\n"
    arguments = ", ".join(f"%arg{index}: {text}" for index, text in enumerate(sample.arguments))
    block: list[str] = []
    if sample.ends_block:
        count = len(sample.call.operation.successors)
        texts = {0: "no predecessors", 1: "pred: ^bb0"}
        block = [f"^bb1:  // {texts.get(count) or f'{count} preds: ' + ', '.join(['^bb0'] * count)}"]
    function = [f"func.func @sample({arguments}) {{", *(f"  {line}" for line in body), *block, "  return", "}"]
    inner = [*sample.setup.splitlines(), *function]
    return "module {\n" + textwrap.indent("\n".join(inner), "  ") + "\n}\n"
