"""Hand-written modules that extend a generated one: what they export, read without running them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from opspec.diagnostics import Diagnostics, Location, Note

__all__ = ["PACKAGE", "TESTING", "PyExtension", "check_extensions", "exports_of", "read_extension"]

PACKAGE, TESTING = "", "testing"
"""What a module at the root of the package may extend: the package itself, or its module for tests."""

_MODULE = re.compile(r"_([A-Za-z0-9]+)_\w+\.py")
_AT_THE_ROOT = {"package": PACKAGE, "testing": TESTING}


@dataclass(frozen=True, slots=True)
class PyExtension:
    """A module beside the one that it extends: its exports, each with the first line about it.

    Example: `PyExtension("_enzyme_derivatives", "dialects.enzyme", (("jvp", "The product of ..."),), location)`.
    """

    module: str
    extends: str
    exports: tuple[tuple[str, str], ...]
    location: Location


def read_extension(path: str, text: str, shown: str, diagnostics: Diagnostics) -> PyExtension | None:
    """The extension at `path` in the package; None where the file is another kind of module.

    `dialects/_<module>_<anything>.py` extends the dialect's module by the names of its `__all__`,
    `_package_<anything>.py` the package, `_testing_<anything>.py` its module `testing`. `shown` is the file in
    diagnostics.
    """
    pure = PurePosixPath(path)
    match = _MODULE.fullmatch(pure.name)
    if match is None:
        return None
    if pure.parent.as_posix() == "dialects":
        extends = f"dialects.{match[1]}"
    elif pure.parent.as_posix() == "." and match[1] in _AT_THE_ROOT:
        extends = _AT_THE_ROOT[match[1]]
    else:
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
        hint = "name what the module that it extends shall have: __all__ = [...]"
        diagnostics.report("extension", message, Location(shown), hint)
    first = tuple((name, documented.get(name, "").partition("\n")[0]) for name in sorted(names))
    return PyExtension(pure.stem, extends, first, Location(shown))


def check_extensions(
    extensions: Iterable[PyExtension], own: Mapping[str, Iterable[str]], diagnostics: Diagnostics
) -> None:
    """Report names that two extensions of the package give, or that it has already.

    `own` are the names that `PACKAGE` and `TESTING` have themselves. The names of dialects are checked with those of
    their operations.
    """
    held: dict[tuple[str, str], PyExtension] = {}
    for extension in extensions:
        if extension.extends not in own:
            continue
        where = f"`{extension.extends}`" if extension.extends else "the package"
        for name, _ in extension.exports:
            other = held.setdefault((extension.extends, name), extension)
            notes = [] if other is extension else [Note(f"it is exported here too, by {other.module}", other.location)]
            if notes or name in own[extension.extends]:
                message = f"{extension.module} exports '{name}', which {where} has already"
                diagnostics.report("name-collision", message, extension.location, "export it by another name", notes)


def exports_of(text: str) -> tuple[str, ...]:
    """The names in the `__all__` of a module's text, in their order."""
    return tuple(_exports(ast.parse(text)))


def _exports(tree: ast.Module) -> list[str]:
    """The names in `__all__`."""
    for node in tree.body:
        if not isinstance(node, ast.Assign) or not isinstance(node.value, (ast.List, ast.Tuple)):
            continue
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets):
            constants = [item.value for item in node.value.elts if isinstance(item, ast.Constant)]
            return [value for value in constants if isinstance(value, str)]
    return []
