"""Rust code as values: expressions, statements, items. Names know where they come from: each `use` is collected."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TypeAlias

from opspec.dataclass import dataclass

__all__ = [
    "Arm",
    "Array",
    "Atom",
    "Blank",
    "Body",
    "Call",
    "Case",
    "Chain",
    "Constant",
    "Do",
    "EnumItem",
    "Expression",
    "Field",
    "Function",
    "Impl",
    "Item",
    "Let",
    "Nested",
    "Parameter",
    "Reference",
    "Statement",
    "StructItem",
    "StructLiteral",
    "Tail",
    "Try",
    "Tuple",
    "Use",
    "atom",
    "call",
    "declared",
    "melior",
    "uses_of",
]


@dataclass(frozen=True, slots=True)
class Use:
    """Something to import: its root (`melior`, `declared`, `std`), and the path from there, e.g. `ir::Value`."""

    root: str
    path: str


@dataclass(frozen=True, slots=True)
class Atom:
    """Text that stays on one line, and what it uses."""

    text: str
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """`head(arguments)`."""

    head: Atom
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """`root.link(..).link(..)`; a link is a call whose head is the method's name."""

    root: Expression
    links: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """`&inner`."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class Array:
    """`[items]`, or `vec![items]`."""

    items: tuple[Expression, ...]
    opening: str = "["


@dataclass(frozen=True, slots=True)
class Tuple:
    """`(items)`."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Try:
    """`inner?`."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class StructLiteral:
    """`Name { field: value }`."""

    name: Atom
    values: tuple[tuple[str, Expression], ...]


Expression: TypeAlias = "Atom | Call | Chain | Reference | Array | Tuple | Try | StructLiteral"


@dataclass(frozen=True, slots=True)
class Let:
    """`let name = value;`."""

    name: str
    value: Expression


@dataclass(frozen=True, slots=True)
class Do:
    """`value;`, or `return value;` and the like with `before`."""

    value: Expression
    before: str = ""


@dataclass(frozen=True, slots=True)
class Tail:
    """The value of a block."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Nested:
    """`head { body }`, with `close` behind it; without a body on one line."""

    head: Atom
    body: tuple[Statement, ...]
    close: str = "}"


@dataclass(frozen=True, slots=True)
class Arm:
    """`pattern => value,` of a `match`."""

    pattern: str
    value: Atom


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty line."""


Statement: TypeAlias = "Let | Do | Tail | Nested | Arm | Atom | Blank"
Body: TypeAlias = "tuple[Statement, ...]"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function: its name, its type, and words about it. `self` has no type."""

    name: str
    type: Atom | None
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """A function; `head` is what stands in front of its name, e.g. `pub fn`."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: Atom | None
    body: Body
    docs: tuple[str, ...] = ()
    generics: str = ""
    head: str = "pub fn"
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a struct."""

    name: str
    type: Atom
    docs: tuple[str, ...] = ()
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class StructItem:
    """`pub struct Name { fields }`."""

    name: str
    fields: tuple[Field, ...]
    docs: tuple[str, ...]
    generics: str = ""
    derives: str = "Debug, Clone, Copy"


@dataclass(frozen=True, slots=True)
class Case:
    """A case of an enum."""

    name: str
    docs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnumItem:
    """`pub enum Name { cases }`."""

    name: str
    cases: tuple[Case, ...]
    docs: tuple[str, ...]
    derives: str = "Debug, Clone, Copy, PartialEq, Eq, Hash"


@dataclass(frozen=True, slots=True)
class Constant:
    """`const NAME: Type = value;`; `head` is what stands in front of the name."""

    name: str
    type: Atom
    value: Expression
    docs: tuple[str, ...] = ()
    head: str = "const"


@dataclass(frozen=True, slots=True)
class Impl:
    """`impl head { members }`; `types` are lines such as `type Error = Error;`."""

    head: Atom
    members: tuple[Function | Constant, ...]
    types: tuple[Atom, ...] = ()


Item: TypeAlias = "Function | StructItem | EnumItem | Constant | Impl"


def atom(text: str, *parts: Atom) -> Atom:
    """An atom that uses what other ones use."""
    return Atom(text, tuple(use for part in parts for use in part.uses))


def melior(path: str) -> Atom:
    """Something of melior by its path, e.g. `ir::Value`, called by its last word."""
    return Atom(path.rpartition("::")[2], (Use("melior", path),))


def declared(name: str) -> Atom:
    """Something that the generated modules share."""
    return Atom(name, (Use("declared", name),))


def call(head: Atom | str, *arguments: Expression | str) -> Call:
    """A call; texts are atoms."""
    given = tuple(Atom(each) if isinstance(each, str) else each for each in arguments)
    return Call(Atom(head) if isinstance(head, str) else head, given)


def uses_of(node: object) -> frozenset[Use]:
    """All that a piece of code uses."""
    if isinstance(node, Use):
        return frozenset({node})
    if isinstance(node, tuple):
        return frozenset().union(*map(uses_of, node))
    if is_dataclass(node):
        return frozenset().union(*(uses_of(getattr(node, each.name)) for each in fields(node)))
    return frozenset()
