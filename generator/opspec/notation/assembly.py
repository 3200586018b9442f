"""Assembly formats of attributes and types: text from parameters, and parameters from text.

Printing follows MLIR's generated C++ letter by letter. Reading comes in two kinds: `parse` takes everything that
`print` can write, `parse_as_mlir` only what the generated C++ parser takes. They differ, since that parser decides
on an optional group by its first token alone: of two groups that begin alike it never leaves out the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .assembly_elements import (
    Element,
    Group,
    Listing,
    Literal,
    Parameter,
    Space,
    is_custom,
    parameters_in,
    parse_elements,
)
from .assembly_reader import Check, Reader

__all__ = ["AssemblyFormat", "is_expressible"]

_OPENING = "<({["
_BEFORE = "<>(){}[],"
_CLOSING = ">)}],"


def is_expressible(text: str) -> bool:
    """Whether a format can be written and read without the C++ that its `custom` directives name."""
    return not is_custom(parse_elements(text))


class _Printer:
    """Writes elements one after the other; the state is what MLIR's generator keeps while it writes the C++."""

    def __init__(self, present: Mapping[str, str]) -> None:
        self._present = present
        self._wants_space = True
        self._after_mark = False
        self.text = ""

    def print(self, elements: Iterable[Element]) -> None:
        """Write the elements; a parameter that is not present leaves its place empty."""
        for element in elements:
            if isinstance(element, Literal):
                self._literal(element.text)
            elif isinstance(element, Space):
                self._after_mark = self._after_mark or not element.text
                self._wants_space = False
                self.text += element.text
            elif isinstance(element, Parameter):
                self._values((element.name,), named=False)
            elif isinstance(element, Listing):
                self._values((item.name for item in element.items), element.named)
            elif isinstance(element, Group):
                self._group(element)
            else:
                raise AssertionError("C++ alone writes a custom directive")

    def _literal(self, text: str) -> None:
        tight = _CLOSING if self._after_mark else _BEFORE
        is_word = len(text) != 1 and text != "->"
        if self._wants_space and (is_word or text[0] not in tight):
            self.text += " "
        self.text += text
        self._wants_space = len(text) != 1 or text not in _OPENING
        self._after_mark = not (text[0].isalpha() or text[0] == "_")

    def _values(self, names: Iterable[str], named: bool) -> None:
        shown = [name for name in names if name in self._present]
        if shown and (self._wants_space or not self._after_mark):
            self.text += " "
        self.text += ", ".join(
            f"{name} = {self._present[name]}" if named else self._present[name]
            for name in shown
        )
        self._wants_space, self._after_mark = True, False

    def _group(self, group: Group) -> None:
        """Write one branch. What follows stands as if it came behind `otherwise`: that is how MLIR counts spaces."""
        is_set = any(name in self._present for name in group.anchors)
        state = self._wants_space, self._after_mark
        if is_set is not group.inverted:
            self.print(group.then)
            text, (self._wants_space, self._after_mark) = self.text, state
            self.print(group.otherwise)
            self.text = text
        else:
            self.print(group.otherwise)


class AssemblyFormat:
    """A parsed format; `print` and `parse` are each other's inverse.

    `parameters` are the names that the definition declares, in order. Of them, `optional` ones (those with a default
    too) may be missing, and `lists` hold several values. Raises `ValueError` for what is not a format, or only C++
    can read.
    """

    def __init__(
        self,
        text: str,
        parameters: Iterable[str] = (),
        optional: Iterable[str] = (),
        lists: Iterable[str] = (),
    ) -> None:
        self._elements = parse_elements(text, parameters)
        if is_custom(self._elements):
            raise ValueError(
                f"the assembly format {text!r} has a directive that only C++ can read"
            )
        self._optional = tuple(optional)
        self._lists = tuple(lists)

    def __str__(self) -> str:
        """The format with its literals bare and every parameter in its place, for messages."""
        return self.print({name: name for name in parameters_in(self._elements)})

    @property
    def is_certain(self) -> bool:
        """Whether MLIR can read back whatever is printed, as long as no text is empty: nothing in it is left out."""
        fixed = (Literal, Parameter, Space)
        is_fixed = not self._lists and not self._optional
        return is_fixed and all(isinstance(e, fixed) for e in self._elements)

    def print(self, present: Mapping[str, str]) -> str:
        """The text with these parameters; optional ones are left out by not being there."""
        printer = _Printer(present)
        printer.print(self._elements)
        return printer.text

    def parse(self, text: str, check: Check | None = None) -> dict[str, str] | None:
        """The text of each parameter that is there; None where `text` is not of this format.

        `check` says of a name and a text whether they can belong together; it decides where a value could end at
        several places.
        """
        return self._read(text, check, strict=False)

    def parse_as_mlir(
        self, text: str, check: Check | None = None
    ) -> dict[str, str] | None:
        """Like `parse`, but None also where the C++ that MLIR generates from the format cannot read the text."""
        return self._read(text, check, strict=True)

    def _read(
        self, text: str, check: Check | None, *, strict: bool
    ) -> dict[str, str] | None:
        reader = Reader(
            text, check or self._is_text, self._optional, self._lists, strict
        )
        return reader.read(self._elements)

    def _is_text(self, name: str, text: str) -> bool:
        return bool(text) or name in self._lists
