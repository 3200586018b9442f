"""The Python package: a module per dialect, the runtime that they share, and what makes it installable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources

from opspec.emitters.output import GeneratedFile
from opspec.emitters.python.distribution import render_distribution
from opspec.emitters.python.facades import EAGER, LAZY, view_facade
from opspec.emitters.python.module import module_text
from opspec.emitters.python.releases import release_table
from opspec.emitters.templating import environment
from opspec.model.dialect import Dialect
from opspec.pyview.extensions import PACKAGE, TESTING, PyExtension, exports_of
from opspec.pyview.module import PyModule
from opspec.pyview.text import py_docstring, py_literal
from opspec.spec.distribution import Distribution

__all__ = ["files_of_package", "names_of_package", "render_module", "render_package"]

_TEMPLATES = environment("opspec.emitters.python", literal=py_literal)


def render_module(module: PyModule, package: str, header: str) -> GeneratedFile:
    """The module of one dialect."""
    return GeneratedFile(f"python/{package}/dialects/{module.name}.py", module_text(module, header))


def _hand_written(folder: str) -> Iterable[tuple[str, str]]:
    """The files of a folder beside this module, which are copied as they are."""
    found = resources.files("opspec.emitters.python").joinpath(folder)
    for entry in sorted(found.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith((".py", ".pyi")):
            yield entry.name, entry.read_text(encoding="utf-8")


_SHARED = (
    "assembly.py",
    "assembly_elements.py",
    "assembly_reader.py",
    "quoting.py",
    "relation_checks.py",
    "relation_terms.py",
    "relations.py",
    "scanning.py",
    "words.py",
)


def _shared() -> Iterable[tuple[str, str]]:
    """Assembly formats, relations, words of constraints and dataclasses, which the generator and the runtime share."""
    root = resources.files("opspec")
    found = [root.joinpath("dataclass.py"), *(root.joinpath("notation").joinpath(name) for name in _SHARED)]
    return [(each.name, each.read_text(encoding="utf-8")) for each in found]


def files_of_package(modules: Iterable[str]) -> tuple[str, ...]:
    """The paths of the package's own files; `modules` are those of the dialects."""
    shared = [f"_runtime/{name}" for name, _ in (*_shared(), *_hand_written("runtime"))]
    hand_written = [name for name, _ in _hand_written("package")]
    dialects = [f"dialects/{name}.py" for name in ("__init__", *modules)]
    return ("__init__.py", "_release_table.py", *dialects, *shared, *hand_written)


def names_of_package(modules: Iterable[str]) -> dict[str, frozenset[str]]:
    """The names that the package itself and its module `testing` have without what extensions export.

    `modules` are the hand-written modules and packages at the root.
    """
    files = dict(_hand_written("package"))
    submodules = {name.removesuffix(".py") for name in files} | {"dialects"}
    lazy = {name for names in LAZY.values() for name in names}
    return {
        PACKAGE: frozenset({"__version__", *EAGER, *lazy, *submodules, *modules}),
        TESTING: frozenset(exports_of(files["testing.py"])),
    }


def _package_file(name: str, text: str, extending: Sequence[PyExtension]) -> str:
    """A hand-written module of the package; `testing` with the names that extensions add."""
    if name != "testing.py" or not any(extension.extends == TESTING for extension in extending):
        return text
    return text + _TEMPLATES.get_template("testing.py.jinja").render(facade=view_facade(TESTING, extending))


def render_package(
    package: str,
    dialects: Sequence[Dialect],
    extensions: Iterable[tuple[str, str]],
    header: str,
    extending: Sequence[PyExtension],
    distribution: Distribution,
) -> tuple[GeneratedFile, ...]:
    """Everything of the package but the dialects' modules, and what makes it installable.

    `extensions` are hand-written modules of the specs, by path, which ship at the root of the package. `extending`
    says what those of them export that add names to a module. `distribution` is what the package is when it is
    installed.
    """
    names = ", ".join(f"`{name}`" for name in sorted(dialect.name for dialect in dialects))
    title = py_docstring([f"Typed builders for MLIR dialects: {names}."], 0)
    dialects_title = py_docstring(["The dialects, a module each."], 0)
    root = f"python/{package}"
    files = [
        GeneratedFile(
            f"{root}/__init__.py",
            _TEMPLATES.get_template("package.py.jinja").render(
                header=header,
                docstring=title,
                version=distribution.version,
                facade=view_facade(PACKAGE, extending),
            ),
        ),
        GeneratedFile(f"{root}/py.typed", ""),
        GeneratedFile(f"{root}/_release_table.py", release_table(dialects, header)),
        GeneratedFile(
            f"{root}/dialects/__init__.py",
            _TEMPLATES.get_template("dialects.py.jinja").render(header=header, docstring=dialects_title),
        ),
    ]
    files += [GeneratedFile(f"{root}/_runtime/{name}", text) for name, text in _shared()]
    files += [GeneratedFile(f"{root}/_runtime/{name}", text) for name, text in _hand_written("runtime")]
    files += [
        GeneratedFile(f"{root}/{name}", _package_file(name, text, extending)) for name, text in _hand_written("package")
    ]
    files += [GeneratedFile(f"{root}/{name}", text) for name, text in extensions]
    return (*files, *render_distribution(package, distribution, dialects, header.removeprefix("# ")))
