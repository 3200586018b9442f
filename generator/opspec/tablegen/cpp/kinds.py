"""The arithmetic types of C++, as 64-bit Linux and macOS have them."""

from __future__ import annotations

from opspec.dataclass import dataclass
from opspec.tablegen.cpp.errors import NotConstant

__all__ = [
    "BOOL",
    "CHAR",
    "DOUBLE",
    "FLOAT",
    "INT",
    "LONG",
    "LONG_DOUBLE",
    "UINT",
    "ULONG",
    "Kind",
    "common",
    "kind_named",
    "promoted",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """An arithmetic type; `rank` orders types that are mixed in one operation."""

    name: str
    bits: int
    rank: int
    signed: bool = True
    floating: bool = False

    @property
    def bounds(self) -> tuple[int, int]:
        """The least and the greatest number of an integer type."""
        if self.signed:
            return -(1 << (self.bits - 1)), (1 << (self.bits - 1)) - 1
        return 0, (1 << self.bits) - 1

    def holds(self, number: int) -> bool:
        """Whether an integer type has this number."""
        lowest, highest = self.bounds
        return lowest <= number <= highest


BOOL = Kind("bool", 1, 0, signed=False)
CHAR = Kind("char", 8, 1)
_UCHAR = Kind("unsigned char", 8, 1, signed=False)
_SHORT = Kind("short", 16, 2)
_USHORT = Kind("unsigned short", 16, 2, signed=False)
INT = Kind("int", 32, 3)
UINT = Kind("unsigned", 32, 3, signed=False)
LONG = Kind("long", 64, 4)
ULONG = Kind("unsigned long", 64, 4, signed=False)
_LONG_LONG = Kind("long long", 64, 5)
_ULONG_LONG = Kind("unsigned long long", 64, 5, signed=False)
FLOAT = Kind("float", 32, 6, floating=True)
DOUBLE = Kind("double", 64, 7, floating=True)
LONG_DOUBLE = Kind("long double", 80, 8, floating=True)

_UNSIGNED = {INT: UINT, LONG: ULONG, _LONG_LONG: _ULONG_LONG}
_FIXED = {
    "int8_t": CHAR,
    "int16_t": _SHORT,
    "int32_t": INT,
    "int64_t": LONG,
    "uint8_t": _UCHAR,
    "uint16_t": _USHORT,
    "uint32_t": UINT,
    "uint64_t": ULONG,
    "size_t": ULONG,
    "ssize_t": LONG,
    "ptrdiff_t": LONG,
    "intptr_t": LONG,
    "uintptr_t": ULONG,
    "intmax_t": LONG,
    "uintmax_t": ULONG,
}
_PLAIN = {
    "bool": BOOL,
    "char": CHAR,
    "char8_t": _UCHAR,
    "char16_t": _USHORT,
    "char32_t": UINT,
    "wchar_t": INT,
    "float": FLOAT,
    "double": DOUBLE,
    "double long": LONG_DOUBLE,
    "char signed": CHAR,
    "char unsigned": _UCHAR,
}
_WORDS = {
    (True, 1): _SHORT,
    (False, 1): _USHORT,
    (True, 0): INT,
    (False, 0): UINT,
    (True, 2): LONG,
    (False, 2): ULONG,
    (True, 3): _LONG_LONG,
    (False, 3): _ULONG_LONG,
}


def kind_named(name: str) -> Kind | None:
    """The type of that name, e.g. `std::int64_t` or `unsigned long long`; None where it is no arithmetic type."""
    bare = name.removeprefix("::").removeprefix("std::")
    if bare in _FIXED:
        return _FIXED[bare]
    words = sorted(name.split())
    if " ".join(words) in _PLAIN:
        return _PLAIN[" ".join(words)]
    if not words or not set(words) <= {"int", "signed", "unsigned", "short", "long"}:
        return None
    counts = [words.count(word) for word in ("int", "signed", "unsigned", "short", "long")]
    whole, signed, unsigned, short, long = counts
    if whole > 1 or signed + unsigned > 1 or short + (long > 0) > 1 or long > 2:
        return None
    return _WORDS[not unsigned, short or (long + 1 if long else 0)]


def promoted(kind: Kind) -> Kind:
    """The type in which an operation takes a number: small integers become `int`."""
    return INT if kind.rank < INT.rank else kind


def common(left: Kind, right: Kind) -> Kind:
    """The type in which an operation on two numbers is done."""
    left, right = promoted(left), promoted(right)
    if LONG_DOUBLE in (left, right):
        raise NotConstant("what 'long double' rounds depends on the compiler")
    if left.floating or right.floating or left.signed == right.signed:
        return max(left, right, key=lambda kind: kind.rank)
    signed, unsigned = (left, right) if left.signed else (right, left)
    if unsigned.rank >= signed.rank:
        return unsigned
    return signed if signed.bits > unsigned.bits else _UNSIGNED[signed]
