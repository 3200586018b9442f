"""The enums that a C++ expression may name, and their cases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from opspec.dataclass import dataclass
from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.kinds import INT, Kind, kind_named
from opspec.tablegen.records import Record

__all__ = ["CppAttribute", "CppEnum", "Enums"]

_Named = TypeVar("_Named", bound="CppEnum | CppAttribute")


@dataclass(frozen=True, slots=True)
class CppEnum:
    """An enum class: `path` are its namespaces and its name; `bits` where its cases combine."""

    path: tuple[str, ...]
    kind: Kind
    cases: tuple[tuple[str, int], ...]
    bits: bool

    @classmethod
    def of(cls, record: Record) -> CppEnum:
        """The enum that mlir-tblgen generates of a record."""
        namespaces = [part for part in record.text("cppNamespace").split("::") if part]
        return cls(
            path=(*namespaces, record.text("className")),
            kind=kind_named(record.text("underlyingType")) or INT,
            cases=tuple((case.text("symbol"), case.number("value")) for case in record.list("enumerants")),
            bits=record.isa("BitEnumBase", "BitEnumAttrBase", "BitEnum"),
        )

    @property
    def mask(self) -> int:
        """Every bit that a case has."""
        found = 0
        for _, number in self.cases:
            found |= number
        return found

    def names_of(self, number: int) -> tuple[str, ...]:
        """The case with this number, or the cases of an enum of bits that make it up; empty where there are none."""
        for symbol, value in self.cases:
            if value == number:
                return (symbol,)
        if not self.bits or number < 0:
            return ()
        single = [(symbol, value) for symbol, value in self.cases if value.bit_count() == 1]
        wider = sorted((case for case in self.cases if case[1].bit_count() > 1), key=lambda case: -case[1].bit_count())
        left, chosen = number, set()
        for symbol, value in (*wider, *single):
            if value & number == value and value & left:
                left &= ~value
                chosen.add(symbol)
        return tuple(symbol for symbol, _ in self.cases if symbol in chosen) if not left else ()


@dataclass(frozen=True, slots=True)
class CppAttribute:
    """The class of an attribute; `enum` is what its only parameter holds, None for anything else."""

    path: tuple[str, ...]
    enum: CppEnum | None


class Enums:
    """Looks up enums, their cases, and the attributes that hold them, by the names that C++ gives them.

    `home` is the namespace that it looks from. A name without all of its namespaces is looked up there and in the
    namespaces around it, and then anywhere, as the sources may be `using` others.
    """

    def __init__(self, enums: Iterable[CppEnum], home: str = "", attributes: Iterable[CppAttribute] = ()) -> None:
        self._home = tuple(part for part in home.split("::") if part)
        self._enums = tuple(dict.fromkeys(enums))
        self._attributes = tuple(attributes)

    def named(self, name: str) -> CppEnum | None:
        """The enum of that name; None where there is none. Raises `NotConstant` where there are several."""
        return self._found(self._enums, name, "enums")

    def attribute(self, name: str) -> CppAttribute | None:
        """The attribute of that class; None where there is none. Raises `NotConstant` where there are several."""
        return self._found(self._attributes, name, "attributes")

    def _found(self, among: tuple[_Named, ...], name: str, what: str) -> _Named | None:
        parts = tuple(name.removeprefix("::").split("::"))
        known = [each for each in among if each.path[-1] == parts[-1]]
        depths = (0,) if name.startswith("::") else range(len(self._home), -1, -1)
        for depth in depths:
            path = (*self._home[:depth], *parts)
            for each in known:
                if each.path == path:
                    return each
        if name.startswith("::"):
            return None
        found = [each for each in known if each.path[-len(parts) :] == parts]
        if len(found) > 1:
            raise NotConstant(f"several {what} are called '{name}'")
        return found[0] if found else None

    def case(self, name: str) -> tuple[CppEnum, int] | None:
        """The enum and the number of `Enum::Case`; None where there is none."""
        owner, _, symbol = name.rpartition("::")
        enum = self.named(owner) if owner.strip(":") else None
        if enum is None:
            return None
        for known, number in enum.cases:
            if symbol in (known, f"_{known}"):
                return enum, number
        return None
