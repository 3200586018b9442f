"""Hand-written modules that extend a dialect's generated one: what they export, read without running them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from opspec.diagnostics import Diagnostics, Location

__all__ = ["PyExtension", "read_extension"]

_MODULE = re.compile(r"_([A-Za-z0-9]+)_\w+\.py")


@dataclass(frozen=True, slots=True)
class PyExtension:
    """A module beside that of a dialect, e.g. `_enzyme_derivatives`: its exports, each with the first line about it."""

    module: str
    dialect_module: str
    exports: tuple[tuple[str, str], ...]
    location: Location


def read_extension(path: str, text: str, shown: str, diagnostics: Diagnostics) -> PyExtension | None:
    """The extension of a dialect at `path` in the package; None where the file is another kind of module.

    `dialects/_<module>_<anything>.py` extends the dialect's module, by the names of its `__all__`. `shown` is the file
    in diagnostics.
    """
    pure = PurePosixPath(path)
    match = _MODULE.fullmatch(pure.name)
    if pure.parent.as_posix() != "dialects" or match is None:
        return None
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        where = Location(shown, error.lineno or 1, error.offset or 1)
        diagnostics.report("extension", f"not Python: {error.msg}", where, "correct the module")
        return None
    documented = {
        node.name: ast.get_docstring(node) or ""
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }
    names = _exports(tree)
    if not names:
        message = "the module exports nothing"
        diagnostics.report(
            "extension", message, Location(shown), "name what the dialect's module shall have: __all__ = [...]"
        )
    first = tuple((name, documented.get(name, "").partition("\n")[0]) for name in sorted(names))
    return PyExtension(pure.stem, match[1], first, Location(shown))


def _exports(tree: ast.Module) -> list[str]:
    """The names in `__all__`."""
    for node in tree.body:
        if not isinstance(node, ast.Assign) or not isinstance(node.value, (ast.List, ast.Tuple)):
            continue
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets):
            constants = [item.value for item in node.value.elts if isinstance(item, ast.Constant)]
            return [value for value in constants if isinstance(value, str)]
    return []
