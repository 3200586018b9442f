"""Random C++ expressions with the values they have, made up together and without the reader of defaults."""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import strategies as st

__all__ = ["Made", "booleans", "flags", "integers", "reals", "strings"]

_TYPES: dict[str, tuple[Callable[[int], int], int, bool]] = {
    "int": (lambda n: ctypes.c_int32(n).value, 32, True),
    "unsigned": (lambda n: ctypes.c_uint32(n).value, 32, False),
    "long": (lambda n: ctypes.c_int64(n).value, 64, True),
    "unsigned long": (lambda n: ctypes.c_uint64(n).value, 64, False),
}
"""How a type wraps a number, how many bits it has, and whether it has a sign."""
_ORDER = ("int", "unsigned", "long", "unsigned long")
_SMALL: dict[str, Callable[[int], int]] = {
    "int8_t": lambda n: ctypes.c_int8(n).value,
    "uint8_t": lambda n: ctypes.c_uint8(n).value,
    "int16_t": lambda n: ctypes.c_int16(n).value,
    "unsigned short": lambda n: ctypes.c_uint16(n).value,
    "bool": lambda n: int(n != 0),
}
_SUFFIXES = {
    "int": ("",),
    "unsigned": ("u", "U"),
    "long": ("l", "L", "ll", "LL"),
    "unsigned long": ("ul", "UL", "llu", "LLU", "Lu"),
}


@dataclass(frozen=True, slots=True)
class Made:
    """An expression, its value, and its type; `tight` where it needs no brackets as an operand."""

    text: str
    value: int | float
    type: str
    tight: bool = True

    @property
    def operand(self) -> str:
        return self.text if self.tight else f"({self.text})"


def _fits(value: int, kind: str) -> bool:
    return _TYPES[kind][0](value) == value


def _separated(digits: str, every: int) -> str:
    """Digits with `'` between some of them."""
    return "'".join(digits[start : start + every] for start in range(0, len(digits), every)) if every else digits


@st.composite
def _literals(draw: st.DrawFn) -> Made:
    kind = draw(st.sampled_from(_ORDER))
    bits = _TYPES[kind][1] - _TYPES[kind][2]
    number = draw(st.integers(0, 9) | st.integers(0, (1 << bits) - 1))
    base = draw(st.sampled_from(("", "0x", "0X", "0b", "0")))
    digits = {"": f"{number}", "0x": f"{number:x}", "0X": f"{number:X}", "0b": f"{number:b}", "0": f"{number:o}"}[base]
    every = draw(st.sampled_from((0, 0, 1, 3)))
    return Made(base + _separated(digits, every) + draw(st.sampled_from(_SUFFIXES[kind])), number, kind)


def _joined(left: str, right: str) -> str:
    """The type in which C++ does an operation: of the four here, the later one has room or wins."""
    return max(left, right, key=_ORDER.index)


def _arithmetic(sign: str, left: Made, right: Made) -> Made | None:
    kind = _joined(left.type, right.type)
    wrap, _, signed = _TYPES[kind]
    one, other = wrap(int(left.value)), wrap(int(right.value))
    if sign in ("/", "%"):
        if other == 0:
            return None
        quotient = int(math.copysign(1, one) * math.copysign(1, other)) * (abs(one) // abs(other))
        if not _fits(quotient, kind):
            return None
        value = quotient if sign == "/" else one - quotient * other
    else:
        value = {"+": one + other, "-": one - other, "*": one * other, "&": one & other, "|": one | other}.get(
            sign, one ^ other
        )
    if signed and not _fits(value, kind):
        return None
    return Made(f"{left.operand} {sign} {right.operand}", wrap(value), kind, tight=False)


@st.composite
def _binary(draw: st.DrawFn, parts: st.SearchStrategy[Made]) -> Made:
    left, right = draw(parts), draw(parts)
    made = _arithmetic(draw(st.sampled_from("+-*/%&|^")), left, right)
    return made if made is not None else left


@st.composite
def _shift(draw: st.DrawFn, parts: st.SearchStrategy[Made]) -> Made:
    left = draw(parts)
    wrap, bits, _ = _TYPES[left.type]
    count = draw(st.integers(0, bits - 1))
    sign = draw(st.sampled_from(("<<", ">>")))
    value = int(left.value) << count if sign == "<<" else int(left.value) >> count
    return Made(f"{left.operand} {sign} {count}", wrap(value), left.type, tight=False)


@st.composite
def _unary(draw: st.DrawFn, parts: st.SearchStrategy[Made]) -> Made:
    inner = draw(parts)
    sign = draw(st.sampled_from(("-", "+", "~")))
    value = {"-": -int(inner.value), "+": int(inner.value), "~": ~int(inner.value)}[sign]
    wrap, _, signed = _TYPES[inner.type]
    if signed and not _fits(value, inner.type):
        return inner
    return Made(f"{sign}({inner.text})", wrap(value), inner.type)


@st.composite
def _cast(draw: st.DrawFn, parts: st.SearchStrategy[Made]) -> Made:
    inner = draw(parts)
    name = draw(st.sampled_from((*_ORDER, *_SMALL)))
    forms = ["static_cast<{}>({})", "({})({})"] + ([] if " " in name else ["{}({})"])
    text = draw(st.sampled_from(forms)).format(name, inner.text)
    if name in _SMALL:
        return Made(f"+{text}", _SMALL[name](int(inner.value)), "int", tight=False)
    return Made(text, _TYPES[name][0](int(inner.value)), name)


@st.composite
def _comparison(draw: st.DrawFn, parts: st.SearchStrategy[Made]) -> Made:
    left, right = draw(parts), draw(parts)
    wrap = _TYPES[_joined(left.type, right.type)][0]
    one, other = wrap(int(left.value)), wrap(int(right.value))
    sign = draw(st.sampled_from(("==", "!=", "<", ">", "<=", ">=")))
    found = {"==": one == other, "!=": one != other, "<": one < other, ">": one > other, "<=": one <= other}
    value = found.get(sign, one >= other)
    return Made(f"{left.operand} {sign} {right.operand}", int(value), "bool", tight=False)


@st.composite
def _choice(draw: st.DrawFn, parts: st.SearchStrategy[Made]) -> Made:
    condition, left, right = draw(parts), draw(parts), draw(parts)
    kind = _joined(left.type, right.type)
    value = _TYPES[kind][0](int((left if condition.value else right).value))
    return Made(f"{condition.operand} ? {left.operand} : {right.operand}", value, kind, tight=False)


integers: st.SearchStrategy[Made] = st.recursive(
    _literals(),
    lambda parts: _binary(parts) | _binary(parts) | _shift(parts) | _unary(parts) | _cast(parts) | _choice(parts),
    max_leaves=8,
)


@st.composite
def _logic(draw: st.DrawFn, parts: st.SearchStrategy[Made]) -> Made:
    left, right = draw(parts), draw(parts)
    sign = draw(st.sampled_from(("&&", "||", "and", "or", "!")))
    if sign == "!":
        return Made(f"!({left.text})", int(not left.value), "bool")
    both = sign in ("&&", "and")
    value = bool(left.value) and bool(right.value) if both else bool(left.value) or bool(right.value)
    return Made(f"{left.operand} {sign} {right.operand}", int(value), "bool", tight=False)


booleans: st.SearchStrategy[Made] = st.recursive(
    st.sampled_from((Made("true", 1, "bool"), Made("false", 0, "bool"))) | _comparison(integers),
    _logic,
    max_leaves=4,
)


def _single(value: float) -> float:
    return float(struct.unpack("f", struct.pack("f", value))[0])


@st.composite
def _real_literals(draw: st.DrawFn) -> Made:
    is_single = draw(st.booleans())
    number = draw(st.floats(0, 1e30, allow_subnormal=False))
    form = draw(st.sampled_from(("repr", "exponent", "hex", "whole")))
    if form == "hex":
        text = number.hex()
    elif form == "exponent":
        text = f"{number:.8e}"
    elif form == "whole":
        text = f"{number:.0f}."
    else:
        text = repr(number) if "e" in repr(number) or "." in repr(number) else f"{number!r}."
    value = float.fromhex(text) if form == "hex" else float(text)
    if is_single:
        return Made(text + draw(st.sampled_from("fF")), _single(value), "float")
    return Made(text, value, "double")


@st.composite
def _real_operations(draw: st.DrawFn, parts: st.SearchStrategy[Made]) -> Made:
    left, right = draw(parts), draw(parts)
    kind = "double" if "double" in (left.type, right.type) else "float"
    sign = draw(st.sampled_from("+-*/"))
    if sign == "/" and right.value == 0:
        return left
    one, other = float(left.value), float(right.value)
    try:
        value = {"+": one + other, "-": one - other, "*": one * other}.get(sign) if sign != "/" else one / other
        value = float(value if value is not None else 0.0)
        value = _single(value) if kind == "float" else value
    except OverflowError:
        return left
    if not math.isfinite(value):
        return left
    return Made(f"{left.operand} {sign} {right.operand}", value, kind, tight=False)


reals: st.SearchStrategy[Made] = st.recursive(_real_literals(), _real_operations, max_leaves=4)

_CASES = {"Z": 0, "A": 1, "B": 2, "C": 4, "AC": 5}
_PREFIXES = ("Flag", "dd::Flag", "::dd::Flag")


@st.composite
def _cases(draw: st.DrawFn) -> Made:
    prefix = draw(st.sampled_from(_PREFIXES))
    name = draw(st.sampled_from(tuple(_CASES)))
    number = draw(st.integers(0, 7))
    text, value = draw(
        st.sampled_from(
            (
                (f"{prefix}::{name}", _CASES[name]),
                (f"static_cast<{prefix}>({number})", number),
                (f"{prefix}({number})", number),
                (f"{prefix}{{{number}}}", number),
                (f"({prefix}){number}", number),
            )
        )
    )
    return Made(text, value, "Flag", tight=not text.startswith("("))


@st.composite
def _flag_operations(draw: st.DrawFn, parts: st.SearchStrategy[Made]) -> Made:
    left, right = draw(parts), draw(parts)
    one, other = int(left.value), int(right.value)
    text, value = draw(
        st.sampled_from(
            (
                (f"{left.operand} | {right.operand}", one | other),
                (f"{left.operand}&{right.operand}", one & other),
                (f"{left.operand} xor {right.operand}", one ^ other),
                (f"~{left.operand}", 7 - one),
                (f"{left.operand} == {right.operand} ? {left.operand} : {right.operand}", other),
            )
        )
    )
    return Made(text, value, "Flag", tight=False)


flags: st.SearchStrategy[Made] = st.recursive(_cases(), _flag_operations, max_leaves=5)

_NAMED = {9: "\\t", 10: "\\n", 34: '\\"', 92: "\\\\", 7: "\\a", 13: "\\r", 39: "\\'"}


@st.composite
def _escaped(draw: st.DrawFn, byte: int) -> str:
    forms = [f"\\{byte:03o}", f"\\x{byte:02x}"]
    if byte in _NAMED:
        forms.append(_NAMED[byte])
    if 0x20 <= byte < 0x7F and byte not in (34, 92):
        forms += [chr(byte)] * 4
    return draw(st.sampled_from(forms))


@st.composite
def strings(draw: st.DrawFn) -> tuple[str, bytes]:
    """String literals side by side, plain and raw ones, and the bytes they stand for."""
    texts, found = [], b""
    for part in draw(st.lists(st.binary(max_size=6), min_size=1, max_size=3)):
        if draw(st.booleans()):
            raw = "".join(chr(32 + byte % 95) for byte in part)
            texts.append(f'R"x({raw})x"')
            found += raw.encode()
            continue
        written = [draw(_escaped(byte)) for byte in part]
        for index, (before, after) in enumerate(pairwise(written)):
            if before.startswith("\\x") and after[0] in "0123456789abcdefABCDEF":
                written[index] = f'{before}" "'
        texts.append(f'"{"".join(written)}"')
        found += part
    return draw(st.sampled_from((" ", "\n /* and */ "))).join(texts), found
