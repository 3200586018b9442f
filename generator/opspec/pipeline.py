"""The way through the house: read, build, check, name, view, emit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from opspec.diagnostics import Diagnostics, visible
from opspec.emitters.docs.releases import render_releases
from opspec.emitters.docs.render import render_index, render_page
from opspec.emitters.output import GeneratedFile
from opspec.emitters.python.render import files_of_package, names_of_package, render_module, render_package
from opspec.emitters.schema.render import render_schemas
from opspec.emitters.snapshots.render import render_snapshots
from opspec.model.dialect import Dialect
from opspec.model.released import facts_alone
from opspec.naming.check import check_convention, check_modules, check_names
from opspec.naming.policy import NamingPolicy, policy_for
from opspec.pyview.build import build_module
from opspec.pyview.extensions import PACKAGE, TESTING, PyExtension, check_extensions, check_paths, read_extension
from opspec.pyview.style import DROP_IN, TYPED, style_of
from opspec.samples.checks import check_samples
from opspec.spec.bindings import Bindings, load_bindings
from opspec.spec.load import load_dialect
from opspec.spec.references import Missing

__all__ = ["TARGETS", "Project", "generate", "load_project", "naming_of", "read_bindings"]

TARGETS = ("python", "docs", "snapshots", "schema")
"""What can be generated."""


@dataclass(frozen=True, slots=True)
class Project:
    """A checked project: its dialects, each with the name and hash of its spec, and its extensions."""

    bindings: Bindings
    dialects: tuple[tuple[Dialect, str], ...]
    extensions: tuple[tuple[str, str], ...]
    extending: tuple[PyExtension, ...] = ()


def _origin(facts: Path, output: Path) -> str:
    """What a generated file says of its spec: the folder, seen from beside the output, and a hash of what is in it."""
    digest = hashlib.sha256()
    for path in (facts, facts.with_name("overlay.yaml"), facts.with_name("releases.yaml")):
        if path.is_file():
            digest.update(path.read_bytes())
    folder = facts.parent.resolve()
    home = output.resolve().parent
    shown = folder.relative_to(home).as_posix() if folder.is_relative_to(home) else folder.name
    return f"{visible(shown).replace('--', '- -')} (sha256 {digest.hexdigest()[:12]})"


def _extensions(facts: Path) -> Iterable[tuple[str, str]]:
    """The hand-written modules and packages beside a spec, by their paths in the generated package."""
    folder = facts.parent / "extension"
    if folder.is_dir():
        for path in sorted(folder.rglob("*.py")):
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def naming_of(bindings: Bindings, dialect: Dialect) -> NamingPolicy:
    """How the things of a dialect are called in the project's bindings."""
    return policy_for(dialect, bindings.naming, bindings.conventions, forced=bindings.is_naming_forced)


def _extending(project: Project, module: str, naming: NamingPolicy) -> tuple[PyExtension, ...]:
    """The hand-written modules whose exports a dialect's module has too; a drop-in has only what upstream has."""
    if style_of(naming) is DROP_IN:
        return ()
    return tuple(found for found in project.extending if found.extends == f"dialects.{module}")


def load_project(bindings: Bindings, diagnostics: Diagnostics, orphans: list[Missing] | None = None) -> Project:
    """Read, build and check every dialect. Raises `SpecError` with all mistakes of all files.

    Where `orphans` is given, what overlays say about things that are gone is no mistake and is added to it.
    """
    dialects: list[tuple[Dialect, str]] = []
    extensions: list[tuple[str, str]] = []
    named: list[tuple[Dialect, NamingPolicy]] = []
    extending: list[PyExtension] = []
    paths: list[tuple[str, str]] = []
    for facts in bindings.specs:
        dialect = load_dialect(facts, diagnostics, orphans=orphans)
        if dialect is not None:
            check_convention(dialect, bindings.conventions, diagnostics)
            naming = naming_of(bindings, dialect)
            is_drop_in = style_of(naming) is DROP_IN
            dialect = facts_alone(dialect) if is_drop_in else dialect  # upstream's builders are of the spec
            named.append((dialect, naming))
            dialects.append((dialect, _origin(facts, bindings.output)))
            for path, text in _extensions(facts):
                extensions.append((path, text))
                paths.append((path, (facts.parent / "extension" / path).as_posix()))
                found = read_extension(path, text, paths[-1][1], diagnostics)
                if found is not None and not (is_drop_in and found.extends in (PACKAGE, TESTING)):
                    extending.append(found)  # what is written by hand needs our builders, which a drop-in lacks
    check_modules(named, diagnostics)
    check_paths(paths, files_of_package(naming.module(dialect) for dialect, naming in named), diagnostics)
    own = names_of_package({path.partition("/")[0].removesuffix(".py") for path, _ in extensions})
    check_extensions(extending, own, diagnostics)
    for dialect, naming in named:
        module = naming.module(dialect)
        added = [found for found in extending if found.extends == f"dialects.{module}" and style_of(naming) is TYPED]
        exported = [(name, found.location) for found in added for name, _ in found.exports]
        check_names(dialect, naming, diagnostics, exported)
    diagnostics.raise_if_any()
    for dialect, _ in named:
        check_samples(dialect, diagnostics)
    diagnostics.raise_if_any()
    return Project(bindings, tuple(dialects), tuple(extensions), tuple(extending))


def read_bindings(config: Path) -> tuple[Bindings, Diagnostics]:
    """The project's description and what is wrong with it; raises `SpecError` where it cannot be used at all."""
    diagnostics = Diagnostics()
    bindings = load_bindings(config, diagnostics)
    if bindings is None:
        diagnostics.raise_if_any()
        raise AssertionError("a description that is not there is reported")
    return bindings, diagnostics


def generate(project: Project, targets: Iterable[str] = TARGETS) -> tuple[GeneratedFile, ...]:
    """Every file of the chosen targets, in memory."""
    wanted = set(targets)
    package = project.bindings.package
    files: list[GeneratedFile] = []
    for dialect, origin in project.dialects:
        note = f"Generated by opspec from {origin}. Do not edit."
        naming = naming_of(project.bindings, dialect)
        extending = _extending(project, naming.module(dialect), naming)
        module = replace(build_module(dialect, naming), extensions=extending)
        if "python" in wanted:
            files.append(render_module(module, package, f"# {note}"))
        if "docs" in wanted:
            files.append(render_page(dialect, module, naming, package, f"<!-- {note} -->"))
        if "snapshots" in wanted:
            files += render_snapshots(dialect, module, naming, package, f"# {note}")
    note = "Generated by opspec. Do not edit."
    if "python" in wanted:
        dialects = [dialect for dialect, _ in project.dialects]
        files += render_package(package, dialects, project.extensions, f"# {note}", project.extending)
    if "docs" in wanted:
        dialects = [dialect for dialect, _ in project.dialects]
        files.append(render_index(dialects, package, f"<!-- {note} -->", project.extending))
        files += render_releases([dialect for dialect, _ in project.dialects], package, f"<!-- {note} -->")
    if "schema" in wanted:
        files += render_schemas()
    return tuple(files)
