"""Random C++ expressions: what is read of them is what they were made up to be, and what g++ says where it is."""

from __future__ import annotations

import shutil
import struct
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from opspec.model.constraints import AttributeKind, Builtin, IntegerOf, OpaqueLiteral
from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.evaluation import evaluate
from opspec.tablegen.cpp.kinds import kind_named
from opspec.tablegen.cpp.values import CaseValue, Number, Text
from tests.unit.cpp import ENUMS, READER
from tests.unit.cpp_expressions import Made, booleans, flags, integers, reals, strings

MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(integers | booleans)
def test_an_integer_is_what_it_was_made_up_to_be(made: Made) -> None:
    found = evaluate(made.text, ENUMS)
    assert isinstance(found, Number)
    assert (found.number, found.kind) == (made.value, kind_named(made.type))


@MANY
@given(reals)
def test_a_real_number_is_what_it_was_made_up_to_be(made: Made) -> None:
    found = evaluate(made.text, ENUMS)
    assert isinstance(found, Number)
    assert (struct.pack("d", found.number), found.kind) == (struct.pack("d", made.value), kind_named(made.type))


@MANY
@given(flags)
def test_a_value_of_an_enum_is_what_it_was_made_up_to_be(made: Made) -> None:
    found = evaluate(made.text, ENUMS)
    assert isinstance(found, CaseValue)
    assert found.number == made.value


@MANY
@given(strings())
def test_a_text_is_what_it_was_made_up_to_be(made: tuple[str, bytes]) -> None:
    text, expected = made
    assert evaluate(text, ENUMS) == Text(expected)


@MANY
@given(integers | booleans)
def test_an_attribute_takes_a_number_or_says_that_it_does_not(made: Made) -> None:
    value = int(made.value)
    signed = (value + (1 << 63)) % (1 << 64) - (1 << 63)
    assert READER.attribute(made.text, IntegerOf("i", 64)).literal == signed
    assert READER.attribute(made.text, AttributeKind.BOOL).literal is bool(value)
    assert READER.attribute(made.text, Builtin("f64")).literal == float(value)
    read = READER.attribute(made.text, IntegerOf("si", 8))
    assert read.literal == (value if -128 <= value <= 127 else OpaqueLiteral(made.text))
    assert bool(read.refused) == isinstance(read.literal, OpaqueLiteral)


_PIECES = r"""
1 0x ' " a :: Flag::A ( ) { } < > >> - ~ | ? : , int unsigned static_cast< R"( )" \ e . 1.5f $_builder /* get(
ArrayRef<int>
""".split()


@MANY
@given(st.lists(st.sampled_from((*_PIECES, " ")), max_size=14).map("".join) | st.text(max_size=30))
def test_any_text_has_a_value_or_none(text: str) -> None:
    try:
        evaluate(text, ENUMS)
    except NotConstant as reason:
        assert str(reason)


PROGRAM = """\
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <type_traits>
namespace dd {{
enum class Flag : uint32_t {{ Z = 0, A = 1, B = 2, C = 4, AC = 5 }};
constexpr Flag operator|(Flag a, Flag b) {{ return Flag(uint32_t(a) | uint32_t(b)); }}
constexpr Flag operator&(Flag a, Flag b) {{ return Flag(uint32_t(a) & uint32_t(b)); }}
constexpr Flag operator^(Flag a, Flag b) {{ return Flag(uint32_t(a) ^ uint32_t(b)); }}
constexpr Flag operator~(Flag a) {{ return Flag(~uint32_t(a) & 7u); }}
template <class T> void show(T value) {{
  if constexpr (std::is_enum_v<T>) std::printf("flag %u\\n", uint32_t(value));
  else if constexpr (std::is_same_v<T, float>) std::printf("float %a\\n", double(value));
  else if constexpr (std::is_same_v<T, double>) std::printf("double %a\\n", value);
  else if constexpr (std::is_same_v<T, bool>) std::printf("bool %d\\n", int(value));
  else if constexpr (std::is_signed_v<T>) std::printf("s%zu %lld\\n", sizeof(T), (long long)value);
  else std::printf("u%zu %llu\\n", sizeof(T), (unsigned long long)value);
}}
template <size_t N> void show(const char (&text)[N]) {{
  std::printf("text");
  for (size_t i = 0; i + 1 < N; ++i) std::printf(" %02x", (unsigned char)text[i]);
  std::printf("\\n");
}}
void all() {{
{lines}
}}
}}
int main() {{ dd::all(); }}
"""
WRITTEN = r"""
0.1f + 0.2f ; 16777217.0f ; 0x1.8p3 ; 1e-45f ; 4.9e-324 ; -0.0 ; 1'000.5e-2 ; 1 / 3.0f ; 2.0f * 1.1 ; 'a' + 1 ; '\n'
; 010 ; 0b1'01 ; -1u ; -7 / 2 ; -7 % 3 ; 1 << 31 ; -8 >> 1 ; ~0ull ; !!5 ; 5 > 3 ; true ? -1 : 1u ; true ? 1 : 2.5
; INT8_MAX + 1 ; UINT32_MAX ; -2147483648 ; 0x80000000 ; (unsigned char)300 ; static_cast<int8_t>(200)
; "a\tb" "\x41" R"(\n)" ; "\101\u00e9"
""".split(";")
KINDS = {"char": "s1", "unsigned char": "u1", "int": "s4", "unsigned": "u4", "long": "s8", "unsigned long": "u8"}


def _shown(text: str) -> str | None:
    """What the program prints of an expression, as it is read here; None where it is not."""
    try:
        found = evaluate(text, ENUMS)
    except NotConstant:
        return None
    match found:
        case CaseValue():
            return f"flag {found.number}"
        case Text(data):
            return " ".join(["text", *(f"{byte:02x}" for byte in data)])
        case Number(kind, number) if kind.floating:
            return f"{kind.name} {float(number).hex()}"
        case Number(kind, number):
            return f"{KINDS.get(kind.name, kind.name)} {number}"
        case _:
            return None


def _same(compiled: str, shown: str) -> bool:
    kind, _, number = compiled.partition(" ")
    if kind in ("float", "double"):
        return shown.partition(" ")[0] == kind and float.fromhex(number).hex() == shown.partition(" ")[2]
    return compiled == shown


def _compiled(texts: Iterable[str], folder: Path) -> list[str]:
    lines = "\n".join(f"  show({text});" for text in texts)
    source, program = folder / "shown.cpp", folder / "shown"
    source.write_text(PROGRAM.format(lines=lines), encoding="utf-8")
    subprocess.run(["g++", "-std=c++20", "-w", "-O0", "-o", program, source], check=True)
    return subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.skipif(shutil.which("g++") is None, reason="g++ is not here")
def test_a_compiler_says_the_same(tmp_path: Path) -> None:
    texts = [text.strip() for text in WRITTEN]

    @settings(max_examples=300, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(integers | booleans | reals | flags | strings().map(lambda made: Made(made[0], 0, "text")))
    def collect(made: Made) -> None:
        texts.append(made.text)

    collect()
    texts = [text for text in dict.fromkeys(texts) if _shown(text) is not None]
    assert len(texts) > 200
    found = _compiled(texts, tmp_path)
    assert len(found) == len(texts)
    wrong = [(t, c, _shown(t)) for t, c in zip(texts, found, strict=True) if not _same(c, _shown(t) or "")]
    assert wrong == []
