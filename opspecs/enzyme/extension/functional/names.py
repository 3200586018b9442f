"""How the arguments of a function are called.

MLIR keeps no names of values. An argument is called by, in this order: the name in the text, where the module was given
as text (`%length` is `length`); an attribute of the argument whose name ends in `.name`, or `jax.arg_info`; a location
with a name (`loc("length")`); else `arg0`, `arg1` and so on, as MLIR prints them. Names that are not there for every
argument, or twice, are not used. `func.FuncOp.from_py_func` does not keep the names of the Python function.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .._runtime.host import ir

__all__ = ["names_in_text", "names_of"]

_IR: Any = ir
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"(:\d)?')
_ARGUMENT = re.compile(r"%([A-Za-z_$.-][\w$.-]*)\s*:")
_OPENING, _CLOSING = "([{<", ")]}>"


def names_in_text(text: str, entry: str) -> list[str]:
    """The names of a function's arguments in a module's text; empty where they are not names."""
    plain, quoted = re.escape(entry), re.escape(f'"{entry}"')
    found = re.search(rf"func\.func\s+(?:\w+\s+)?@(?:{plain}|{quoted})\s*\(", text)
    if found is None:
        return []
    names: list[str] = []
    for part in _split(text, found.end()):
        argument = _ARGUMENT.match(part.strip())
        if argument is None:
            return []
        names.append(argument[1])
    return names


def _split(text: str, start: int) -> list[str]:
    """The parts between commas from a place up to the bracket that closes."""
    parts: list[str] = []
    depth, begin, place = 0, start, start
    while place < len(text):
        character = text[place]
        if text.startswith("->", place):
            place += 2
            continue
        if character == '"':
            end = re.compile(r'"(?:[^"\\]|\\.)*"').match(text, place)
            if end is None:
                return []
            place = end.end()
            continue
        if character in _CLOSING and depth == 0:
            parts.append(text[begin:place])
            return [part for part in parts if part.strip()]
        depth += (character in _OPENING) - (character in _CLOSING)
        if character == "," and depth == 0:
            parts.append(text[begin:place])
            begin = place + 1
        place += 1
    return []


def names_of(function: Any, written: Sequence[str] = ()) -> list[str]:
    """What to call the arguments of a function.

    Args:
        function: The operation.
        written: The names in the text, where there is one.
    """
    kind: Any = _IR.TypeAttr(function.attributes["function_type"]).value
    count = len(kind.inputs)
    for names in (list(written), _in_attributes(function), _in_locations(function)):
        if len(names) == count and len(set(names)) == count and all(names):
            return names
    return [f"arg{position}" for position in range(count)]


def _in_attributes(function: Any) -> list[str]:
    if "arg_attrs" not in function.attributes:
        return []
    names: list[str] = []
    for attributes in _IR.ArrayAttr(function.attributes["arg_attrs"]):
        found = ""
        for named in _IR.DictAttr(attributes):
            is_name = named.name == "jax.arg_info" or named.name.endswith(".name")
            if is_name and isinstance(named.attr, _IR.StringAttr):
                found = str(named.attr.value)
        names.append(found)
    return names


def _in_locations(function: Any) -> list[str]:
    if not list(function.regions[0].blocks):
        return []
    names: list[str] = []
    for argument in function.regions[0].blocks[0].arguments:
        found = _QUOTED.finditer(str(argument.location))
        plain = (each[1] for each in found if each[2] is None)  # no file
        names.append(next(plain, ""))
    return names
