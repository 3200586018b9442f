"""The package itself and its module `testing`: which names they have, and from which modules these come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from opspec.dataclass import dataclass
from opspec.pyview.extensions import PACKAGE, PyExtension
from opspec.pyview.printer import block
from opspec.pyview.python import Import
from opspec.pyview.text import py_literal

__all__ = ["EAGER", "LAZY", "Facade", "view_facade"]

EAGER = ("use_host", "use_release", "using_release")
"""What the package has as soon as it is imported: nothing of it needs the host."""

LAZY: Mapping[str, tuple[str, ...]] = {
    "_runtime.complaints": ("Complaint", "complaint_of"),
    "_runtime.from_functions": ("from_py_func",),
    "_runtime.host": ("HOST", "OpResult", "Value", "ir", "new_context"),
    "_runtime.series": ("building",),
    "_runtime.showing": ("Shown", "show"),
    "_runtime.verification": ("verification",),
    "_runtime.verify": ("Finding", "Findings", "verify"),
}
"""What the package looks up when it is used first, by module."""


@dataclass(frozen=True, slots=True)
class Facade:
    """The lines of a module that has names of others; they are imported when they are used first."""

    imports: tuple[str, ...]
    """For type checkers, which see the names at once."""
    exports: tuple[str, ...]
    """The names, sorted."""
    modules: tuple[str, ...]
    """Entries of a table: each name with its module, seen from the package."""


def view_facade(place: str, extensions: Iterable[PyExtension]) -> Facade:
    """The facade of the package (`PACKAGE`), with its own names, or of its module `testing`, without them."""
    own = LAZY if place == PACKAGE else {}
    modules = dict(own)
    for extension in extensions:
        if extension.extends == place:
            modules[extension.module] = tuple(name for name, _ in extension.exports)
    eager = EAGER if place == PACKAGE else ()
    names = sorted((name, module) for module, names in modules.items() for name in names)
    return Facade(
        tuple(line for module in sorted(modules) for line in block([_import(module, modules[module])], 4)),
        tuple(sorted((*eager, *(name for name, _ in names)))),
        tuple(f"{py_literal(name)}: {py_literal(module)}" for name, module in names),
    )


def _import(module: str, names: Iterable[str]) -> Import:
    return Import(f".{module}", tuple(sorted(names)))
