"""What hand-written modules import from generated ones, read without running them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from opspec.dataclass import dataclass
from opspec.diagnostics import Location

__all__ = ["DIALECTS", "Import", "imports_of"]

DIALECTS = "dialects"
"""The module of the package that holds the modules of dialects."""

_GUARDS = ("ImportError", "ModuleNotFoundError", "AttributeError", "Exception", "BaseException")


@dataclass(frozen=True, slots=True)
class Import:
    """A name that a module needs another one of the package to have: `Import("dialects.enzyme", "autodiff", ...)`."""

    module: str
    name: str
    location: Location


def imports_of(path: str, text: str, shown: str, package: str) -> tuple[Import, ...]:
    """The names of `dialects` and of the modules in it that the module at `path` in the package needs.

    Imports whose failure is caught are not among them, nor are private names. `shown` is the file in diagnostics. A
    module that is not Python needs none: that is reported elsewhere.
    """
    if DIALECTS not in text and PurePosixPath(path).parts[0] != DIALECTS:
        return ()  # most modules: to parse them all takes longer than to read the specs
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    return tuple(_Reader(PurePosixPath(path), shown, package).read(tree))


class _Reader:
    def __init__(self, path: PurePosixPath, shown: str, package: str) -> None:
        self._folder = path.parent.parts
        self._shown = shown
        self._package = package
        self._bound: dict[str, str] = {}

    def read(self, tree: ast.Module) -> Iterator[Import]:
        everything = list(ast.walk(tree))
        guarded = {id(inner) for node in everything for inner in _guarded(node)}
        nodes = [node for node in everything if id(node) not in guarded]
        for node in nodes:
            if isinstance(node, ast.ImportFrom):
                yield from self._from(node)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    module = self._inside(alias.name)
                    if alias.asname and module is not None:
                        self._bound[alias.asname] = module
        if not self._bound:
            return
        written: defaultdict[str, int] = defaultdict(int)
        for node in everything:
            if isinstance(node, ast.arg):
                written[node.arg] += 1
            elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                written[node.id] += 1
        for node in nodes:
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                module = self._bound.get(node.value.id)
                if module is not None and module != DIALECTS and not written[node.value.id]:
                    yield from self._needed(module, node.attr, _end_of(node))

    def _from(self, node: ast.ImportFrom) -> Iterator[Import]:
        module = self._origin(node)
        if module is None:
            return
        for alias in node.names:
            place = (alias.lineno, alias.col_offset + 1)
            if module in ("", DIALECTS):
                self._bound[alias.asname or alias.name] = f"{module}.{alias.name}".lstrip(".")
            if module == DIALECTS or module.startswith(f"{DIALECTS}."):
                yield from self._needed(module, alias.name, place)

    def _needed(self, module: str, name: str, place: tuple[int, int]) -> Iterator[Import]:
        if module.split(".")[0] == DIALECTS and not name.startswith("_") and name != "*":
            yield Import(module, name, Location(self._shown, *place))

    def _origin(self, node: ast.ImportFrom) -> str | None:
        """The module of the package that an import is from, as its path in it; None for one of others."""
        if not node.level:
            return self._inside(node.module or "")
        if node.level - 1 > len(self._folder):
            return None
        parts = [*self._folder[: len(self._folder) - node.level + 1], *(node.module or "").split(".")]
        return ".".join(part for part in parts if part)

    def _inside(self, name: str) -> str | None:
        if name == self._package:
            return ""
        return name.removeprefix(f"{self._package}.") if name.startswith(f"{self._package}.") else None


def _end_of(node: ast.Attribute) -> tuple[int, int]:
    """Where the name of an attribute begins."""
    line, column = node.end_lineno or node.lineno, node.end_col_offset or 0
    return line, column - len(node.attr.encode("utf-8")) + 1


def _guarded(node: ast.AST) -> Iterator[ast.AST]:
    """What stands in a `try` that catches a name which is not there."""
    if not isinstance(node, ast.Try):
        return
    caught = {name.id for handler in node.handlers if handler.type for name in _names(handler.type)}
    if caught & set(_GUARDS) or any(handler.type is None for handler in node.handlers):
        for statement in node.body:
            yield from ast.walk(statement)


def _names(node: ast.expr) -> Iterator[ast.Name]:
    return (inner for inner in ast.walk(node) if isinstance(inner, ast.Name))
