"""The function that builds an operation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from opspec.model.constraints import Multiplicity
from opspec.model.dialect import NamedAttribute, NamedValue, Region, Successor
from opspec.rsview.code import (
    Array,
    Atom,
    Call,
    Chain,
    Expression,
    Function,
    Reference,
    Tail,
    atom,
    call,
    declared,
    melior,
)
from opspec.rsview.signature import Required, Signature
from opspec.rsview.text import article, docs, rs_literal

__all__ = ["build_function"]

_BUILDER = melior("ir::operation::OperationBuilder")
_ALWAYS = ("context", "options", "location", "arguments")


def build_function(signature: Signature, name: str) -> Function:
    """The function, with its words and its body; `name` is the operation's in the IR."""
    operation, function = signature.operation, signature.function
    about = f"Creates {article(name)} `{name}` operation."
    words = (*docs(operation.doc.summary, about), operation.doc.description.strip())
    rows = [_row(p.name, p.doc) for p in function.parameters if p.name not in _ALWAYS]
    words = tuple(filter(None, (*words, "\n".join(["# Arguments", "", *rows]) if rows else "")))
    new = call(atom("OperationBuilder::new", _BUILDER), rs_literal(name), "location")
    chain = Chain(new, (*_Links(signature).build(), call("build"), call("expect", '"valid operation"')))
    return replace(function, docs=words, body=(Tail(chain),))


def _row(name: str, doc: str) -> str:
    shown = " ".join(doc.split())
    return f"- `{name}`: {shown}" if shown else f"- `{name}`"


class _Links:
    """The calls that add what is given to a builder."""

    def __init__(self, signature: Signature) -> None:
        self._signature = signature
        self._operation = signature.operation

    def build(self) -> list[Call]:
        """Attributes, operands, results, regions, successors."""
        signature = self._signature
        links = [self._named(each) for each in signature.required if isinstance(each.part, NamedAttribute)]
        links += _grouped("add_operands", map(self._operand, self._of(NamedValue)))
        links += self._segments()
        if signature.optional:
            links.append(call("add_attributes", Reference(Atom("options.attributes(context)"))))
        links += _grouped("add_results", self._results())
        links += self._regions()
        links += _grouped("add_successors", map(self._successor, self._of(Successor)))
        return links

    def _of(self, kind: type) -> list[Required]:
        return [each for each in self._signature.required if isinstance(each.part, kind)]

    def _given(self, each: Required) -> str:
        return f"arguments.{each.name}" if self._signature.is_bundled else each.name

    def _named(self, each: Required) -> Call:
        assert isinstance(each.part, NamedAttribute) and each.kind is not None, "only attributes are asked about"
        made = each.kind.make(Atom(self._given(each)))
        pair = call(declared("named"), "context", rs_literal(each.part.name), made)
        return call("add_attributes", Reference(Array((pair,))))

    def _operand(self, each: Required) -> tuple[bool, Expression]:
        """Whether it is one value, and the value or the slice."""
        assert isinstance(each.part, NamedValue), "only operands are asked about"
        given = self._given(each)
        match each.part.value.multiplicity:
            case Multiplicity.ONE:
                return True, Atom(given)
            case Multiplicity.OPTIONAL:
                return False, Atom(f"{given}.as_slice()")
            case Multiplicity.NESTED:
                return False, Atom(f"&{given}.concat()")
            case Multiplicity.VARIADIC:
                return False, Atom(given)

    def _results(self) -> Iterable[tuple[bool, Expression]]:
        required = {getattr(each.part, "name", ""): each for each in self._signature.required}
        for source in self._signature.result_sources:
            yield True, atom(f"{self._given(required[source])}.r#type()", melior("ir::ValueLike"))
        for each in self._signature.required:
            if each.part == "result_types":
                given, text = self._given(each), each.type.text
                shown = {"&": given, "[": f"&{given}", "O": f"{given}.as_slice()"}.get(text[0], given)
                yield text[0] == "T", Atom(shown)

    def _successor(self, each: Required) -> tuple[bool, Expression]:
        return not each.type.text.startswith("&["), Atom(self._given(each))

    def _regions(self) -> list[Call]:
        given = self._of(Region)
        if all(each.type.text.startswith("Region") for each in given):
            return [call("add_regions", Array(tuple(Atom(self._given(each)) for each in given)))] if given else []
        links = []
        for each in given:
            name = self._given(each)
            if each.type.text.startswith("Region"):
                links.append(call("add_regions", Array((Atom(name),))))
            else:
                shown = name if each.type.text.startswith("Vec") else f"{name}.into_iter().collect()"
                links.append(call("add_regions_vec", shown))
        return links

    def _segments(self) -> list[Call]:
        """The attributes that say how values belong to parts."""
        operation, links = self._operation, []
        if operation.has_trait("AttrSizedOperandSegments"):
            sizes = [_size(self._given(each), each.part.value.multiplicity) for each in self._of(NamedValue)]  # type: ignore[union-attr]
            links.append(_sizes("operandSegmentSizes", sizes))
        if operation.has_trait("AttrSizedResultSegments"):
            links.append(_sizes("resultSegmentSizes", self._result_sizes()))
        for each in self._of(NamedValue):
            assert isinstance(each.part, NamedValue), "only operands are asked about"
            if each.part.value.segments:
                counted = Atom(f"{self._given(each)}.iter().map(|group| group.len())")
                sizes_of = call(declared("dense_integers"), "context", counted)
                pair = call(declared("named"), "context", rs_literal(each.part.value.segments), sizes_of)
                links.append(call("add_attributes", Reference(Array((pair,)))))
        return links

    def _result_sizes(self) -> list[str]:
        if self._signature.result_sources:
            return ["1"] * len(self._signature.result_sources)
        given = [each for each in self._signature.required if each.part == "result_types"]
        sizes = {"&": "{}.len()", "O": "{}.iter().count()", "T": "1"}
        return [sizes[each.type.text[0]].format(self._given(each)) for each in given]


def _size(given: str, many: Multiplicity) -> str:
    match many:
        case Multiplicity.ONE:
            return "1"
        case Multiplicity.OPTIONAL:
            return f"{given}.iter().count()"
        case Multiplicity.NESTED:
            return f"{given}.concat().len()"
        case Multiplicity.VARIADIC:
            return f"{given}.len()"


def _sizes(name: str, sizes: Iterable[str]) -> Call:
    pair = call(declared("segments"), "context", rs_literal(name), Reference(Array(tuple(map(Atom, sizes)))))
    return call("add_attributes", Reference(Array((pair,))))


def _grouped(method: str, given: Iterable[tuple[bool, Expression]]) -> list[Call]:
    """Calls of a method: neighbours that are one value each go together, a slice goes alone."""
    links: list[Call] = []
    ones: list[Expression] = []
    added: Callable[[list[Expression]], Call] = lambda held: call(method, Reference(Array(tuple(held))))  # noqa: E731
    for is_one, expression in given:
        if is_one:
            ones.append(expression)
            continue
        if ones:
            links.append(added(ones))
            ones = []
        links.append(call(method, expression))
    return [*links, added(ones)] if ones else links
