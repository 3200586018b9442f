"""The two sides of a comparison: dialects, the convention of their Python names, the Python modules they become."""

from __future__ import annotations

from dataclasses import field

from opspec.dataclass import dataclass
from opspec.model.dialect import Dialect
from opspec.naming.conventions import Convention
from opspec.naming.policy import NamingPolicy, policy_for
from opspec.pyview.build import build_module
from opspec.pyview.module import PyModule

__all__ = ["ProjectPair", "ProjectSide"]


class _Modules:
    """The Python modules of one side that were built so far, by the name of their dialect."""

    __slots__ = ("built",)

    def __init__(self) -> None:
        self.built: dict[str, PyModule] = {}


@dataclass(frozen=True, slots=True)
class ProjectSide:
    """What one side is made of: its dialects, the convention of its Python names, its package where it has one.

    `conventions` are the project's own, `is_naming_forced` says that no overlay may choose another,
    `has_rust` that Rust is generated too.
    """

    dialects: tuple[Dialect, ...]
    naming: str
    package: str = ""
    conventions: tuple[Convention, ...] = ()
    is_naming_forced: bool = False
    has_rust: bool = False
    _modules: _Modules = field(init=False, repr=False, compare=False, default_factory=_Modules)

    def policy(self, dialect: Dialect) -> NamingPolicy:
        """How the things of one of the dialects are called in Python."""
        return policy_for(dialect, self.naming, self.conventions, forced=self.is_naming_forced)

    def module(self, dialect: Dialect) -> PyModule:
        """What one of the dialects looks like in Python; built once."""
        built = self._modules.built
        if dialect.name not in built:
            built[dialect.name] = build_module(dialect, self.policy(dialect))
        return built[dialect.name]

    def conventions_of_names(self) -> object:
        """What decides how the things of a dialect are called, beside the dialect."""
        return self.naming, self.conventions, self.is_naming_forced

    def names(self) -> tuple[str, ...]:
        """The names of the dialects."""
        return tuple(dialect.name for dialect in self.dialects)

    def dialect(self, name: str) -> Dialect | None:
        """The dialect of that name, if there is one."""
        return next((dialect for dialect in self.dialects if dialect.name == name), None)


@dataclass(frozen=True, slots=True)
class ProjectPair:
    """Both sides as wholes."""

    old: ProjectSide
    new: ProjectSide
