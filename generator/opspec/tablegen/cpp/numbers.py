"""Number literals: what they are written as, to type and number."""

from __future__ import annotations

import re
from fractions import Fraction

from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.kinds import DOUBLE, FLOAT, INT, LONG, LONG_DOUBLE, UINT, ULONG, Kind
from opspec.tablegen.cpp.rounding import rounded

__all__ = ["read_number"]

_SEPARATOR = re.compile(r"(?<=[0-9A-Fa-f])'(?=[0-9A-Fa-f])")
_WHOLE = re.compile(
    r"(?:0[xX](?P<hex>[0-9a-fA-F]+)|0[bB](?P<binary>[01]+)|0(?P<octal>[0-7]+)|(?P<decimal>0|[1-9][0-9]*))"
    r"(?P<suffix>[uU]?(?:l|L|ll|LL|z|Z)?|(?:l|L|ll|LL|z|Z)[uU])"
)
_REAL = re.compile(
    r"(?=\.?[0-9])(?P<whole>[0-9]*)(?:\.(?P<part>[0-9]*))?(?:[eE](?P<power>[+-]?[0-9]+))?(?P<suffix>[fFlL]?)"
)
_HEX_REAL = re.compile(
    r"0[xX](?=\.?[0-9a-fA-F])(?P<whole>[0-9a-fA-F]*)(?:\.(?P<part>[0-9a-fA-F]*))?[pP](?P<power>[+-]?[0-9]+)"
    r"(?P<suffix>[fFlL]?)"
)
_BASES = {"hex": 16, "binary": 2, "octal": 8, "decimal": 10}
_LONGEST = 400
_KINDS = {"": DOUBLE, "f": FLOAT, "l": LONG_DOUBLE}


def _whole(match: re.Match[str], written: str) -> tuple[Kind, int]:
    base = next(name for name in _BASES if match[name] is not None)
    number = int(match[base], _BASES[base])
    suffix = match["suffix"].lower()
    unsigned, long = "u" in suffix, suffix.strip("u") != ""
    for kind in (INT, UINT, LONG, ULONG):
        if (long and kind.bits < 64) or (unsigned and kind.signed):
            continue
        if not kind.signed and not unsigned and base == "decimal":
            continue
        if kind.holds(number):
            return kind, number
    raise NotConstant(f"no integer type has room for {written}")


def _real(match: re.Match[str], base: int) -> tuple[Kind, float]:
    whole, part = match["whole"], match["part"] or ""
    power = int(match["power"] or 0)
    if abs(power) > 10_000:
        raise NotConstant(f"an exponent of {power}")
    mantissa = Fraction(int(whole + part, base), base ** len(part))
    kind = _KINDS[match["suffix"].lower()]
    return kind, rounded(mantissa * Fraction(10 if base == 10 else 2) ** power, kind)


def read_number(written: str) -> tuple[Kind, int | float]:
    """The type and the number of a literal, e.g. `0x10`, `1'000ull`, `010`, `1e-3f`, `0x1.8p3`.

    Raises `NotConstant` for what is no number of C++, or too large for it.
    """
    if len(written) > _LONGEST:
        raise NotConstant(f"a number of more than {_LONGEST} characters")
    bare = _SEPARATOR.sub("", written)
    if match := _WHOLE.fullmatch(bare):
        return _whole(match, written)
    if match := _HEX_REAL.fullmatch(bare):
        return _real(match, 16)
    match = _REAL.fullmatch(bare)
    if match is None or (match["part"] is None and match["power"] is None):
        raise NotConstant(f"{written} is no number of C++")
    return _real(match, 10)
