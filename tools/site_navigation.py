"""Puts what a dialect has into the site's navigation: a hook of MkDocs.

Under each dialect are its groups of operations, its enums, attributes and types, and in each a link to every one. The
pages of the reference show them, other pages the dialects alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown.extensions.toc import unique  # type: ignore[import-untyped]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext
from site_pages import prose

DIALECTS = "Dialects"
"""The section whose pages are those of dialects."""
HEADING = re.compile(r"(?P<level>#{1,3}) (?P<title>.+)\n")


def headings(text: str, config: MkDocsConfig) -> Iterator[tuple[int, str, str]]:
    """Level, text and anchor of each heading of a page down to the third level."""
    slugify, taken = config.mdx_configs["toc"]["slugify"], set[str]()
    for line, is_prose in prose(text):
        found = HEADING.fullmatch(line) if is_prose else None
        if found:
            title = found["title"].replace("`", "").replace("\\", "")
            yield len(found["level"]), title, unique(slugify(title, "-"), taken)


def sections(page: Page, config: MkDocsConfig) -> list[Section]:
    """The sections of a page that have headings under them, each with links to those."""
    found: list[Section] = []
    for level, title, anchor in headings(page.file.content_string, config):
        if level < 3:
            found.append(Section(f'{title} <span class="unseen">of {page.file.name}</span>', []))
        else:
            short = title.removeprefix(f"{page.file.name}.")
            found[-1].children.append(Link(short, f"{page.file.url}#{anchor}"))
    return [section for section in found if section.children]


def adopt(parent: Section) -> None:
    """Tell what is in a section where it is, which the theme asks for."""
    for child in parent.children:
        child.parent = parent
        if isinstance(child, Section):
            adopt(child)


def walk(items: list[StructureItem]) -> Iterator[Section]:
    """All sections of a navigation."""
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from walk(item.children)


_dialects: list[tuple[Section, list[StructureItem]]] = []
"""The section of each dialect, and what is in it."""


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Make a section of each page of a dialect, with all that the dialect has."""
    _dialects.clear()
    (dialects,) = (section for section in walk(nav.items) if section.title == DIALECTS)
    for index, page in enumerate(dialects.children):
        if isinstance(page, Page) and (parts := sections(page, config)):
            section = Section(f'{page.file.name} <span class="unseen">(dialect)</span>', [page, *parts])
            dialects.children[index] = section
            _dialects.append((section, section.children))
    adopt(dialects)
    return nav


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    """Show what dialects have on the pages of the reference; elsewhere it would be most of each page."""
    is_shown = page.file.src_uri.startswith("reference/")
    for section, everything in _dialects:
        section.children = everything if is_shown else everything[:1]
