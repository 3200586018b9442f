"""Python code as values: expressions and statements, with names that know where they come from.

`printer` makes text of them: the text of a module, or of a signature for readers.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias

from opspec.dataclass import dataclass

__all__ = [
    "ANY",
    "FALSE",
    "NONE",
    "TRUE",
    "Assign",
    "Call",
    "Class",
    "Comment",
    "Entries",
    "Evaluate",
    "Expression",
    "Function",
    "Group",
    "If",
    "Import",
    "Index",
    "Items",
    "Lambda",
    "Literal",
    "Member",
    "Name",
    "Origin",
    "Parameter",
    "Quoted",
    "Return",
    "Starred",
    "Statement",
    "Union",
    "With",
    "call",
    "dict_of",
    "ir",
    "list_of",
    "literal",
    "mapping",
    "or_none",
    "own",
    "rt",
    "sequence",
    "tuple_of",
    "union",
]


class Origin(Enum):
    """Where a name of a generated module comes from; the value is the module that it is imported from."""

    OWN = ""
    """The module itself, or Python's builtins."""
    RUNTIME = "_rt"
    HOST = "_ir"
    COLLECTIONS = "collections.abc"
    TYPING = "typing"
    BUILTINS = "builtins"
    """Builtins that something hides where they are used."""
    CHECKING = "typing "
    """`TYPE_CHECKING`, which type checkers know by this name alone."""


# --- expressions ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name:
    """A name, e.g. `Name("Value", Origin.HOST)`."""

    text: str
    origin: Origin = Origin.OWN


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, number, truth value or None."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Items:
    """A tuple, a list (`[]`), or a tuple without brackets."""

    items: tuple[Expression, ...]
    brackets: str = "()"


@dataclass(frozen=True, slots=True)
class Entries:
    """A dictionary with texts as keys."""

    entries: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A call."""

    function: Expression
    arguments: tuple[Expression, ...] = ()
    keywords: tuple[tuple[str, Expression], ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A member of something, e.g. `Activity.DUP`."""

    owner: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """Something with items in brackets behind it, e.g. `Sequence[int]`."""

    owner: Expression
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Union:
    """Alternatives with `|` between them: of types, or of flags."""

    options: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Lambda:
    """A function of one expression, e.g. `lambda *given: ...`."""

    parameters: str
    body: Expression


@dataclass(frozen=True, slots=True)
class Quoted:
    """A type in quotes, since its names may not exist yet."""

    type: Expression


@dataclass(frozen=True, slots=True)
class Starred:
    """The items of something, one by one in a call or a list: `*values`."""

    value: Expression


Expression: TypeAlias = "Name | Literal | Items | Entries | Call | Member | Index | Union | Lambda | Quoted | Starred"


def own(text: str) -> Name:
    """A name of the module itself, or a builtin."""
    return Name(text)


def rt(text: str) -> Name:
    """A name of the runtime."""
    return Name(text, Origin.RUNTIME)


def ir(text: str) -> Name:
    """A name of the host's `ir`."""
    return Name(text, Origin.HOST)


ANY = Name("Any", Origin.TYPING)
NONE, TRUE, FALSE = Literal(None), Literal(True), Literal(False)


def literal(value: object) -> Expression:
    """A plain value as an expression; the only way for text of a spec into code."""
    if isinstance(value, tuple):
        return Items(tuple(literal(item) for item in value))
    if value is None or isinstance(value, (str, int, float, bool)):
        return Literal(str(value) if isinstance(value, str) else value)
    raise TypeError(f"no literal for {type(value).__name__}")


def call(function: Expression, /, *arguments: Expression, **keywords: Expression) -> Call:
    """A call."""
    return Call(function, arguments, tuple(keywords.items()))


def tuple_of(items: Iterable[Expression]) -> Items:
    """A tuple."""
    return Items(tuple(items))


def list_of(items: Iterable[Expression]) -> Items:
    """A list."""
    return Items(tuple(items), "[]")


def dict_of(entries: Iterable[tuple[str, Expression]]) -> Entries:
    """A dictionary with texts as keys."""
    return Entries(tuple(entries))


def sequence(element: Expression) -> Index:
    """The type `Sequence[element]`."""
    return Index(Name("Sequence", Origin.COLLECTIONS), (element,))


def mapping(key: Expression, value: Expression) -> Index:
    """The type `Mapping[key, value]`."""
    return Index(Name("Mapping", Origin.COLLECTIONS), (key, value))


def union(*options: Expression) -> Expression:
    """Alternatives, each once; those of alternatives among them stand beside the others."""
    flat: dict[Expression, None] = {}
    for option in options:
        flat.update(dict.fromkeys(option.options if isinstance(option, Union) else (option,)))
    return Union(tuple(flat)) if len(flat) != 1 else next(iter(flat))


def or_none(annotation: Expression) -> Expression:
    """A type, or None."""
    return union(annotation, NONE)


# --- statements -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Assign:
    """`target: annotation = value`, and lines of documentation behind it."""

    target: str
    value: Expression
    annotation: Expression | None = None
    doc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluate:
    """An expression for what it does."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Return:
    """The end of a function."""

    value: Expression


@dataclass(frozen=True, slots=True)
class Comment:
    """A line for readers."""

    text: str


@dataclass(frozen=True, slots=True)
class Import:
    """`from module import names`."""

    module: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a function; required where it has no default."""

    name: str
    annotation: Expression
    default: Expression | None = None
    keyword_only: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function, one parameter a line. `first` is `self` or `cls`; without a body it is a signature alone."""

    name: str
    parameters: tuple[Parameter, ...]
    returns: Expression
    doc: tuple[str, ...] = ()
    body: tuple[Statement, ...] = ()
    decorators: tuple[Expression, ...] = ()
    first: str = ""


@dataclass(frozen=True, slots=True)
class Class:
    """A class; an empty line stands between two groups of its body."""

    name: str
    bases: tuple[Expression, ...]
    doc: tuple[str, ...]
    body: tuple[Group, ...] = ()
    decorators: tuple[Expression, ...] = ()
    metaclass: Expression | None = None


@dataclass(frozen=True, slots=True)
class If:
    """Statements under a condition, and others where it does not hold; an empty line stands between two groups."""

    condition: Expression
    body: tuple[Group, ...]
    otherwise: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class With:
    """Statements inside a context."""

    context: Expression
    body: tuple[Statement, ...]


Statement: TypeAlias = "Assign | Evaluate | Return | Comment | Import | Function | Class | If | With"
Group: TypeAlias = "tuple[Statement, ...]"
