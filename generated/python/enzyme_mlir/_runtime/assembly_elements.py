"""Assembly formats of attributes and types: the language in which a definition says how it is written.

A format is a sequence of elements: literals in backquotes, `$parameters`, the directives `params`, `struct`,
`qualified` and `custom`, and optional groups `(...^)?` or `(...^) : (...)?`. The anchor `^` marks what decides
whether a group is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

__all__ = [
    "Custom",
    "Element",
    "FormatError",
    "Group",
    "Listing",
    "Literal",
    "Parameter",
    "Space",
    "is_custom",
    "parameters_in",
    "parse_elements",
]


class FormatError(ValueError):
    """A format that is not of this language: `reason` says what it has, `offset` where in its text."""

    def __init__(self, text: str, reason: str, offset: int) -> None:
        super().__init__(f"the assembly format {text!r} has {reason}")
        self.reason = reason
        self.offset = offset


@dataclass(frozen=True)
class Literal:
    """Text that stands as it is, e.g. `<` or `->`."""

    text: str


@dataclass(frozen=True)
class Space:
    """White space, written as it is (a space or a newline); empty where two elements stand without any."""

    text: str


@dataclass(frozen=True)
class Parameter:
    """The value of a parameter; `qualified` ones are written with dialect and mnemonic."""

    name: str
    qualified: bool = False


@dataclass(frozen=True)
class Listing:
    """Parameters with commas between them, `params` or, with a name before each, `struct`."""

    items: tuple[Parameter, ...]
    named: bool


@dataclass(frozen=True)
class Custom:
    """A directive that only C++ can write and read."""

    function: str
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """An optional group: written where one of the parameters `anchors` is set, else `otherwise` is.

    Where `inverted`, the anchor stands in `otherwise`, and the other way round.
    """

    then: tuple[Element, ...]
    otherwise: tuple[Element, ...]
    anchors: tuple[str, ...]
    inverted: bool = False


Element: TypeAlias = "Literal | Space | Parameter | Listing | Custom | Group"

_TOKEN = re.compile(
    r"\s*(?:`(?P<literal>[^`]*)`|\$(?P<variable>\w+)|(?P<word>\w+)|(?P<mark>[()<>,:?^])"
    r'|(?P<string>"(?:[^"\\]|\\.)*"))',
    re.ASCII,
)
_DEEPEST = 20
_MOST = 200
_SPACES = {"": "", " ": " ", "\\n": "\n"}


class _Parser:
    """Reads a format; `declared` are the names that `params` stands for."""

    def __init__(self, text: str, declared: tuple[str, ...]) -> None:
        self._text = text
        self._declared = declared
        self._position = 0
        self._depth = 0
        self._count = 0
        self._next()

    def _next(self) -> None:
        self._start = self._position
        match = _TOKEN.match(self._text, self._position)
        if match is not None:
            self._kind, self._value = str(match.lastgroup), match[str(match.lastgroup)]
            self._position = match.end()
        elif self._text[self._position :].strip():
            raise FormatError(
                self._text,
                "a part that is neither literal, parameter nor directive",
                self._position,
            )
        else:
            self._kind = self._value = "end"

    def _wrong(self, expected: str) -> FormatError:
        found = "the end" if self._kind == "end" else repr(self._value)
        reason = f"{found} where {expected} is expected"
        return FormatError(self._text, reason, self._start)

    def _accept(self, mark: str) -> bool:
        found = self._kind == "mark" and self._value == mark
        if found:
            self._next()
        return found

    def _take(self, mark: str) -> None:
        if not self._accept(mark):
            raise self._wrong(repr(mark))

    def _name(self, kind: str, expected: str) -> str:
        if self._kind != kind:
            raise self._wrong(expected)
        value = self._value
        self._next()
        return value

    def read(self) -> tuple[Element, ...]:
        elements: list[Element] = []
        while self._kind != "end":
            elements.append(self._element()[0])
        return tuple(elements)

    def _element(self) -> tuple[Element, bool]:
        """An element, and whether it is an anchor."""
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST:
            reason = f"parts nested more than {_DEEPEST} deep"
            raise FormatError(self._text, reason, self._start)
        if self._count > _MOST:
            raise FormatError(self._text, f"more than {_MOST} parts", self._start)
        element = self._one_element()
        self._depth -= 1
        if self._kind == "mark" and self._value == "^":
            if isinstance(element, (Literal, Space)):
                raise self._wrong("an anchor behind a parameter or a directive")
            self._next()
            return element, True
        return element, False

    def _one_element(self) -> Element:
        element: Element
        if self._kind == "literal":
            text = self._value
            if text not in _SPACES and not text.strip():
                raise self._wrong("a literal with something in it")
            self._next()
            element = Space(_SPACES[text]) if text in _SPACES else Literal(text.strip())
        elif self._kind == "variable":
            element = Parameter(self._name("variable", "a parameter"))
        elif self._accept("("):
            element = self._group()
        else:
            element = self._directive()
        return element

    def _directive(self) -> Element:
        word = self._name("word", "a literal, a parameter or a directive")
        if word == "params":
            return self._listing(self._declared, named=False)
        if word == "custom":
            self._take("<")
            function = self._name("word", "the name of a C++ function")
            self._take(">")
            return Custom(function, self._arguments())
        if word == "qualified":
            (name,) = self._arguments(1)
            return Parameter(name, qualified=True)
        if word == "struct":
            return self._struct()
        raise FormatError(self._text, f"the unknown directive {word!r}", self._start)

    def _struct(self) -> Element:
        """The parameters of a struct; with a directive among them it is C++'s to read."""
        names: list[str] = []
        is_custom = False
        self._take("(")
        while True:
            if self._kind == "word" and self._value == "params":
                self._next()
                names += self._declared
            else:
                element, _ = self._element()
                is_custom = is_custom or isinstance(element, Custom)
                names += parameters_in((element,))
            if not self._accept(","):
                break
        self._take(")")
        if is_custom:
            return Custom("struct", tuple(names))
        return self._listing(tuple(names), named=True)

    def _listing(self, names: tuple[str, ...], *, named: bool) -> Listing:
        if len(names) > _MOST:
            raise FormatError(self._text, f"a list of more than {_MOST} parts", 0)
        return Listing(tuple(map(Parameter, names)), named)

    def _arguments(self, count: int | None = None) -> tuple[str, ...]:
        """The parameters that a directive names in parentheses."""
        self._take("(")
        names: list[str] = []
        while True:
            if self._kind == "word" and self._value == "params":
                self._next()
                names += self._declared
            elif self._kind == "word" and self._value == "ref":
                self._next()
                names += self._arguments(1)
            elif self._kind in (
                "literal",
                "string",
            ):  # a piece of C++ for a custom directive
                self._next()
            else:
                names.append(self._name("variable", "a parameter"))
            if not self._accept(","):
                break
        self._take(")")
        if count is not None and len(names) != count:
            raise self._wrong(f"a directive of {count} parameter")
        return tuple(names)

    def _branch(self) -> tuple[tuple[Element, ...], tuple[str, ...] | None]:
        """The elements up to `)`, and the parameters of the anchor among them; None where there is no anchor."""
        elements: list[Element] = []
        anchors: tuple[str, ...] | None = None
        while not self._accept(")"):
            element, is_anchor = self._element()
            elements.append(element)
            if is_anchor:
                anchors = tuple(parameters_in((element,)))
        return tuple(elements), anchors

    def _group(self) -> Group:
        then, anchors = self._branch()
        otherwise: tuple[Element, ...] = ()
        inverted = False
        if self._accept(":"):
            self._take("(")
            otherwise, others = self._branch()
            inverted = others is not None
            anchors = others if anchors is None else anchors
        self._take("?")
        if anchors is None:
            raise self._wrong("a group with an anchor")
        return Group(then, otherwise, anchors, inverted)


def parse_elements(text: str, declared: Iterable[str] = ()) -> tuple[Element, ...]:
    """The elements of a format; `declared` are the definition's parameters. Raises `FormatError`."""
    return _Parser(text, tuple(declared)).read()


def parameters_in(elements: Iterable[Element]) -> Iterator[str]:
    """The name of each parameter that the elements write, in order."""
    for element in elements:
        if isinstance(element, Parameter):
            yield element.name
        elif isinstance(element, Listing):
            yield from (item.name for item in element.items)
        elif isinstance(element, Custom):
            yield from element.arguments
        elif isinstance(element, Group):
            yield from parameters_in((*element.then, *element.otherwise))


def is_custom(elements: Iterable[Element]) -> bool:
    """Whether some part only C++ can write and read."""
    return any(
        isinstance(element, Custom)
        or (
            isinstance(element, Group)
            and is_custom((*element.then, *element.otherwise))
        )
        for element in elements
    )
