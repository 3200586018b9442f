"""The reference: a page per dialect, and an index."""

from __future__ import annotations

from collections.abc import Sequence

from opspec.emitters.docs.view import view_page, view_written
from opspec.emitters.markdown import FILTERS
from opspec.emitters.output import GeneratedFile
from opspec.emitters.templating import environment
from opspec.model.dialect import Dialect
from opspec.naming.policy import NamingPolicy
from opspec.pyview.extensions import PACKAGE, TESTING, PyExtension
from opspec.pyview.module import PyModule

__all__ = ["render_index", "render_page"]

_TEMPLATES = environment("opspec.emitters.docs", **FILTERS)


def render_page(
    dialect: Dialect,
    module: PyModule,
    naming: NamingPolicy,
    package: str,
    header: str,
    *,
    in_rust: Dialect | None = None,
) -> GeneratedFile:
    """The page of one dialect; `in_rust` is the dialect as Rust builds it, where it stands beside Python."""
    page = view_page(dialect, module, naming, package, in_rust=in_rust)
    text = _TEMPLATES.get_template("dialect.md.jinja").render(page=page, header=header)
    return GeneratedFile(f"docs/{dialect.name}.md", text)


def render_index(
    dialects: Sequence[Dialect], package: str, header: str, extending: Sequence[PyExtension] = ()
) -> GeneratedFile:
    """The page that lists the dialects, and what is written by hand for the package as a whole."""
    written = [
        (f"{package}.{place}".rstrip("."), rows)
        for place in (PACKAGE, TESTING)
        if (rows := view_written(found for found in extending if found.extends == place))
    ]
    releases = any(dialect.releases is not None for dialect in dialects)
    text = _TEMPLATES.get_template("index.md.jinja").render(
        dialects=dialects, package=package, header=header, releases=releases, written=written
    )
    return GeneratedFile("docs/index.md", text)
