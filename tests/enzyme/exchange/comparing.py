"""A module before and after Enzyme: the same, the same with defaults written out, or where they part."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from enzyme_mlir import ir
from enzyme_mlir._runtime.respelling import respell
from enzyme_mlir.lowering.contexts import full_context
from enzyme_mlir.lowering.reading import print_module, read_own

from .outcomes import Kind

__all__ = ["compare"]

_IR: Any = ir
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\w.@#!%$]+|\s+|.')
AROUND = 4
"""Words and signs that are shown before and after what differs."""


def compare(given: Any, result: Any, release: str) -> tuple[Kind, tuple[str, ...]]:
    """How a module that came back is related to the one that was sent.

    Args:
        given: The module as the host has it.
        result: What came back.
        release: The release that it went through, in whose spelling it comes back.

    Returns:
        The kind, and the attributes that were added, or what was and what came.
    """
    before, after = print_module(given), print_module(result)
    if before == after:
        return Kind.IDENTICAL, ()
    spelled = respell(before, release)
    if spelled == after:
        return Kind.SPELLED, ()
    expected = read_own(spelled, full_context())
    added = _add_missing(expected.operation, result.operation)
    completed = print_module(expected)
    if completed == after:
        return Kind.DEFAULTS, tuple(dict.fromkeys(added))
    return Kind.DIFFERS, _differences(completed, after)


def _add_missing(given: Any, result: Any) -> list[str]:
    """Add attributes that only the other operation has, to all operations within as well; says which ones."""
    if given.name != result.name:
        return []
    added: list[str] = []
    here = set(_names(given))
    for name in _names(result):
        if name not in here:
            text = str(result.attributes[name])
            given.attributes[name] = _IR.Attribute.parse(text, given.context)
            added.append(f"{given.name} {name} = {text}")
    for one, other in zip(_inside(given), _inside(result), strict=False):
        added += _add_missing(one, other)
    return added


def _names(operation: Any) -> list[str]:
    """The names of attributes; what iterates over them differs between hosts."""
    return [each if isinstance(each, str) else each.name for each in operation.attributes]


def _inside(operation: Any) -> list[Any]:
    return [each.operation for region in operation.regions for block in region.blocks for each in block.operations]


def _differences(before: str, after: str) -> tuple[str, ...]:
    """The first place where two texts part, with the words around it: what was, and what came."""
    pairs = zip_longest(before.splitlines(), after.splitlines(), fillvalue="")
    old_line, new_line = next(pair for pair in pairs if pair[0] != pair[1])
    olds, news = _TOKEN.findall(old_line), _TOKEN.findall(new_line)
    for tag, start, end, new_start, new_end in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if tag != "equal":
            old = "".join(olds[max(start - AROUND, 0) : end + AROUND])
            new = "".join(news[max(new_start - AROUND, 0) : new_end + AROUND])
            return " ".join(old.split()), " ".join(new.split())
    raise AssertionError("lines that differ have words that differ")
