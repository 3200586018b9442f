"""The generated package that reads and prints modules: which one it is, and what is missing where it cannot."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from opspec.dataclass import dataclass
from opspec.diagnostics import ToolError
from opspec.pipeline import read_bindings

__all__ = ["Package", "load_package"]

_USUAL = "enzyme_mlir"
_PARTS = (
    "releases",
    "lowering",
    *(f"lowering.{part}" for part in ("contexts", "defaults", "installed", "parsing", "sources")),
)


@dataclass(frozen=True, slots=True)
class Package:
    """A generated package, and those of its modules that `opspec ir` works with."""

    name: str
    root: ModuleType
    releases: Any
    lowering: Any
    contexts: Any
    defaults: Any
    installed: Any
    parsing: Any
    sources: Any


def load_package(config: Path, is_named: bool, name: str | None) -> Package:
    """Import the package of a project, or that of Enzyme's dialects where there is no project.

    Args:
        config: The project's `bindings.yaml`.
        is_named: Whether the user named it; then it has to be there.
        name: The package, instead of the project's.

    Raises:
        SpecError: `bindings.yaml` has mistakes.
        ToolError: There is no such package, it cannot read modules, or it lacks the MLIR bindings.
    """
    chosen = name
    if is_named or config.is_file():
        bindings, diagnostics = read_bindings(config)
        diagnostics.raise_if_any()
        chosen = name or bindings.package
        made = bindings.output / "python"
        if (made / chosen).is_dir():
            sys.path.insert(0, str(made))
    return _imported(chosen or _usual())


def _usual() -> str:
    """The package that is meant without a project: that of Enzyme's dialects."""
    if importlib.util.find_spec(_USUAL) is None:
        install = f"pip install {_USUAL.replace('_', '-')}"
        raise ToolError(
            f"there is no project here, and {_USUAL} is not installed: {install}, or name a package with --package"
        )
    return _USUAL


def _imported(name: str) -> Package:
    if importlib.util.find_spec(name) is None:
        raise ToolError(
            f"there is no package {name} to read modules with; `opspec generate` makes a project's, or name another "
            "one with --package"
        )
    try:
        root = importlib.import_module(name)
        if importlib.util.find_spec(f"{name}.lowering") is None:
            raise ToolError(_without_lowering(name))
        return Package(name, root, *(importlib.import_module(f"{name}.{part}") for part in _PARTS))
    except ImportError as error:  # the MLIR bindings, and it says how to install them
        raise ToolError(str(error)) from error


def _without_lowering(name: str) -> str:
    if importlib.util.find_spec(f"{name}._runtime") is None:
        return f"the package {name} is none that opspec generates; name one with --package"
    return (
        f"the package {name} has no module `lowering`, which reads and prints modules with Enzyme; in Python, "
        f"{name}.ir.Module.parse(text, {name}.new_context()) reads generic form, and {name}.verify(module) checks it"
    )
