"""The type that reads an operation back: accessors with types of their own, and the checks of what is declared."""

from __future__ import annotations

from opspec.model.constraints import AttributeKind, EnumCases, Literal, Multiplicity
from opspec.model.dialect import Dialect, NamedAttribute, NamedValue
from opspec.naming.rust import RsName, RustPolicy
from opspec.rsview.code import (
    Array,
    Atom,
    Call,
    Constant,
    Do,
    Field,
    Function,
    Impl,
    Item,
    Let,
    Parameter,
    Reference,
    Statement,
    StructItem,
    StructLiteral,
    Tail,
    Try,
    atom,
    call,
    declared,
    melior,
)
from opspec.rsview.kinds import Kind, Kinds
from opspec.rsview.signature import VALUE, Signature
from opspec.rsview.text import article, docs, rs_literal

__all__ = ["build_reader"]

_ERROR = declared("Error")
_REFERENCE = melior("ir::OperationRef")
_COUNTS = {Multiplicity.ONE: "Count::One", Multiplicity.OPTIONAL: "Count::Optional"}
_SELF = (Parameter("&self", None),)
_LAYOUT = "&Self::LAYOUT"


def _result_of(type: Atom) -> Atom:
    return atom(f"Result<{type.text}, Error>", type, _ERROR)


class _Reader:
    def __init__(self, dialect: Dialect, signature: Signature, names: RustPolicy, kinds: Kinds, name: str) -> None:
        self._dialect = dialect
        self._signature = signature
        self._operation = signature.operation
        self._policy = names
        self._kinds = kinds
        self._name = name
        self._type = names.operation(signature.operation)

    def build(self, further: tuple[Function, ...]) -> tuple[Item, ...]:
        """The struct, its members, and how an operation becomes one."""
        reference = atom("OperationRef<'c, 'a>", _REFERENCE)
        struct = StructItem(
            self._type,
            (Field("operation", reference),),
            docs(f"{article(self._name)} `{self._name}` operation"),
            "<'c, 'a>",
        )
        own = Function(
            "operation", _SELF, reference, (Tail(Atom("self.operation")),), docs("Returns the operation itself")
        )
        parts = *self._values(), *self._attributes(), *self._blocks(), self._verify()
        members: tuple[Function | Constant, ...] = (self._layout(), own, *parts, *further)
        return (
            struct,
            Impl(Atom(f"<'c, 'a> {self._type}<'c, 'a>"), members),
            self._conversion(),
        )

    def _conversion(self) -> Impl:
        check = Try(call(declared("check_name"), "operation", rs_literal(self._name)))
        body = (Do(check), Tail(Atom("Ok(Self { operation })")))
        parameters = (Parameter("operation", atom("OperationRef<'c, 'a>", _REFERENCE)),)
        convert = Function("try_from", parameters, Atom("Result<Self, Error>", _ERROR.uses), body, head="fn")
        head = Atom(f"<'c, 'a> TryFrom<OperationRef<'c, 'a>> for {self._type}<'c, 'a>", _REFERENCE.uses)
        return Impl(head, (convert,), (Atom("type Error = Error;"),))

    def _layout(self) -> Constant:
        operation = self._operation
        parts = {
            "operands": [o.value.multiplicity for o in operation.operands],
            "results": [r.value.multiplicity for r in operation.results],
            "regions": [r.constraint.multiplicity for r in operation.regions],
            "successors": [s.multiplicity for s in operation.successors],
        }
        values: list[tuple[str, Array | Atom | Reference]] = [
            (key, Reference(Array(tuple(atom(_COUNTS.get(c, "Count::Many"), declared("Count")) for c in counts))))
            for key, counts in parts.items()
        ]
        for key, trait in (
            ("has_operand_segments", "AttrSizedOperandSegments"),
            ("has_result_segments", "AttrSizedResultSegments"),
        ):
            values.append((key, Atom(str(operation.has_trait(trait)).lower())))
        return Constant("LAYOUT", declared("Layout"), StructLiteral(Atom("Layout"), tuple(values)))

    def _accessor(self, part: str, type: Atom, value: Call, doc: str, name: RsName | None = None) -> Function:
        name = name or self._signature.name(part)
        return Function(name, _SELF, _result_of(type), (Tail(value),), docs(doc or f"Returns `{part}`"))

    def _values(self) -> list[Function]:
        found = []
        for side, values in (("operand", self._operation.operands), ("result", self._operation.results)):
            for index, named in enumerate(values):
                type, reader = _reading(named, side)
                value = call(declared(reader), "self.operation", _LAYOUT, str(index))
                found.append(self._accessor(named.name, type, value, named.doc.summary))
        return found

    def _attributes(self) -> list[Function]:
        return [self._attribute(named) for named in self._operation.attributes]

    def _attribute(self, named: NamedAttribute) -> Function:
        kind = self._kinds.kind(named.attribute.constraint)
        key = rs_literal(named.name)
        name, doc = self._signature.name(named.name), named.doc.summary
        if named.attribute.constraint is AttributeKind.UNIT:
            value = call(declared("present"), "self.operation", key)
            return Function(name, _SELF, Atom("bool"), (Tail(value),), docs(doc or f"Returns `{named.name}`"))
        if named.attribute.required:
            return self._accessor(named.name, kind.read, call(declared("required"), "self.operation", key), doc)
        optional = call(declared("optional"), "self.operation", key)
        default = self._default(named.attribute.default, kind)
        if default is None:
            return self._accessor(named.name, atom(f"Option<{kind.read.text}>", kind.read), optional, doc)
        read = Let("found", Try(optional))
        name = self._signature.name(named.name)
        body = (read, Tail(Atom(f"Ok(found.unwrap_or({default}))")))
        return Function(name, _SELF, _result_of(kind.read), body, docs(doc or f"Returns `{named.name}`"))

    def _default(self, default: Literal | None, kind: Kind) -> str | None:
        """A default that Rust has a plain value for; None where an attribute that is not there reads as none."""
        match default, kind.read.text:
            case bool(), "bool":
                return str(default).lower()
            case int(), "i64" | "u64":
                return str(default)
            case float() | int(), "f64" if not isinstance(default, bool):
                return repr(float(default)) if abs(float(default)) < 1e16 else None
            case EnumCases((symbol,)), text:
                enums = [enum for enum in self._dialect.enums if self._policy.enum(enum) == text]
                if enums and enums[0].case(symbol) is not None and not enums[0].bits:
                    return f"{text}::{self._policy.cases(enums[0])[symbol]}"
        return None

    def _blocks(self) -> list[Function]:
        found = []
        for index, region in enumerate(self._operation.regions):
            is_one = region.constraint.multiplicity is Multiplicity.ONE
            one = atom("RegionRef<'c, 'a>", melior("ir::RegionRef"))
            type = one if is_one else atom(f"Vec<{one.text}>", one)
            value = call(declared("region" if is_one else "regions"), "self.operation", _LAYOUT, str(index))
            found.append(self._accessor(region.name, type, value, region.doc.summary))
        for index, successor in enumerate(self._operation.successors):
            is_one = successor.multiplicity is Multiplicity.ONE
            one = atom("BlockRef<'c, 'a>", melior("ir::BlockRef"))
            type = one if is_one else atom(f"Vec<{one.text}>", one)
            value = call(declared("successor" if is_one else "successors"), "self.operation", _LAYOUT, str(index))
            found.append(self._accessor(successor.name, type, value, successor.doc.summary))
        return found

    def _verify(self) -> Function:
        body: list[Statement] = [
            Do(Atom("check_layout(self.operation, &Self::LAYOUT)?", declared("check_layout").uses))
        ]
        for named in self._operation.attributes:
            kind = self._kinds.kind(named.attribute.constraint)
            if named.attribute.constraint is AttributeKind.UNIT:
                continue
            body.append(Do(Atom(f"self.{self._signature.name(named.name)}()?")))
            if kind.typed:
                given = "self.operation", rs_literal(named.name), rs_literal(kind.typed)
                body.append(Do(Try(call(declared("typed"), *given))))
        doc = docs("Checks the numbers of values, regions and successors, and the kinds of attributes")
        returns = Atom("Result<(), Error>", _ERROR.uses)
        return Function("verify", _SELF, returns, (*body, Tail(Atom("Ok(())"))), doc)


def _reading(named: NamedValue, side: str) -> tuple[Atom, str]:
    """The type that an operand or result is read as, and what reads it."""
    value = atom("Value<'c, 'a>", VALUE)
    match named.value.multiplicity:
        case Multiplicity.ONE:
            return value, side
        case Multiplicity.OPTIONAL:
            return atom(f"Option<{value.text}>", value), f"optional_{side}"
        case _:
            return atom(f"Vec<{value.text}>", value), f"{side}s"


def build_reader(
    dialect: Dialect,
    signature: Signature,
    names: RustPolicy,
    kinds: Kinds,
    name: str,
    further: tuple[Function, ...] = (),
) -> tuple[Item, ...]:
    """The items that read an operation called `name`; `further` are members about it."""
    return _Reader(dialect, signature, names, kinds, name).build(further)
