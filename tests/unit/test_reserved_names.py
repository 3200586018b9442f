"""Names that generated code keeps free, and why one is not to be had."""

from __future__ import annotations

import keyword

import pytest

from opspec.naming.reserved import BUILTINS, KEYWORDS, VIEW_MEMBERS, why_private, why_reserved
from opspec.naming.rules import CASES, FUNCTIONS, PARAMETERS, PARTS

KEYWORDS_OF_3_10 = """False None True and as assert async await break class continue def del elif else except finally
for from global if import in is lambda nonlocal not or pass raise return try while with yield""".split()


def test_the_keywords_are_those_of_python_3_10() -> None:
    assert frozenset(KEYWORDS_OF_3_10) == KEYWORDS


def test_the_frozen_lists_cover_this_interpreter() -> None:
    assert set(keyword.kwlist) <= KEYWORDS
    assert {"set", "type", "print", "ExceptionGroup", "aiter"} <= BUILTINS
    assert {"operands", "results", "regions", "attributes", "operation"} <= VIEW_MEMBERS


@pytest.mark.parametrize(
    ("name", "reserved", "reason"),
    [
        ("context", PARAMETERS, "is a member of every attribute and type class"),
        ("context", PARTS, "is a parameter of every builder"),
        ("lambda", CASES, "is a keyword of Python"),
        ("name", CASES, "is a member of every enum"),
        ("name", PARTS, "is a member of every operation's class"),
        ("parse", PARAMETERS, "is a member of every attribute and type class"),
        ("parse", PARTS, "is a member of every operation's class"),
        ("types", PARTS, "is a name that every builder uses itself"),
        ("_rt", PARTS, "is a name that every builder uses itself"),
        ("_rt", FUNCTIONS, "is a name that the module uses itself"),
        ("set", FUNCTIONS, "is a builtin of Python"),
        ("set", PARTS, ""),
        ("name", FUNCTIONS, ""),
        ("loc", PARTS, "is a parameter of every builder"),
        ("loc", FUNCTIONS, ""),
    ],
)
def test_why_a_name_is_not_to_be_had(name: str, reserved: frozenset[str], reason: str) -> None:
    assert why_reserved(name, reserved) == reason


@pytest.mark.parametrize("name", ["_to_i64", "_is_any", "_add_rules", "_add_contract"])
def test_names_like_the_modules_own_are_private(name: str) -> None:
    assert why_private(name)
    assert not why_private(name[1:])
    assert not why_private(f"x{name}")
