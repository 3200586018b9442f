"""Enums, attributes and types of a dialect in Rust."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from opspec.dataclass import dataclass
from opspec.model.constraints import (
    AttributeKind,
    AttributeParameter,
    DefinitionReference,
    DenseArray,
    EnumReference,
    ListOf,
    ParameterConstraint,
    ParameterKind,
)
from opspec.model.definitions import layout_of
from opspec.model.dialect import AttributeDefinition, Definition, Dialect, NamedParameter
from opspec.naming.rust import RustPolicy
from opspec.notation.assembly import AssemblyFormat
from opspec.notation.scanning import written
from opspec.rsview.code import (
    Atom,
    Chain,
    Constant,
    Do,
    Field,
    Function,
    Impl,
    Item,
    Let,
    Nested,
    Parameter,
    Statement,
    StructItem,
    Tail,
    Use,
    atom,
    call,
    declared,
    melior,
)
from opspec.rsview.kinds import CONTEXT, class_of
from opspec.rsview.signature import MOST_PARAMETERS
from opspec.rsview.text import docs, rs_literal

__all__ = ["build_definition", "has_constructor", "reading_of", "reads_back"]

_ERROR = declared("Error")
_TO_TEXT = declared("ToText")
_PARAMETERS = {
    ParameterKind.BOOL: "bool",
    ParameterKind.INT32: "i32",
    ParameterKind.INT64: "i64",
    ParameterKind.UINT32: "u32",
    ParameterKind.UINT64: "u64",
    ParameterKind.FLOAT: "f64",
    ParameterKind.DOUBLE: "f64",
    ParameterKind.STRING: "&str",
}
_ATTRIBUTES = {
    AttributeKind.STRING: "StringAttribute",
    AttributeKind.FLAT_SYMBOL_REF: "FlatSymbolRefAttribute",
    AttributeKind.FLOAT: "FloatAttribute",
    AttributeKind.INTEGER: "IntegerAttribute",
    AttributeKind.TYPE: "TypeAttribute",
}
_DENSE = {"i1": "&[bool]", "i8": "&[i64]", "i16": "&[i64]", "i32": "&[i64]", "i64": "&[i64]"}
_MARK, _END = "\ue000", "\ue001"
_PLACEHOLDER = re.compile(f"{_MARK}(.*?){_END}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: literal text, or the value of a parameter; `within` is the parameter without which it goes."""

    text: str = ""
    parameter: str = ""
    within: str = ""


def reads_back(definition: Definition) -> bool:
    """Whether an attribute or type is written with one parameter alone, so that its text gives it."""
    layout = layout_of(definition)
    if layout is None or len(definition.parameters) != 1:
        return False
    (named,) = definition.parameters
    if named.parameter.optional or named.parameter.default is not None:
        return False
    return AssemblyFormat(layout, [named.name]).print({named.name: _MARK}).strip("<> ") == _MARK


class _Definitions:
    def __init__(self, dialect: Dialect, definition: Definition, names: RustPolicy) -> None:
        self._dialect = dialect
        self._definition = definition
        self._policy = names
        self._names = names.parameters(definition)
        self._type = names.definition(definition)
        self._is_attribute = isinstance(definition, AttributeDefinition)
        self._base = "Attribute" if self._is_attribute else "Type"
        self._field = "attribute" if self._is_attribute else "r#type"
        self._melior = melior(f"ir::{self._base}")
        owner = definition.dialect or dialect.name
        self._place = (rs_literal(owner), rs_literal(definition.mnemonic))
        self._prefix = f"{'#' if self._is_attribute else '!'}{owner}.{definition.mnemonic}"

    def build(self) -> tuple[Item, ...]:
        definition = self._definition
        summary = definition.doc.summary or f"The {self._base.lower()} `{self._prefix}`"
        words = docs(summary, "", f"Written `{self._prefix}`.", definition.doc.description)
        inner = atom(f"{self._base}<'c>", self._melior)
        struct = StructItem(
            self._type, (Field(self._field, inner),), words, "<'c>", "Debug, Clone, Copy, PartialEq, Eq"
        )
        members = [*self._constructor(), self._parse(), *self._readers()]
        head = Atom(f"<'c> {self._type}<'c>")
        return (struct, Impl(head, tuple(members)), self._try_from(), self._into(), self._display(), *self._reading())

    # --- making ---

    def pieces_of_constructor(self) -> tuple[Piece, ...] | None:
        """What a constructor writes; None where there can be none."""
        return None if len(self._definition.parameters) >= MOST_PARAMETERS else self._pieces()

    def _constructor(self) -> Iterator[Function]:
        pieces = self.pieces_of_constructor()
        parameters = self._definition.parameters
        if pieces is None:
            return
        given = [Parameter("context", atom("&'c Context", CONTEXT))]
        for named in parameters:
            type = self._parameter_type(named.parameter.constraint)
            if self._is_open(named):
                type = atom(f"Option<{type.text}>", type)
            given.append(Parameter(self._names[named.name], type))
        body: list[Statement] = []
        if any(piece.parameter for piece in pieces):
            body.append(Let("mut text", call("String::from", rs_literal(pieces[0].text))))
            for within, group in groupby(pieces[1:], lambda piece: piece.within):
                lines = tuple(map(self._pushed, group))
                name = self._names[within] if within else ""
                body += (Nested(Atom(f"if let Some({name}) = {name}"), lines),) if within else lines
            body.append(Tail(call("Self::parse", "context", "&text")))
        else:
            body.append(Tail(call("Self::parse", "context", rs_literal(pieces[0].text))))
        rows = [
            f"- `{self._names[named.name]}`: {' '.join(named.doc.summary.split())}"
            for named in parameters
            if named.doc.summary
        ]
        listed = "\n".join(["# Arguments", "", *rows]) if rows else ""
        words = docs(f"Creates the {self._base.lower()} from its parameters", listed)
        returns = atom("Result<Self, Error>", _ERROR)
        yield Function("new", tuple(given), returns, tuple(body), words)

    def _is_open(self, named: NamedParameter) -> bool:
        return named.parameter.optional or named.parameter.default is not None

    def _pushed(self, piece: Piece) -> Do:
        if not piece.parameter and len(piece.text) == 1 and piece.text not in "'\\\\\n":
            return Do(call("text.push", f"'{piece.text}'"))
        if not piece.parameter:
            return Do(call("text.push_str", rs_literal(piece.text)))
        named = next(each for each in self._definition.parameters if each.name == piece.parameter)
        name = self._names[piece.parameter]
        match named.parameter.constraint:
            case EnumReference(enum):
                shown = f"{name}.mnemonic()"
                return Do(call("text.push_str", f"&{shown}" if self._dialect.enum(enum).bits else shown))
            case AttributeParameter(DenseArray(word)) if word in _DENSE:
                return Do(Atom(f'text.push_str(&format!("[{{}}]", {name}.to_text()))', _TO_TEXT.uses))
            case _:
                return Do(Atom(f"text.push_str(&{name}.to_text())", _TO_TEXT.uses))

    def _parameter_type(self, constraint: ParameterConstraint) -> Atom:
        match constraint:
            case EnumReference(name):
                return Atom(str(self._policy.enum(self._dialect.enum(name))))
            case ListOf(element):
                inner = self._parameter_type(element)
                return atom(f"&[{inner.text}]", inner)
            case AttributeParameter(DenseArray(word)) if word in _DENSE:
                return Atom(_DENSE[word])
            case AttributeParameter(AttributeKind() as kind) if kind in _ATTRIBUTES:
                return class_of(_ATTRIBUTES[kind])
            case ParameterKind.TYPE:
                return atom("Type<'c>", melior("ir::Type"))
            case ParameterKind() if constraint in _PARAMETERS:
                return Atom(_PARAMETERS[constraint])
            case _:
                return class_of("Attribute")

    def _pieces(self) -> tuple[Piece, ...] | None:
        """The text of the definition in pieces; None where only C++ knows it, or it depends on several parameters."""
        layout = layout_of(self._definition)
        names = [named.name for named in self._definition.parameters]
        if layout is None or any(self._is_written_apart(named) for named in self._definition.parameters):
            return None
        form = AssemblyFormat(layout, names)
        everything = {name: f"{_MARK}{name}{_END}" for name in names}
        whole = self._whole(form.print(everything))
        spans: list[tuple[int, int, str]] = []
        for named in self._definition.parameters:
            if not self._is_open(named):
                continue
            others = {name: text for name, text in everything.items() if name != named.name}
            span = _difference(whole, self._whole(form.print(others)), everything[named.name])
            if span is None:
                return None
            spans.append((*span, named.name))
        spans.sort()
        if any(first[1] > second[0] for first, second in pairwise(spans)):
            return None
        return tuple(_cut(whole, spans))

    def _whole(self, body: str) -> str:
        return written(self._prefix, body)

    def _is_written_apart(self, named: NamedParameter) -> bool:
        """Whether a parameter is written as only its own definition says."""
        constraint = named.parameter.constraint
        is_list = isinstance(constraint, ListOf) and isinstance(constraint.element, EnumReference)
        return is_list or (
            isinstance(constraint, AttributeParameter) and isinstance(constraint.constraint, DefinitionReference)
        )

    # --- reading ---

    def _parse(self) -> Function:
        parameters = (Parameter("context", atom("&'c Context", CONTEXT)), Parameter("text", Atom("&str")))
        made = atom(f"{self._base}::parse(context, text)", self._melior)
        body = (
            Nested(
                Atom(f"match {made.text}", made.uses),
                (
                    Atom(f"Some({self._field}) => {self._field}.try_into(),"),
                    Atom("None => Err(Error::Unreadable { text: text.into() }),"),
                ),
            ),
        )
        words = docs(f"Reads the {self._base.lower()} from its text")
        return Function("parse", parameters, atom("Result<Self, Error>", _ERROR), body, words)

    def _readers(self) -> Iterator[Function]:
        """What is read of the one parameter of a definition: a case of an enum, or a type."""
        if not reads_back(self._definition):
            return
        (named,) = self._definition.parameters
        name = self._names[named.name]
        words = docs(named.doc.summary or f"Returns the parameter `{named.name}`")
        text = Let("text", Atom(f"self.{self._field}.to_string()"))
        found = Chain(call(declared("parameter_of"), "&text", *self._place), (call("unwrap_or_default"),))
        inner = Let("found", found)
        if isinstance(named.parameter.constraint, EnumReference):
            enum = self._policy.enum(self._dialect.enum(named.parameter.constraint.name))
            body = (text, inner, Tail(call(f"{enum}::from_mnemonic", "found")))
            yield Function(name, (Parameter("&self", None),), Atom(f"Result<{enum}, Error>", _ERROR.uses), body, words)
        elif named.parameter.constraint is ParameterKind.TYPE:
            parameters = (Parameter("&self", None), Parameter("context", atom("&'c Context", CONTEXT)))
            error = Atom("|| Error::Unreadable { text: text.clone() }")
            parsed = Let("parsed", atom("Type::parse(context, found)", melior("ir::Type")))
            tail = Tail(call("parsed.ok_or_else", error))
            returns = atom("Result<Type<'c>, Error>", melior("ir::Type"), _ERROR)
            yield Function(name, parameters, returns, (text, inner, parsed, tail), words)

    def _try_from(self) -> Impl:
        base = atom(f"{self._base}<'c>", self._melior)
        text = f"&{self._field}.to_string()"
        wrong = call("Err", call(declared("another"), rs_literal(self._prefix), self._field))
        body = (
            Let("is_own", call(declared("is_written_by"), text, *self._place)),
            Nested(Atom("if !is_own"), (Do(wrong, "return "),)),
            Tail(Atom(f"Ok(Self {{ {self._field} }})")),
        )
        parameters = (Parameter(self._field, base),)
        convert = Function("try_from", parameters, atom("Result<Self, Error>", _ERROR), body, head="fn")
        head = atom(f"<'c> TryFrom<{base.text}> for {self._type}<'c>", base)
        return Impl(head, (convert,), (Atom("type Error = Error;"),))

    def _into(self) -> Impl:
        base = atom(f"{self._base}<'c>", self._melior)
        parameters = (Parameter("value", Atom(f"{self._type}<'c>")),)
        convert = Function("from", parameters, Atom("Self"), (Tail(Atom(f"value.{self._field}")),), head="fn")
        return Impl(atom(f"<'c> From<{self._type}<'c>> for {base.text}", base), (convert,))

    def _display(self) -> Impl:
        formatter = Atom("&mut fmt::Formatter")
        body = (Tail(call("self." + self._field + ".fmt", "formatter")),)
        parameters = (Parameter("&self", None), Parameter("formatter", formatter))
        show = Function("fmt", parameters, Atom("fmt::Result"), body, head="fn")
        return Impl(Atom(f" fmt::Display for {self._type}<'_>", (Use("std", "fmt"),)), (show,))

    def _reading(self) -> tuple[Item, ...]:
        if not self._is_attribute:
            return ()
        return (reading_of(f"{self._type}<'c>", self._prefix, Atom("attribute.try_into().ok()")),)


def reading_of(type: str, kind: str, value: Atom) -> Impl:
    """How a type is read from an attribute; `kind` is what the attribute has to be, `value` what it gives."""
    attribute = atom("Attribute<'c>", melior("ir::Attribute"))
    constant = Constant("KIND", Atom("&'static str"), Atom(rs_literal(kind)))
    read = Function(
        "from_attribute", (Parameter("attribute", attribute),), Atom("Option<Self>"), (Tail(value),), head="fn"
    )
    return Impl(atom(f"<'c> FromAttribute<'c> for {type}", declared("FromAttribute")), (constant, read))


def _difference(whole: str, without: str, held: str) -> tuple[int, int] | None:
    """Where in `whole` the text stands that `without` lacks, around `held`; None where that is not one piece."""
    size = len(whole) - len(without)
    for start in range(len(without) + 1):
        end = start + size
        if whole[:start] + whole[end:] == without and held in whole[start:end]:
            return start, end
    return None


def _cut(whole: str, spans: list[tuple[int, int, str]]) -> Iterator[Piece]:
    """The pieces of a text; the first is literal text. `spans` are in order, each with the parameter it hangs on."""
    position = 0
    for start, end, name in [*spans, (len(whole), len(whole), "")]:
        yield from _parts(whole[position:start], "")
        yield from _parts(whole[start:end], name)
        position = end


def _parts(text: str, within: str) -> Iterator[Piece]:
    for number, part in enumerate(_PLACEHOLDER.split(text)):
        if number % 2:
            yield Piece(parameter=part, within=within)
        elif part:
            yield Piece(text=part, within=within)


def has_constructor(dialect: Dialect, definition: Definition, names: RustPolicy) -> bool:
    """Whether an attribute or type is made of parameters, and not only read from its text."""
    return _Definitions(dialect, definition, names).pieces_of_constructor() is not None


def build_definition(dialect: Dialect, definition: Definition, names: RustPolicy) -> tuple[Item, ...]:
    """The items of an attribute or type."""
    return _Definitions(dialect, definition, names).build()
