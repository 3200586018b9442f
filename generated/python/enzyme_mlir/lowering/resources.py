"""Names of resources, which MLIR changes when a module is read where the same names are in use."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["restore_names"]

_USE = re.compile(
    r'dense_resource<("(?:[^"\\]|\\.)*"|[\w.$-]+)>|"(?:[^"\\]|\\.)*"', re.DOTALL
)
_BYTES = re.compile(r'^\s*("(?:[^"\\]|\\.)*"|[\w.$-]+): "(0x[0-9A-Fa-f]*)"', re.M)
_SUFFIX = re.compile(r'_\d+("?)$')


def restore_names(text: str, given: str) -> str:
    """A module with the names of resources that another module has for the same bytes.

    Args:
        text: A module in MLIR's generic form, which came of the other one.
        given: That other module.
    """
    if "dense_resource<" not in text:
        return text
    names = _renamed(text, given)
    if not names:
        return text
    code, mark, resources = text.rpartition("{-#")
    if not mark:
        code, resources = resources, ""

    def use(match: re.Match[str]) -> str:
        name = match[1]
        return match[0] if name not in names else f"dense_resource<{names[name]}>"

    def key(match: re.Match[str]) -> str:
        start, end = match.start(1) - match.start(), match.end(1) - match.start()
        return match[0][:start] + names.get(match[1], match[1]) + match[0][end:]

    return _USE.sub(use, code) + mark + _BYTES.sub(key, resources)


def _renamed(text: str, given: str) -> dict[str, str]:
    """The names that MLIR has changed, with what they were."""
    now, before = _resources(text), _resources(given)
    found: dict[str, str] = {}
    for name, content in now.items():
        old = name
        while old not in before and _SUFFIX.search(old):
            old = _SUFFIX.sub(r"\1", old)
        is_free = old not in now and old not in found.values()
        if old != name and is_free and before.get(old, "?") == content:
            found[name] = old
    return found


def _resources(text: str) -> Mapping[str, str]:
    """The resources that a module names, with their bytes; empty for those without."""
    _, mark, section = text.rpartition("{-#")
    content = dict(_BYTES.findall(section)) if mark else {}
    names = [match[1] for match in _USE.finditer(text) if match[1]]
    return {name: content.get(name, "") for name in names}
