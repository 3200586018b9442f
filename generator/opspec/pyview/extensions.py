"""Hand-written modules that extend a generated one: what they export, read without running them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostics, Location, Note, near_match
from opspec.naming.pynames import legal
from opspec.naming.reserved import KEYWORDS

__all__ = ["PACKAGE", "TESTING", "PyExtension", "check_extensions", "check_paths", "exports_of", "read_extension"]

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
    except (ValueError, RecursionError, MemoryError) as error:
        diagnostics.report("extension", f"not Python: {error}", Location(shown), "correct the module")
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
    _check_exports(names, tree, Location(shown), diagnostics)
    first = tuple((name, documented.get(name, "").partition("\n")[0]) for name in sorted(names))
    return PyExtension(pure.stem, extends, first, Location(shown))


def _check_exports(names: Sequence[str], tree: ast.Module, location: Location, diagnostics: Diagnostics) -> None:
    """Report exports that are no names, are named twice, or are not there."""
    defined = _defined(tree)
    for name in dict.fromkeys(names):
        if legal(name) != name or name in KEYWORDS:
            message = f"the module exports {name!r}, which is no Python name"
            diagnostics.report("extension", message, location, "correct `__all__`")
        elif names.count(name) > 1:
            diagnostics.report("extension", f"the module exports '{name}' twice", location, "correct `__all__`")
        elif defined is not None and name not in defined:
            message = f"the module exports '{name}', which it does not have"
            diagnostics.report("extension", message, location, near_match(name, defined))


def _defined(tree: ast.Module) -> set[str] | None:
    """The names that a module has; None where that is not to be seen without running it."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found.update((alias.asname or alias.name).partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.Global):
            found.update(node.names)
    return None if found & {"*", "__getattr__", "globals"} else found


def _module_of(path: str) -> str:
    """The module that a file is, whatever the case of its letters: `a/b.py` and `a/b/__init__.py` are one."""
    return path.lower().removesuffix(".py").removesuffix("/__init__")


def check_paths(paths: Iterable[tuple[str, str]], own: Iterable[str], diagnostics: Diagnostics) -> None:
    """Report hand-written files that would stand in place of the package's own, or of each other.

    `paths` are pairs of a path in the package and the file in diagnostics, `own` the files of the package.
    """
    taken = {_module_of(path): "a file of the package itself" for path in own}
    for path, shown in paths:
        holder = taken.setdefault(_module_of(path), shown)
        inside = "_runtime/" if path.lower().startswith("_runtime/") else ""
        if holder != shown or inside:
            what = "a part of the package's runtime" if inside else holder
            message = f"the module would stand in the place of {what}"
            diagnostics.report("extension", message, Location(shown), "call it something else")


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
