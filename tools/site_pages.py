"""Brings into the site what does not lie in docs/: a hook of MkDocs.

The generated reference, the change log and the like stay where they are, and become pages. Files that pages link to (an
example, a recipe) become pages with their text. Relative links are those of the repository; here they are made to lead
to the pages. `<!-- commands -->` becomes the help of every command of opspec, and MLIR that a page shows as printed is
highlighted.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import click
from click.testing import CliRunner
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from opspec.cli import main

ROOT = Path(__file__).parents[1]
PAGES = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md", "SECURITY.md": "security.md"}
"""Pages outside of docs/, by path; those of generated/docs are in `reference/`."""
LANGUAGES = {
    ".py": "python",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".md": "markdown",
    ".sh": "sh",
    ".mlir": "mlir",
    ".ipynb": "json",
}
LINK = re.compile(r"(?P<text>\]\()(?P<target>[^)\s#]+)(?P<anchor>#[^)\s]*)?(?=\))")
PRINTED = re.compile(r"^```text\n(?=(?:module|func\.func)\b)", re.MULTILINE)
CODE_IN_TABLE = re.compile(r"(`+)(?!`)[^`]+\1")
NOTE = re.compile(r"\A<!--.*?-->\s*")
"""The first line of what is generated. A page begins with its heading, which becomes its title."""
FENCE = re.compile(r"^ *(```+|~~~+)")


def site_path(path: str) -> str:
    """Where a file of the repository is in the site."""
    if path in PAGES:
        return PAGES[path]
    parts = PurePosixPath(path).parts
    if parts[:1] == ("docs",):
        return "/".join(parts[1:])
    if parts[:2] == ("generated", "docs"):
        return "/".join(("reference", *parts[2:]))
    place = "/".join(("source", *(part.lstrip(".") for part in parts)))
    return f"{place}/index.md" if (ROOT / path).is_dir() else f"{place}.md"


def prose(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of a text, each with whether it is one of prose: outside of fences."""
    fence = ""
    for line in text.splitlines(keepends=True):
        found = FENCE.match(line)
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence) and line.strip() == found[1]:
            fence = ""
            yield line, False
            continue
        yield line, not fence


def target_of(path: str, target: str) -> str | None:
    """The file or folder of the repository that a link in a file means, or None for a link to elsewhere."""
    if ":" in target or target.startswith("/"):
        return None
    found = os.path.normpath(os.path.join(os.path.dirname(path), target))  # noqa: PTH118, PTH120
    return found if (ROOT / found).exists() else None


def links_of(path: str, text: str) -> Iterator[str]:
    """The files of the repository that a page links to."""
    for line, is_prose in prose(text):
        for link in LINK.finditer(line) if is_prose else ():
            found = target_of(path, link["target"])
            if found is not None:
                yield found


def relinked(path: str, text: str) -> str:
    """The text of a file, with its links as they are in the site."""
    folder = os.path.dirname(site_path(path))  # noqa: PTH120

    def replace(link: re.Match[str]) -> str:
        found = target_of(path, link["target"])
        if found is None:
            return link[0]
        target = os.path.relpath(site_path(found), folder or ".")
        return f"{link['text']}{target}{link['anchor'] or ''}"

    return "".join(LINK.sub(replace, line) if is_prose else line for line, is_prose in prose(text))


def with_plain_pipes(text: str) -> str:
    """The text of a page with `|` in the code of tables as it is: GitHub wants a backslash there, the site shows it."""
    return "".join(
        CODE_IN_TABLE.sub(lambda code: code[0].replace("\\|", "|"), line) if is_prose and line.startswith("|") else line
        for line, is_prose in prose(text)
    )


def source_page(path: str) -> str:
    """A page with the text of a file, or the list of those in a folder."""
    place = ROOT / path
    if place.is_dir():
        names = sorted(found.name for found in place.iterdir() if found.suffix in LANGUAGES)
        return f"# {path}\n\n" + "".join(f"- [{name}]({name}.md)\n" for name in names)
    text = place.read_text(encoding="utf-8")
    if place.suffix == ".ipynb":
        return notebook_page(text)
    return f"# {path}\n\n````{LANGUAGES.get(place.suffix, 'text')}\n{text}````\n"


def notebook_page(text: str) -> str:
    """A page with the cells of a notebook, each of code with what it shows."""
    parts: list[str] = []
    for cell in json.loads(text)["cells"]:
        source = "".join(cell["source"])
        parts.append(f"````python\n{source}\n````" if cell["cell_type"] == "code" else source)
        for output in cell.get("outputs", ()):
            shown = output.get("text") or output["data"]["text/plain"]
            parts.append(f"```text\n{''.join(shown).rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


def commands() -> str:
    """The help of every command."""
    runner, texts = CliRunner(), []
    for name in ("", *(name for names in main.groups.values() for name in names)):
        arguments = [name, "--help"] if name else ["--help"]
        shown = runner.invoke(main, arguments, prog_name="opspec", terminal_width=100, color=False)
        texts.append(f"## `{f'opspec {name}'.rstrip()}`\n\n```text\n{click.unstyle(shown.output).strip()}\n```\n")
    return "\n".join(texts)


ACCESS = (
    ('data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Search"'),
    ("<th></th>", "<td></td>"),
)
"""What pages lack for those who do not see them, and what it becomes; assets/access.js has the rest."""

_paths: dict[str, str] = {}
"""The files of the repository that pages are made of, by page."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are not in docs/."""
    texts = {f"docs/{file.src_uri}": file.content_string for file in files.documentation_pages()}
    outside = [*PAGES, *(f"generated/docs/{path.name}" for path in sorted(ROOT.glob("generated/docs/*.md")))]
    texts.update({path: (ROOT / path).read_text(encoding="utf-8") for path in outside})
    sources = {found for path, text in texts.items() for found in links_of(path, text)}
    sources = {path for path in sources if site_path(path).startswith("source/")}
    for folder in [path for path in sources if (ROOT / path).is_dir()]:
        sources.update(f"{folder}/{path.name}" for path in (ROOT / folder).iterdir() if path.suffix in LANGUAGES)
    for path in outside:
        files.append(File.generated(config, site_path(path), content=texts[path]))
    for path in sorted(sources):
        files.append(File.generated(config, site_path(path), content=source_page(path)))
    _paths.clear()
    _paths.update({site_path(path): path for path in texts})
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Lead the links of a page to pages, and let the search put operations first."""
    path = _paths.get(page.file.src_uri)
    if page.file.src_uri.startswith("reference/"):
        page.meta.setdefault("search", {"boost": 3})
    if path is None:
        return markdown
    markdown = with_plain_pipes(relinked(path, NOTE.sub("", markdown)))
    return PRINTED.sub("```mlir\n", markdown).replace("<!-- commands -->", commands())


def completed(output: str) -> str:
    """Name the search, and leave no heading of a table empty."""
    for lacking, having in ACCESS:
        output = output.replace(lacking, having)
    return output


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Complete a page."""
    return completed(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Complete the page for what is not there."""
    return completed(output_content) if template_name == "404.html" else output_content
