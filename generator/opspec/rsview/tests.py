"""The tests of a dialect's module: operations are built from samples, read back, and compared with snapshots."""

from __future__ import annotations

from collections.abc import Sequence

from opspec.dataclass import dataclass
from opspec.model.constraints import DefinitionReference, Multiplicity
from opspec.model.dialect import Dialect, Enum, NamedAttribute, NamedValue, Region, Successor
from opspec.naming.rust import RsScope, RustPolicy
from opspec.naming.words import snake_case, split_words
from opspec.rsview.code import (
    Array,
    Atom,
    Call,
    Chain,
    Do,
    Expression,
    Function,
    Let,
    Nested,
    Reference,
    Statement,
    StructLiteral,
    Tuple,
    atom,
    call,
    melior,
)
from opspec.rsview.definition_tests import build_definition_test
from opspec.rsview.definitions import reads_back
from opspec.rsview.enums import definition_of
from opspec.rsview.inferred import find_inferred
from opspec.rsview.kinds import Kinds
from opspec.rsview.signature import Required, Signature
from opspec.rsview.text import rs_literal
from opspec.rsview.values import CONTEXT, Values, helper
from opspec.samples.ir import print_attribute, print_sample
from opspec.samples.resolve import ResolvedSample, SampleBlock, SampleCall, resolve_sample

__all__ = ["Snapshot", "build_snapshots", "build_tests"]

_AS_PRINTED = "module.as_operation()"
"""What a test compares with a snapshot."""

_TAKEN = "block context function location module next operation value".split()
"""What tests call their own things."""


def _name(signature: Signature) -> str:
    """The name of an operation's test, and of its snapshot."""
    return f"compile_{signature.function.name.removeprefix('r#')}"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a test compares: the name of the test, the expression, and the text that it gives."""

    test: str
    expression: str
    text: str


def _has_aliases(text: str) -> bool:
    """Whether MLIR gives names to parts of a module where nobody stops it."""
    return any(word in text for word in ("affine_map<", "affine_set<"))


class _Compile:
    """The test of one operation."""

    def __init__(
        self,
        dialect: Dialect,
        signatures: dict[str, Signature],
        names: RustPolicy,
        values: Values,
        sample: ResolvedSample,
    ) -> None:
        self._dialect = dialect
        self._signatures = signatures
        self._names = names
        self._values = values
        self._sample = sample
        self._scope = RsScope((*_TAKEN, *(each.function.name for each in signatures.values())))
        self._types: dict[str, str] = {}
        self._blocks: list[tuple[str, SampleBlock]] = []
        self._focus: Signature

    def build(self, signature: Signature) -> Function:
        sample = self._sample
        self._focus = signature
        next_block = "next" if sample.ends_block else ""
        if sample.in_function:
            inner = self._in_function(next_block)
        elif sample.around:
            inner = self._around("module.body()", "")
        else:
            inner = self._append(sample.call, "module.body()", "")
        setup = call(helper("parse_module"), CONTEXT, rs_literal(sample.setup)) if sample.setup else None
        opening: list[Statement] = [
            Let("context", call(helper("create_context"))),
            Let("location", call(atom("Location::unknown", melior("ir::Location")), CONTEXT)),
            Let("module", setup or call(atom("Module::new", melior("ir::Module")), "location")),
        ]
        types = [Let(name, call(helper("parse_type"), CONTEXT, rs_literal(text))) for text, name in self._types.items()]
        verified = atom("module.as_operation().verify()", melior("ir::operation::OperationLike"))
        is_aliased = _has_aliases(print_sample(self._dialect, sample))
        shown = call(helper("printed"), "&module") if is_aliased else Atom(_AS_PRINTED)
        closing = Do(call("assert!", verified)), Do(call("insta::assert_snapshot!", shown))
        body = (*opening, *types, *inner, *closing)
        return Function(_name(signature), (), None, body, head="fn", attributes=("#[test]",))

    def _in_function(self, next_block: str) -> list[Statement]:
        sample = self._sample
        lines: list[Statement] = [self._new_block("block", sample.arguments)]
        if next_block:
            lines.append(self._new_block(next_block, ()))
        lines += self._around("block", next_block) if sample.around else self._append(sample.call, "block", next_block)
        blocks = [each for each in ("block", next_block) if each]
        ending = call(helper("append_function"), CONTEXT, "&module", Array(tuple(map(Atom, blocks)), "vec!["))
        return [*lines, Do(ending)]

    def _around(self, block: str, next_block: str) -> list[Statement]:
        outer = self._scope.name("outer")
        lines = [self._new_block(outer, ()), *self._append(self._sample.call, outer, next_block)]
        built = call(helper("enclose"), rs_literal(self._sample.around), outer, "location")
        lines.append(Let("operation", built))
        return [*lines, Do(call(Atom(f"{block}.append_operation", _BLOCK_LIKE), "operation"))]

    def _type(self, text: str) -> Atom:
        if text not in self._types:
            words = "_".join(split_words(text)).lower() or "some"
            name = words if len(words) <= 30 and words[:1].isalpha() else "some"
            self._types[text] = self._scope.name(f"{name}_type")
        return Atom(self._types[text])

    def _new_block(self, name: str, types: Sequence[str]) -> Let:
        pairs = Array(tuple(Tuple((self._type(text), Atom("location"))) for text in types))
        return Let(name, call(atom("Block::new", melior("ir::Block")), Reference(pairs)))

    def _value(self, number: int) -> Expression:
        if number >= 0:
            return call(helper("value"), "&block", str(number))
        name, block = next(each for each in reversed(self._blocks) if number in each[1].numbers)
        return call(helper("value"), f"&{name}", str(block.numbers.index(number)))

    # --- operations ---

    def _append(self, sample: SampleCall, block: str, successor: str) -> list[Statement]:
        """The lines that build an operation at the end of a block, read it back, and check it."""
        signature = self._signatures[sample.operation.mnemonic]
        lines: list[Statement] = []
        regions: dict[str, str] = {}
        for region in sample.operation.regions:
            held = sample.block(region)
            if held is not None:
                regions[region.name] = self._scope.name("region")
                lines += self._region(held, regions[region.name])
        built = self._built(signature, sample, regions, successor)
        lines.append(Let("operation", built))
        lines.append(Let("operation", call(Atom(f"{block}.append_operation", _BLOCK_LIKE), "operation")))
        reader = self._names.operation(sample.operation)
        lines.append(Let("operation", Chain(call(f"{reader}::try_from", "operation"), (call("unwrap"),))))
        lines.append(Do(Atom("operation.verify().unwrap()")))
        lines += self._followed(signature, sample)
        contract = sample.operation.contract
        has_callee = contract is not None and any(a.name == contract.callee for a in sample.operation.attributes)
        if has_callee and self._sample.setup.count("func.func") == 1:
            lines.append(Let("function", call(helper("function_type"), "&module")))
            lines.append(Do(Atom("operation.verify_call(function).unwrap()")))
        return lines

    def _followed(self, signature: Signature, sample: SampleCall) -> list[Statement]:
        """The lines that compare the result's type with the one that follows, where a function gives it."""
        found = find_inferred(self._dialect, signature, self._names)
        if found is None:
            return []
        number = self._positions(sample)[found.operand][0]
        given = Let("given", Chain(self._value(number), (Call(atom("r#type", melior("ir::ValueLike")), ()),)))
        arguments = (*([CONTEXT] if found.needs_context else []), "given")
        result = self._type(sample.results[0][0])
        return [given, Do(call("assert_eq!", call(found.name, *arguments), call("Ok", result)))]

    def _region(self, held: SampleBlock, name: str) -> list[Statement]:
        block = self._scope.name("inner")
        following = self._scope.name("following") if held.goes_on else ""
        lines: list[Statement] = [self._new_block(block, held.arguments)]
        if following:
            lines.append(self._new_block(following, ()))
        self._blocks.append((block, held))
        for inner in held.calls:
            lines += self._append(inner, block, following)
        if following:
            lines += self._append(held.calls[-1], following, following)
        if held.terminator:
            values = Reference(Array(tuple(self._value(held.numbers[index]) for index in held.returns)))
            end = call(helper("terminator"), rs_literal(held.terminator), values, "location")
            lines.append(Do(call(Atom(f"{block}.append_operation", _BLOCK_LIKE), end)))
        self._blocks.pop()
        new = call(atom("Region::new", melior("ir::Region")))
        lines.append(Let(name, new))
        for each in filter(None, (block, following)):
            lines.append(Do(call(Atom(f"{name}.append_block", melior("ir::RegionLike").uses), each)))
        return lines

    def _built(self, signature: Signature, sample: SampleCall, regions: dict[str, str], successor: str) -> Expression:
        given: list[tuple[Required, Expression]] = []
        positions = self._positions(sample)
        results = self._result_types(signature, sample)
        for each in signature.required:
            match each.part:
                case NamedValue():
                    given.append((each, self._operand(each.part, positions[each.part.name], sample)))
                case NamedAttribute():
                    value = sample.attribute(each.part.name)
                    assert value is not None, "a sample gives what is required"
                    given.append((each, self._values.value(each.part.attribute.constraint, value)))
                case Region():
                    given.append((each, self._given_region(each.part, regions)))
                case Successor():
                    one = Atom(f"&{successor or 'block'}")
                    given.append((each, one if not each.type.text.startswith("&[") else Reference(Array((one,)))))
                case _:
                    given.append((each, results.pop(0)))
        arguments: list[Expression] = [Atom(CONTEXT)] if signature.needs_context else []
        if signature.is_bundled:
            held = tuple((str(each.name), value) for each, value in given)
            arguments.append(StructLiteral(Atom(signature.bundle), held))
        else:
            arguments += [value for _, value in given]
        if signature.optional:
            arguments.append(self._options(signature, sample))
        name = signature.function.name
        return call(f"super::{name}" if name in _TAKEN else name, *arguments, Atom("location"))

    def _options(self, signature: Signature, sample: SampleCall) -> Expression:
        links = []
        for option in signature.optional:
            value = sample.attribute(option.attribute.name)
            if value is not None:
                shown = self._values.value(option.attribute.attribute.constraint, value, is_held=True)
                links.append(call("set_new" if option.name == "new" else option.name, shown))
        new = call(f"{signature.options}::new")
        return Chain(new, tuple(links)) if links else new

    def _positions(self, sample: SampleCall) -> dict[str, tuple[int, ...]]:
        found, position = {}, 0
        for operand, types in zip(sample.operation.operands, sample.operands, strict=True):
            found[operand.name] = sample.values[position : position + len(types)]
            position += len(types)
        return found

    def _operand(self, part: NamedValue, numbers: tuple[int, ...], sample: SampleCall) -> Expression:
        values = tuple(self._value(number) for number in numbers)
        match part.value.multiplicity:
            case Multiplicity.ONE:
                return values[0]
            case Multiplicity.OPTIONAL:
                return call("Some", values[0]) if values else Atom("None")
            case Multiplicity.NESTED:
                return Reference(Array((Reference(Array(values)),)))
            case Multiplicity.VARIADIC:
                return Reference(Array(values))

    def _result_types(self, signature: Signature, sample: SampleCall) -> list[Expression]:
        given = [each for each in signature.required if each.part == "result_types"]
        if not given:
            return []
        if len(given) == 1:
            types = tuple(self._type(text) for part in sample.results for text in part)
            return [self._shown_types(given[0], types)]
        return [
            self._shown_types(each, tuple(map(self._type, part)))
            for each, part in zip(given, sample.results, strict=True)
        ]

    def _shown_types(self, each: Required, types: tuple[Atom, ...]) -> Expression:
        match each.type.text[0]:
            case "T":
                return types[0]
            case "O":
                return call("Some", types[0]) if types else Atom("None")
            case "[":
                return Array(types)
            case _:
                return Reference(Array(types))

    def _given_region(self, region: Region, regions: dict[str, str]) -> Expression:
        name = regions.get(region.name)
        match region.constraint.multiplicity:
            case Multiplicity.ONE:
                return Atom(name) if name else call(atom("Region::new", melior("ir::Region")))
            case Multiplicity.OPTIONAL:
                return Atom(f"Some({name})" if name else "None")
            case _:
                return Array((Atom(name),) if name else (), "vec![")


_BLOCK_LIKE = melior("ir::BlockLike").uses


def _mnemonics(dialect: Dialect, enum: Enum, names: RustPolicy, values: Values) -> Function:
    """The test of an enum: the texts of its cases, there and back, and the attributes that hold them."""
    name = names.enum(enum)
    cases = [case for case in enum.cases if not enum.bits or case.value]
    listed = Array(tuple(values.case(enum.name, case.symbol) for case in cases))
    texts = Array(tuple(Atom(rs_literal(case.text)) for case in cases))
    checks: list[Statement] = [
        Do(
            call(
                "assert_eq!",
                f"{name}::from_mnemonic(&case.mnemonic())" if enum.bits else f"{name}::from_mnemonic(case.mnemonic())",
                "Ok(case)",
            )
        )
    ]
    definition = definition_of(dialect, enum)
    body: list[Statement] = [
        Let("cases", listed),
        Do(call("assert_eq!", "cases.map(|case| case.mnemonic())", texts)),
    ]
    if definition is not None and reads_back(definition) and not enum.bits:
        body.insert(0, Let("context", call(helper("create_context"))))
        body.append(Let("attributes", Atom("cases.map(|case| case.attribute(&context).unwrap())")))
        reference = DefinitionReference(definition.dialect or dialect.name, definition.mnemonic)
        written = Array(tuple(Atom(rs_literal(print_attribute(dialect, reference, case.text))) for case in cases))
        body.append(Let("texts", written))
        body.append(Do(call("assert_eq!", "attributes.map(|attribute| attribute.to_string())", "texts")))
        reader = names.parameters(definition)[definition.parameters[0].name]
        body.append(Do(call("assert_eq!", f"attributes.map(|attribute| attribute.{reader}())", "cases.map(Ok)")))
    body.append(Nested(Atom("for case in cases"), tuple(checks)))
    return Function(f"{snake_case(name)}_mnemonics", (), None, tuple(body), head="fn", attributes=("#[test]",))


def build_tests(
    dialect: Dialect, signatures: Sequence[Signature], names: RustPolicy, kinds: Kinds
) -> tuple[Function, ...]:
    """A test for each enum, and for each operation."""
    values = Values(dialect, names, kinds)
    found = {signature.operation.mnemonic: signature for signature in signatures}
    tests = [_mnemonics(dialect, enum, names, values) for enum in dialect.enums if enum.cases]
    for definition in dialect.definitions:
        tests += build_definition_test(dialect, definition, names, values)
    for signature in signatures:
        sample = resolve_sample(dialect, signature.operation)
        tests.append(_Compile(dialect, found, names, values, sample).build(signature))
    return tuple(tests)


def build_snapshots(dialect: Dialect, signatures: Sequence[Signature]) -> tuple[Snapshot, ...]:
    """The snapshot of each operation's test: what MLIR prints of its sample."""
    found = []
    for signature in signatures:
        text = print_sample(dialect, resolve_sample(dialect, signature.operation))
        found.append(Snapshot(_name(signature), "printed(&module)" if _has_aliases(text) else _AS_PRINTED, text))
    return tuple(found)
