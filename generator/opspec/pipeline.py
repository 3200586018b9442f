"""The way through the house: read, build, check, name, view, emit."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostic, Diagnostics, SpecError, near_match, visible
from opspec.emitters.docs.releases import render_releases
from opspec.emitters.docs.render import render_index, render_page
from opspec.emitters.output import GeneratedFile
from opspec.emitters.python.render import files_of_package, names_of_package, render_module, render_package
from opspec.emitters.rust.render import render_dialect, render_shared
from opspec.emitters.schema.render import render_schemas
from opspec.emitters.snapshots.render import render_snapshots
from opspec.model.dialect import Dialect
from opspec.model.parents import find_parents
from opspec.model.parts import with_all_parts
from opspec.model.released import as_of, facts_alone
from opspec.naming.check import check_convention, check_modules, check_names
from opspec.naming.policy import NamingPolicy, policy_for
from opspec.naming.scope import Proposal
from opspec.progress import progress
from opspec.pyview.build import build_module
from opspec.pyview.extension_imports import DIALECTS, imports_of
from opspec.pyview.extensions import PACKAGE, TESTING, PyExtension, check_extensions, check_paths, read_extension
from opspec.pyview.module import PyModule
from opspec.pyview.style import DROP_IN, TYPED, style_of
from opspec.reuse import Saved
from opspec.samples.checks import check_samples
from opspec.spec.bindings import Bindings, read_bindings
from opspec.spec.extension_files import EXTENSION, extension_files
from opspec.spec.learned import LEARNED
from opspec.spec.load import load_dialect
from opspec.spec.references import Missing
from opspec.spec.rust import RustSettings

__all__ = [
    "Project",
    "generate",
    "load_project",
    "missing_imports",
    "module_of",
    "naming_of",
    "read_bindings",
]

_OPSPEC = "opspec itself, or in a module of your own beside a spec"
"""Where a change of what every package has belongs."""


@dataclass(frozen=True, slots=True)
class Project:
    """A checked project: its dialects, each with the name and hash of its spec, and its extensions.

    `homes` are the paths of the extensions in the package, and where they were read.
    """

    bindings: Bindings
    dialects: tuple[tuple[Dialect, str], ...]
    extensions: tuple[tuple[str, str], ...]
    extending: tuple[PyExtension, ...] = ()
    homes: tuple[tuple[str, str], ...] = ()


def _origin(facts: Path, output: Path) -> str:
    """What a generated file says of its spec: the folder, seen from beside the output, and a hash of what is in it."""
    digest = hashlib.sha256()
    for path in (facts, *(facts.with_name(name) for name in (LEARNED, "overlay.yaml", "releases.yaml"))):
        if path.is_file():
            digest.update(path.read_bytes())
    folder = Path(os.path.realpath(facts.parent))
    home = Path(os.path.realpath(output)).parent
    shown = folder.relative_to(home).as_posix() if folder.is_relative_to(home) else folder.name
    return f"{visible(shown).replace('--', '- -')} (sha256 {digest.hexdigest()[:12]})"


def naming_of(bindings: Bindings, dialect: Dialect) -> NamingPolicy:
    """How the things of a dialect are called in the project's bindings."""
    return policy_for(dialect, bindings.naming, bindings.conventions, forced=bindings.is_naming_forced)


def _extending(project: Project, module: str, naming: NamingPolicy) -> tuple[PyExtension, ...]:
    """The hand-written modules whose exports a dialect's module has too; a drop-in has only what upstream has."""
    if style_of(naming) is DROP_IN:
        return ()
    return tuple(found for found in project.extending if found.extends == f"dialects.{module}")


def load_project(
    bindings: Bindings,
    diagnostics: Diagnostics,
    orphans: list[Missing] | None = None,
    proposals: dict[str, list[Proposal]] | None = None,
) -> Project:
    """Read, build and check every dialect. Raises `SpecError` with all mistakes of all files.

    Where `orphans` is given, what overlays say about things that are gone is no mistake and is added to it. `proposals`
    takes the names that would help where some are taken, by dialect.
    """
    dialects: list[tuple[Dialect, str]] = []
    extensions: list[tuple[str, str]] = []
    homes: list[tuple[str, str]] = []
    named: list[tuple[Dialect, NamingPolicy]] = []
    extending: list[PyExtension] = []
    with progress("reading specs", len(bindings.specs)) as done:
        for count, facts in enumerate(bindings.specs):
            done(count)
            dialect = load_dialect(facts, diagnostics, orphans=orphans)
            if dialect is not None:
                check_convention(dialect, bindings.conventions, diagnostics)
                naming = naming_of(bindings, dialect)
                is_drop_in = style_of(naming) is DROP_IN
                dialect = facts_alone(dialect) if is_drop_in else dialect  # upstream's builders are of the spec
                named.append((with_all_parts(dialect), naming))
                dialects.append((dialect, _origin(facts, bindings.output)))
                for path, text in extension_files(facts, diagnostics):
                    extensions.append((path, text))
                    shown = (facts.parent / EXTENSION / path).as_posix()
                    homes.append((path, shown))
                    found = read_extension(path, text, shown, diagnostics)
                    if found is not None and not (is_drop_in and found.extends in (PACKAGE, TESTING)):
                        extending.append(found)  # what is written by hand needs our builders, which a drop-in lacks
    check_modules(named, diagnostics)
    _check_rust(bindings.rust, (dialect for dialect, _ in dialects), diagnostics)
    check_paths(homes, files_of_package(naming.module(dialect) for dialect, naming in named), diagnostics)
    together = find_parents([dialect for dialect, _ in dialects])
    dialects = [(dialect, origin) for dialect, (_, origin) in zip(together, dialects, strict=True)]
    own = names_of_package({path.partition("/")[0].removesuffix(".py") for path, _ in extensions})
    check_extensions(extending, own, diagnostics)
    for dialect, naming in named:
        module = naming.module(dialect)
        added = [found for found in extending if found.extends == f"dialects.{module}" and style_of(naming) is TYPED]
        exported = [(name, found.location) for found in added for name, _ in found.exports]
        found_names = check_names(dialect, naming, diagnostics, exported)
        if proposals is not None:
            proposals[dialect.name] = found_names
    diagnostics.raise_if_any()
    for dialect, _ in dialects:
        check_samples(dialect, diagnostics)
    diagnostics.raise_if_any()
    project = Project(bindings, tuple(dialects), tuple(extensions), tuple(extending), tuple(homes))
    missing = missing_imports(project) if orphans is None else ()
    if missing:
        raise SpecError(missing)
    return project


def missing_imports(project: Project) -> tuple[Diagnostic, ...]:
    """What hand-written modules import from generated ones that do not have it, e.g. after an upgrade."""
    shown = dict(project.homes)
    package = project.bindings.package
    unknown: set[str] = set()
    needed = [use for path, text in project.extensions for use in imports_of(path, text, shown[path], package)]
    by_hand = {path.split("/")[1].removesuffix(".py") for path in shown if path.startswith(f"{DIALECTS}/")}
    generated: dict[str, Dialect] = {}
    for dialect, _ in project.dialects:
        generated[f"{DIALECTS}.{naming_of(project.bindings, dialect).module(dialect)}"] = dialect
    names = {DIALECTS: frozenset({name.partition(".")[2] for name in generated} | by_hand)}
    found = []
    for use in needed:
        if use.module not in names and use.module in generated:
            names[use.module] = module_of(project, generated[use.module]).names
        has = names.get(use.module)
        if has is None and use.module.partition(".")[2] in names[DIALECTS]:
            continue  # written by hand too
        if (has is not None and use.name in has) or use.module in unknown:
            continue
        if has is None or use.module == DIALECTS:
            unknown.add(use.module if has is None else f"{DIALECTS}.{use.name}")
        what = "which is not there" if has is None else "which does not have it"
        near = near_match(use.name if has is not None else use.module.partition(".")[2], has or names[DIALECTS])
        hint = f"{near}; where an upgrade took it away, write what is there now, or catch the ImportError"
        message = f"the module needs '{use.name}' of `{package}.{use.module}`, {what}"
        found.append(Diagnostic("extension-import", message, use.location, hint))
    return tuple(found)


def module_of(project: Project, dialect: Dialect) -> PyModule:
    """The Python module of a dialect of the project, with what hand-written modules add to it."""
    naming = naming_of(project.bindings, dialect)
    return replace(build_module(dialect, naming), extensions=_extending(project, naming.module(dialect), naming))


def _files_of_dialect(project: Project, index: int, wanted: frozenset[str]) -> Iterator[GeneratedFile]:
    """The files of one of the dialects."""
    facts, (dialect, origin) = project.bindings.specs[index], project.dialects[index]
    package = project.bindings.package
    overlay = facts.with_name("overlay.yaml").as_posix()
    extension = (facts.parent / EXTENSION).as_posix()
    note = f"Generated by opspec from {origin}. Do not edit."
    naming = naming_of(project.bindings, dialect)
    module = module_of(project, dialect)
    if "python" in wanted:
        file = render_module(module, package, f"# {note}")
        yield replace(file, home=f"{overlay}, or in a module of {extension}")
    if "docs" in wanted:
        rust_dialect = _in_rust(project, dialect) if "rust" in project.bindings.targets else None
        page = render_page(dialect, module, naming, package, f"<!-- {note} -->", in_rust=rust_dialect)
        yield replace(page, home=f"{overlay}, under `summary`, `description` or `sample`")
    if "snapshots" in wanted:
        snapshots = render_snapshots(dialect, module, naming, package, f"# {note}")
        yield from (replace(file, home=f"{overlay}, under `sample`") for file in snapshots)
    if "rust" in wanted:
        rust = render_dialect(_in_rust(project, dialect), project.bindings.rust.of_package(package), f"// {note}")
        yield from (replace(file, home=overlay) for file in rust)


def _in_rust(project: Project, dialect: Dialect) -> Dialect:
    """A dialect as the project's Rust builds it: as the chosen release has it, or as the specs do."""
    release = project.bindings.rust.release
    return as_of(dialect, release) if release else dialect


def _check_rust(rust: RustSettings, dialects: Iterable[Dialect], diagnostics: Diagnostics) -> None:
    """Report a release for Rust of which nothing is known."""
    known = dict.fromkeys(r for dialect in dialects if dialect.releases is not None for r in dialect.releases.releases)
    if rust.release and rust.release not in known:
        message = f"rust.release is '{rust.release}', which no releases.yaml lists"
        hint = f"known are {', '.join(known)}" if known else "`opspec probe --record` writes what releases have"
        diagnostics.report("unknown-name", message, rust.location, hint)


def _inputs_of_dialect(project: Project, index: int, wanted: frozenset[str]) -> tuple[object, ...]:
    """All that the files of one of the dialects follow from."""
    dialect = project.dialects[index][0]
    naming = naming_of(project.bindings, dialect)
    extending = _extending(project, naming.module(dialect), naming)
    bindings = project.bindings
    conventions = bindings.naming, bindings.conventions, bindings.is_naming_forced
    names = bindings.package, conventions, bindings.rust, bindings.targets
    return *project.dialects[index], bindings.specs[index], names, extending, sorted(wanted)


def generate(
    project: Project, targets: Iterable[str] | None = None, saved: Saved | None = None
) -> tuple[GeneratedFile, ...]:
    """Every file of the chosen targets, in memory: the project's, unless others are given.

    Those of a dialect are from `saved`, where its inputs are the same.
    """
    wanted = frozenset(project.bindings.targets if targets is None else targets)
    package = project.bindings.package
    files: list[GeneratedFile] = []
    with progress("generating", len(project.dialects)) as done:
        for index in range(len(project.dialects)):
            make = partial(_files_of_dialect, project, index, wanted)
            files += make() if saved is None else saved.files(_inputs_of_dialect(project, index, wanted), make)
            done(index + 1)
    note = "Generated by opspec. Do not edit."
    if "python" in wanted:
        dialects = [dialect for dialect, _ in project.dialects]
        shipped = render_package(
            package=package,
            dialects=dialects,
            extensions=project.extensions,
            header=f"# {note}",
            extending=project.extending,
            distribution=project.bindings.distribution,
        )
        homes = {f"python/{package}/{path}": home for path, home in project.homes}
        files += [replace(file, home=homes.get(file.path, file.home or _OPSPEC)) for file in shipped]
    if "docs" in wanted:
        dialects = [dialect for dialect, _ in project.dialects]
        files.append(render_index(dialects, package, f"<!-- {note} -->", project.extending))
        files += render_releases([dialect for dialect, _ in project.dialects], package, f"<!-- {note} -->")
    if "rust" in wanted:
        dialects = [dialect for dialect, _ in project.dialects]
        bindings = project.bindings
        settings = bindings.rust.of_package(package)
        shared = render_shared(dialects, settings, bindings.distribution, package, note)
        files += [replace(file, home=_OPSPEC) for file in shared]
    if "schema" in wanted:
        files += [replace(file, home="opspec itself") for file in render_schemas()]
    return tuple(files)
