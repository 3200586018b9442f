"""`bindings.yaml`: which dialects become bindings, under which names, and where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from opspec.diagnostics import Diagnostics, ToolError
from opspec.model.build import items, text_of
from opspec.naming.policy import CONVENTIONS
from opspec.spec.nodes import read_yaml
from opspec.spec.schema import validate

__all__ = ["Bindings", "load_bindings"]


@dataclass(frozen=True, slots=True)
class Bindings:
    """A project: the facts of its dialects, and what to make of them. Paths are resolved."""

    package: str
    naming: str
    output: Path
    specs: tuple[Path, ...]


def load_bindings(path: Path, diagnostics: Diagnostics) -> Bindings | None:
    """The project that a `bindings.yaml` describes; mistakes go to `diagnostics`.

    Raises `ToolError` where the file cannot be read.
    """
    if not path.is_file():
        raise ToolError(f"there is no {path}; name one with --config, or give --spec")
    root = read_yaml(path, diagnostics)
    if root is None:
        return None
    validate(root, "bindings", diagnostics)
    folder = path.parent
    package = text_of(root, "package")
    node = root.get("package")
    if node is not None and not package.isidentifier():
        diagnostics.report("wrong-value", f"package is '{package}', expected a Python identifier", node.location)
    specs = []
    for item in items(root, "dialects"):
        spec = folder / item.text / "dialect.yaml"
        if spec.is_file():
            specs.append(spec)
        else:
            message = f"the dialect '{item.text}' has no {spec}"
            diagnostics.report("unknown-name", message, item.location, "`opspec extract` writes it")
    output = (folder / text_of(root, "output")).resolve()
    return Bindings(package, text_of(root, "naming") or CONVENTIONS[0], output, tuple(specs))
