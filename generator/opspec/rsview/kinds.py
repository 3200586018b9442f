"""What an attribute constraint is in Rust: the type of a parameter, the attribute made of it, and what is read back."""

from __future__ import annotations

from collections.abc import Callable

from opspec.dataclass import dataclass
from opspec.model.constraints import (
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Builtin,
    Confined,
    DefinitionReference,
    DenseArray,
    EnumReference,
    IntegerOf,
    TypeOf,
)
from opspec.model.dialect import Dialect
from opspec.naming.rust import RustPolicy
from opspec.rsview.code import Atom, Expression, atom, call, declared, melior

__all__ = ["CONTEXT", "Kind", "Kinds", "class_of"]

CONTEXT = melior("Context")
_MAKERS = {"i": "integer", "int": "integer", "si": "signed_integer", "ui": "unsigned_integer"}
_CLASSES = {
    AttributeKind.STRING: "StringAttribute",
    AttributeKind.SYMBOL_NAME: "StringAttribute",
    AttributeKind.FLAT_SYMBOL_REF: "FlatSymbolRefAttribute",
    AttributeKind.INTEGER: "IntegerAttribute",
    AttributeKind.FLOAT: "FloatAttribute",
    AttributeKind.TYPE: "TypeAttribute",
}
_DENSE = {"i32": "DenseI32ArrayAttribute", "i64": "DenseI64ArrayAttribute"}


@dataclass(frozen=True, slots=True)
class Kind:
    """An attribute in Rust.

    `given` is the type of a parameter, `held` of a field (which is copied), `read` of what an accessor returns. `make`
    is the attribute of an expression; `typed` is the type that a number has to have in MLIR, empty where that is no
    matter.
    """

    given: Atom
    held: Atom
    read: Atom
    make: Callable[[Atom], Expression]
    typed: str = ""
    is_list: bool = False


def class_of(name: str, lifetime: str = "'c") -> Atom:
    """A class of melior's for attributes, with its lifetime."""
    path = name if name == "Attribute" else f"attribute::{name}"
    return Atom(f"{name}<{lifetime}>", melior(f"ir::{path}").uses)


def _of_class(name: str) -> Kind:
    found = class_of(name)
    return Kind(found, found, found, lambda value: value)


def _plain(rust: str, make: Callable[[Atom], Expression], typed: str = "") -> Kind:
    return Kind(Atom(rust), Atom(rust), Atom(rust), make, typed)


def _bool() -> Kind:
    new = atom("BoolAttribute::new", melior("ir::attribute::BoolAttribute"))
    return _plain("bool", lambda value: call(new, "context", value))


class Kinds:
    """The kinds of a dialect's attributes."""

    def __init__(self, dialect: Dialect, names: RustPolicy) -> None:
        self._dialect = dialect
        self._names = names

    def kind(self, constraint: AttributeConstraint) -> Kind:
        """What a constraint is in Rust; a plain attribute where melior has nothing closer."""
        match constraint:
            case Confined(base, _):
                return self.kind(base)
            case AttributeKind.BOOL | AttributeKind.UNIT | IntegerOf("i", 1):
                return _bool()
            case IntegerOf(prefix, width) if width <= 64:
                maker = declared(_MAKERS[prefix])
                typed = f"{prefix}{width}" if prefix != "int" else ""
                rust = "u64" if prefix == "ui" else "i64"
                return _plain(rust, lambda value: call(maker, "context", str(width), value), typed)
            case Builtin("f32" | "f64" as word):
                return _plain("f64", lambda value: call(declared("float"), "context", word[1:], value), word)
            case Builtin("index") | AttributeKind.INDEX:
                return _plain("i64", lambda value: call(declared("index"), "context", value), "index")
            case EnumReference(name):
                return self._enum(name)
            case DenseArray(word) if word in _DENSE:
                return _of_class(_DENSE[word])
            case TypeOf():
                return _of_class("TypeAttribute")
            case DefinitionReference():
                return self._definition(constraint)
            case ArrayOf(element):
                return self._array(element)
            case AttributeKind.ARRAY:
                return self._array(None)
            case AttributeKind() if constraint in _CLASSES:
                return _of_class(_CLASSES[constraint])
            case _:
                return _of_class("Attribute")

    def _enum(self, name: str) -> Kind:
        enum = self._dialect.enum(name)
        rust = str(self._names.enum(enum))
        bits = enum.storage.lstrip("iu")
        if not bits.isdigit():
            new = atom("StringAttribute::new", melior("ir::attribute::StringAttribute"))
            return _plain(rust, lambda value: call(new, "context", f"{value.text}.mnemonic()"))
        make = declared("integer")
        return _plain(rust, lambda value: call(make, "context", bits, f"{value.text}.number()"), enum.storage)

    def definition(self, reference: DefinitionReference) -> Atom | None:
        """The type of a definition of this dialect; None where it holds none of that name."""
        definition = self._dialect.attribute(reference.dialect, reference.mnemonic)
        return None if definition is None else Atom(f"{self._names.definition(definition)}<'c>")

    def _definition(self, reference: DefinitionReference) -> Kind:
        found = self.definition(reference)
        return _of_class("Attribute") if found is None else Kind(found, found, found, lambda value: value)

    def _array(self, element: AttributeConstraint | None) -> Kind:
        while isinstance(element, Confined):
            element = element.base
        item = self.definition(element) if isinstance(element, DefinitionReference) else None
        if item is None and isinstance(element, AttributeKind) and element in _CLASSES:
            item = class_of(_CLASSES[element])
        item = item or class_of("Attribute")
        held = class_of("ArrayAttribute")
        given = atom(f"&[{item.text}]", item)
        read = atom(f"Vec<{item.text}>", item)
        if isinstance(element, EnumReference):
            read = Atom(f"Vec<{self._names.enum(self._dialect.enum(element.name))}>")
        return Kind(given, held, read, lambda value: call(declared("array"), "context", value), is_list=True)
