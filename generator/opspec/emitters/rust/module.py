"""The text of a dialect's module in Rust."""

from __future__ import annotations

from opspec.rsview.code import Use, uses_of
from opspec.rsview.module import RsModule
from opspec.rsview.printer import print_item, print_uses
from opspec.rsview.text import doc_lines

__all__ = ["print_module"]

_DECLARED = ("declared", "super::declared")
_STANDARD = ("std", "std")
_TESTING = ("helper", "super::super::declared::testing")


def print_module(module: RsModule, header: str, melior: str) -> str:
    """The module and its tests; `melior` is what melior is called in a `use`."""
    used = uses_of(module.items)
    lines = [header, *doc_lines(module.docs, mark="//!"), ""]
    lines += print_uses(used, (_DECLARED, ("melior", melior), _STANDARD))
    for item in module.items:
        lines += ["", *print_item(item)]
    if module.tests:
        tested = (uses_of(module.tests) - used) | {Use("super", "*")}
        lines += ["", "#[cfg(test)]", "mod tests {"]
        lines += print_uses(tested, (_TESTING, ("super", "super"), ("melior", melior)), 4)
        for test in module.tests:
            lines += ["", *print_item(test, 4)]
        lines.append("}")
    return "\n".join(lines) + "\n"
