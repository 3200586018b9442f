"""Files of the target `rust`: a module and snapshots for each dialect, and what the modules share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from opspec.emitters.markdown import cell
from opspec.emitters.output import GeneratedFile
from opspec.emitters.rust.layouts import Layout, layout_of
from opspec.emitters.rust.module import print_module
from opspec.emitters.templating import environment
from opspec.model.dialect import Dialect
from opspec.naming.rust import rust_policy
from opspec.rsview.module import build_module
from opspec.rsview.text import rs_literal
from opspec.spec.distribution import Distribution
from opspec.spec.rust import RustSettings

__all__ = ["render_dialect", "render_shared"]

_TEMPLATES = environment("opspec.emitters.rust", literal=rs_literal)
_SHARED = ("attributes", "contracts", "error", "layouts", "testing", "tests", "types")


def render_dialect(dialect: Dialect, settings: RustSettings, header: str) -> Iterator[GeneratedFile]:
    """The module of a dialect, and a snapshot for the test of each operation."""
    layout = layout_of(settings)
    module = build_module(dialect)
    file = f"{module.name.removeprefix('r#')}.rs"
    yield GeneratedFile(f"{layout.sources}/{file}", print_module(module, header, layout.melior))
    for each in module.snapshots:
        head = f"---\nsource: {layout.shown}/{file}\nexpression: {each.expression}\n---\n"
        yield GeneratedFile(layout.snapshot(module.name, each.test), head + each.text)


def render_shared(
    dialects: Sequence[Dialect], settings: RustSettings, distribution: Distribution, package: str, note: str
) -> Iterator[GeneratedFile]:
    """What the modules share, and what makes a crate of them, or says where they belong in melior."""
    layout = layout_of(settings)
    given = {"melior": layout.melior, "header": f"// {note}"}
    for name in ("declared", *(f"declared/{each}" for each in _SHARED)):
        text = _TEMPLATES.get_template(f"{name}.rs.jinja").render(**given)
        yield GeneratedFile(f"{layout.sources}/{name}.rs", f"// {note}\n{text}")
    modules = [rust_policy(dialect).module(dialect) for dialect in dialects]
    if layout.is_crate:
        yield from _crate(layout, settings, distribution, note, dialects, modules)
        return
    page = _TEMPLATES.get_template("melior.md.jinja")
    text = page.render(
        header=f"<!-- {note} -->", feature=settings.feature(package), modules=sorted(modules, key=_unraw)
    )
    yield GeneratedFile(f"{layout.root}/README.md", text)


def _crate(
    layout: Layout,
    settings: RustSettings,
    distribution: Distribution,
    note: str,
    dialects: Sequence[Dialect],
    modules: Sequence[str],
) -> Iterator[GeneratedFile]:
    """The files of a crate of its own."""
    summaries = [cell(dialect.doc.summary) for dialect in dialects]
    manifest = _TEMPLATES.get_template("Cargo.toml.jinja").render(
        header=f"# {note}",
        name=settings.crate,
        version=settings.version or distribution.version,
        summary=f"Dialects of MLIR for melior: {', '.join(dialect.name for dialect in dialects)}",
        license=distribution.license,
    )
    yield GeneratedFile(f"{layout.root}/Cargo.toml", manifest)
    page = _TEMPLATES.get_template("crate.md.jinja").render(
        header=f"<!-- {note} -->",
        name=settings.crate,
        release=settings.release,
        dialects=list(zip(modules, summaries, strict=True)),
    )
    yield GeneratedFile(f"{layout.root}/README.md", page)
    library = _TEMPLATES.get_template("lib.rs.jinja").render(modules=sorted(["declared", "test", *modules], key=_unraw))
    yield GeneratedFile(f"{layout.sources}/lib.rs", f"// {note}\n{library}")
    test = _TEMPLATES.get_template("test.rs.jinja").render()
    yield GeneratedFile(f"{layout.sources}/test.rs", f"// {note}\n{test}")
    for name, text in distribution.license_files:
        yield GeneratedFile(f"{layout.root}/{name}", text)


def _unraw(name: str) -> str:
    """A name as it is sorted."""
    return name.removeprefix("r#")
