"""Which types satisfy a type constraint."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from opspec.dataclass import dataclass
from opspec.exhaustive import assert_never
from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    Builtin,
    ConstraintReference,
    DefinitionReference,
    IntegerOf,
    InterfaceConstraint,
    Modifier,
    OpaqueConstraint,
    Shaped,
    TypeConstraint,
)
from opspec.model.dialect import Dialect
from opspec.notation.scanning import ends_of, is_of, split_list
from opspec.notation.words import FLOATS, FORMS, MODIFIERS, SIGNS

__all__ = ["TypeText", "accepts", "read_type_text"]

_SHAPED = re.compile(r"(tensor|memref|vector)<(\*x|(?:\[?(?:\d+|\?)\]?x)*)(.+)>", re.DOTALL)
_INTEGER = re.compile(r"(si|ui|i)(\d+)")


@dataclass(frozen=True, slots=True)
class TypeText:
    """A type, in MLIR's syntax. A shaped type also has its element type and its shape.

    `shape` is how MLIR writes the extents, e.g. `("4", "?")`; `("*",)` where the rank is open. `rest` is what the text
    has behind the element type, e.g. `, 1`.
    """

    text: str
    container: str = ""
    shape: tuple[str, ...] = ()
    element: str = ""
    rest: str = ""

    def of(self, element: str) -> TypeText:
        """The shaped type with elements of another type."""
        return self._made(self.shape, element)

    def shaped(self, shape: tuple[str, ...]) -> TypeText:
        """The shaped type with other extents."""
        return self._made(shape, self.element)

    def _made(self, shape: tuple[str, ...], element: str) -> TypeText:
        extents = "".join(f"{extent}x" for extent in shape)
        return TypeText(f"{self.container}<{extents}{element}{self.rest}>", self.container, shape, element, self.rest)

    @property
    def scalar(self) -> str:
        """The element type; a type without shape is its own element."""
        return self.element if self.container else self.text

    @property
    def form(self) -> str:
        """Which form of a container it is, e.g. `ranked_tensor`; empty without shape."""
        if self.container == "vector":
            return "scalable_vector" if any("[" in extent for extent in self.shape) else "fixed_vector"
        ranked = {"tensor": "ranked_tensor", "memref": "memref"}.get(self.container, "")
        return f"unranked_{self.container}" if self.shape == ("*",) else ranked

    def extents(self) -> list[int]:
        """The sizes, -1 where one is open."""
        return [-1 if extent == "?" else int(extent.strip("[]")) for extent in self.shape]


@lru_cache(maxsize=10_000)
def read_type_text(text: str) -> TypeText:
    """The type that a text writes; what is no tensor, memref or vector has no shape."""
    match = _SHAPED.fullmatch(text.strip())
    if match is None:
        return TypeText(text)
    end = next(ends_of(match[3], 0, (",",)))
    return TypeText(text, match[1], tuple(match[2].split("x")[:-1]), match[3][:end], match[3][end:])


def _any(outcomes: Iterable[bool | None]) -> bool | None:
    """Whether one holds; None where none is known to, and one may."""
    found = tuple(outcomes)
    return True if True in found else None if None in found else False


def _all(outcomes: Iterable[bool | None]) -> bool | None:
    """Whether all hold; None where none is known not to, and one may not."""
    found = tuple(outcomes)
    return False if False in found else None if None in found else True


def accepts(constraint: TypeConstraint, text: str, dialect: Dialect) -> bool | None:
    """Whether a type, in MLIR's syntax, satisfies the constraint; None where only C++ knows."""
    match constraint:
        case AnyConstraint():
            return True
        case OpaqueConstraint() | InterfaceConstraint():
            return None
        case ConstraintReference(name):
            return accepts(dialect.constraint(name), text, dialect)
        case Builtin(word):
            return _builtin(word, text)
        case IntegerOf(prefix, width):
            integer = _INTEGER.fullmatch(text)
            return integer is not None and int(integer[2]) == width and prefix in ("int", integer[1])
        case DefinitionReference(owner, mnemonic):
            return is_of(f"!{owner}.{mnemonic}")(text)
        case AnyOf(options):
            return _any(accepts(option, text, dialect) for option in options)  # type: ignore[arg-type]
        case Shaped("complex" | "tuple" as word, element, _):
            if not text.startswith(f"{word}<"):
                return False
            return _all(accepts(element, held, dialect) for held in split_list(text[len(word) + 1 : -1]))
        case Shaped("like", element, modifiers):
            holding = Shaped("value_semantics", element, modifiers)
            return _any((accepts(element, text, dialect), accepts(holding, text, dialect)))
        case Shaped(container, element, modifiers):
            given = read_type_text(text)
            if given.form not in FORMS[container]:
                return False
            met = (_meets(given, modifier) for modifier in modifiers)
            return _all((accepts(element, given.element, dialect), *met))
        case _:
            assert_never(constraint)


def _builtin(word: str, text: str) -> bool:
    match word:
        case "float":
            return text in FLOATS
        case "complex" | "tuple":
            return text.startswith(f"{word}<")
        case "function":
            return text.startswith("(")
        case _ if word in SIGNS:
            integer = _INTEGER.fullmatch(text)
            return integer is not None and SIGNS[word] in ("int", integer[1])
        case _:
            return text == word


def _meets(given: TypeText, modifier: Modifier) -> bool | None:
    check = MODIFIERS.get(modifier.word)
    if check is None:
        return None
    return given.shape != ("*",) and check(given.extents(), modifier.values)
