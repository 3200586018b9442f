"""`bindings.yaml`: which dialects become bindings, under which names, and where."""

from __future__ import annotations

import os
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostics, ToolError, near_match
from opspec.naming.conventions import CONVENTIONS, Convention
from opspec.naming.reserved import why_no_package
from opspec.spec.conventions import read_conventions
from opspec.spec.distribution import Distribution, numbers_of_version, read_distribution
from opspec.spec.nodes import items, text_of
from opspec.spec.reading import read_yaml
from opspec.spec.rust import RustSettings, read_rust
from opspec.spec.schema import validate

__all__ = ["TARGETS", "USUAL_TARGETS", "Bindings", "load_bindings", "read_bindings"]

TARGETS = ("python", "docs", "snapshots", "schema", "rust")
"""What can be generated."""

USUAL_TARGETS = TARGETS[:4]
"""What is generated where nobody chose."""

_ANOTHER_PACKAGE = "call it something that no other package is called, such as mydialect_bindings"


@dataclass(frozen=True, slots=True)
class Bindings:
    """A project: the facts of its dialects, and what to make of them. Paths are resolved.

    `conventions` are the project's own. `is_naming_forced` says that no overlay may choose another convention than
    `naming`. `version` is that of the package, from which old names may be due to go; empty where it is not given.
    `distribution` is what the package is when it is installed. `targets` is what is generated, `rust` how Rust lives.
    """

    package: str
    naming: str
    output: Path
    specs: tuple[Path, ...]
    conventions: tuple[Convention, ...] = ()
    is_naming_forced: bool = False
    version: str = ""
    distribution: Distribution = Distribution()
    targets: tuple[str, ...] = USUAL_TARGETS
    rust: RustSettings = RustSettings()


def load_bindings(path: Path, diagnostics: Diagnostics, *, with_texts: bool = True) -> Bindings | None:
    """The project that a `bindings.yaml` describes; mistakes go to `diagnostics`.

    `with_texts` says whether the texts of licenses are read, which may stand outside of the folder. Raises `ToolError`
    where the file cannot be read.
    """
    if not path.is_file():
        raise ToolError(f"there is no {path}; name one with --config, or give --spec")
    root = read_yaml(path, diagnostics)
    if root is None:
        return None
    root = validate(root, "bindings", diagnostics)
    folder = path.parent
    package = text_of(root, "package")
    node = root.get("package")
    reason = why_no_package(package)
    if node is not None and reason:
        diagnostics.report("wrong-value", f"package is '{package}', which {reason}", node.location, _ANOTHER_PACKAGE)
    conventions = read_conventions(root, diagnostics)
    known = (*CONVENTIONS, *(convention.name for convention in conventions))
    naming = text_of(root, "naming") or CONVENTIONS[0]
    chosen = root.get("naming")
    if chosen is not None and naming not in known:
        message = f"there is no convention '{naming}'"
        diagnostics.report("unknown-name", message, chosen.location, near_match(naming, known))
        naming = CONVENTIONS[0]  # so that what else is wrong is found too
    specs = []
    for item in items(root, "dialects"):
        spec = folder / item.text / "dialect.yaml"
        if spec.is_file():
            specs.append(spec)
        else:
            message = f"the dialect '{item.text}' has no {spec}"
            diagnostics.report("unknown-name", message, item.location, "`opspec extract` writes it")
    node = root.get("output")
    named = text_of(root, "output")
    if node is not None and not named.isprintable():
        diagnostics.report("wrong-value", f"output is {named!r}, expected the path of a folder", node.location)
        named = ""
    output = Path(os.path.realpath(folder / named))  # also where links lead in a circle
    distribution = read_distribution(root, folder if with_texts else None, diagnostics)
    return Bindings(
        package=package,
        naming=naming,
        output=output,
        specs=tuple(specs),
        conventions=conventions,
        version=text_of(root, "version") or numbers_of_version(text_of(root.get("distribution"), "version")),
        distribution=distribution,
        targets=tuple(item.text for item in items(root, "targets")) or USUAL_TARGETS,
        rust=read_rust(root),
    )


def read_bindings(config: Path) -> tuple[Bindings, Diagnostics]:
    """The project's description and what is wrong with it; raises `SpecError` where it cannot be used at all."""
    diagnostics = Diagnostics()
    bindings = load_bindings(config, diagnostics)
    if bindings is None:
        diagnostics.raise_if_any()
        raise AssertionError("a description that is not there is reported")
    return bindings, diagnostics
