"""What the generated package is when it is installed: the section `distribution` of `bindings.yaml`."""

from __future__ import annotations

import os
import re
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostics
from opspec.spec.nodes import ListNode, MapNode, Node, ScalarNode, entries, items, text_of

__all__ = ["FIRST_VERSION", "Distribution", "numbers_of_version", "read_distribution"]

FIRST_VERSION = "0.1.0"
"""The version of what has none."""

_LICENSE_NAME = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[A-Za-z0-9._-]*")
_MOST = 1_000_000
"""The longest text of a license, in bytes."""
_NUMBERS = re.compile(r"[0-9]+(\.[0-9]+)*")


@dataclass(frozen=True, slots=True)
class Distribution:
    """Names, versions and requirements, as a `pyproject.toml` has them; what is empty was not said.

    `license_files` are the names of texts and the texts, `authors` are names and addresses, `extras` are names and
    requirements, e.g. `("jax", ("jaxlib>=0.8.3",))`. `example` is a Python program and what it prints.
    """

    name: str = ""
    version: str = FIRST_VERSION
    summary: str = ""
    requires_python: str = ">=3.10"
    license: str = ""
    license_files: tuple[tuple[str, str], ...] = ()
    authors: tuple[tuple[str, str], ...] = ()
    urls: tuple[tuple[str, str], ...] = ()
    classifiers: tuple[str, ...] = ("Programming Language :: Python :: 3", "Typing :: Typed")
    dependencies: tuple[str, ...] = ()
    extras: tuple[tuple[str, tuple[str, ...]], ...] = ()
    example: tuple[str, str] = ("", "")

    def name_for(self, package: str) -> str:
        """What is installed: the name that was chosen, or else the package's, with dashes."""
        return self.name or re.sub(r"[-_.]+", "-", package).strip("-") or "bindings"


def read_distribution(root: MapNode, folder: Path | None, diagnostics: Diagnostics) -> Distribution:
    """What a `bindings.yaml` in `folder` says; its `version` counts where the section has none.

    Without a folder no texts of licenses are read. What is wrong with them goes to `diagnostics`.
    """
    node = root.get("distribution")
    usual = Distribution()
    return Distribution(
        name=text_of(node, "name"),
        version=_version(root, node, diagnostics),
        summary=" ".join(text_of(node, "summary").split()),
        requires_python=text_of(node, "requires_python") or usual.requires_python,
        license=text_of(node, "license"),
        license_files=_license_files(node, folder, diagnostics) if folder is not None else (),
        authors=_authors(node),
        urls=tuple((key.text, value.text) for key, value in entries(node, "urls") if isinstance(value, ScalarNode)),
        classifiers=_classifiers(node, diagnostics) or usual.classifiers,
        dependencies=tuple(item.text for item in items(node, "dependencies")),
        extras=tuple(
            (key.text, tuple(item.text for item in value.items if isinstance(item, ScalarNode)))
            for key, value in entries(node, "extras")
            if isinstance(value, ListNode)
        ),
        example=_example(node),
    )


def numbers_of_version(version: str) -> str:
    """The release that a version is of, without what makes it one before or after: `0.3` of `0.3rc1`."""
    numbers = _NUMBERS.match(version)
    return numbers[0] if numbers is not None else ""


def _version(root: MapNode, node: Node | None, diagnostics: Diagnostics) -> str:
    """The version of the package; where the file has two, they are of the same release."""
    of_package, own = text_of(root, "version"), text_of(node, "version")
    numbers = numbers_of_version(own)
    if of_package and numbers and numbers != of_package:
        assert isinstance(node, MapNode)
        where = node.get("version")
        assert where is not None
        message = f"distribution.version is '{own}', and version is '{of_package}'"
        diagnostics.report("wrong-value", message, where.location, "they are one: leave 'version' out")
    return own or of_package or FIRST_VERSION


def _example(node: Node | None) -> tuple[str, str]:
    found = node.get("example") if isinstance(node, MapNode) else None
    return text_of(found, "python").rstrip(), text_of(found, "prints").rstrip()


def _authors(node: Node | None) -> tuple[tuple[str, str], ...]:
    found = node.get("authors") if isinstance(node, MapNode) else None
    each = found.items if isinstance(found, ListNode) else ()
    return tuple((" ".join(text_of(author, "name").split()), text_of(author, "email")) for author in each)


def _classifiers(node: Node | None, diagnostics: Diagnostics) -> tuple[str, ...]:
    for item in items(node, "classifiers"):
        if item.text.startswith("License ::"):
            message = f"the classifier '{item.text}' is of a kind that builders of packages refuse beside a license"
            hint = "say it with distribution.license, an SPDX expression such as 'Apache-2.0'"
            diagnostics.report("wrong-value", message, item.location, hint)
    return tuple(item.text for item in items(node, "classifiers"))


def _license_files(node: Node | None, folder: Path, diagnostics: Diagnostics) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for item in items(node, "license_files"):
        path = folder / item.text
        why, hint = _why_no_license(path, folder, found), ""
        if why == _ODD_NAME:
            hint = "call it LICENSE, COPYING, NOTICE or AUTHORS, with what you like behind"
        text = None
        if not why:
            try:
                text = path.read_bytes().decode("utf-8")
            except OSError as error:
                why = f"cannot be read: {error.strerror or error}"
            except UnicodeDecodeError:
                why = "is not UTF-8"
        if text is None:
            diagnostics.report("wrong-value", f"the text of a license '{item.text}' {why}", item.location, hint)
        else:
            found[path.name] = text.replace("\r\n", "\n")
    return tuple(found.items())


_ODD_NAME = "is not called as such texts are"


def _why_no_license(path: Path, folder: Path, others: dict[str, str]) -> str:
    """Why a file is not copied beside the package: it would show what is none of the project's, or hide another."""
    try:
        place = Path(os.path.realpath(path))
        if not place.is_relative_to(Path(os.path.realpath(folder)).parent):
            return "is outside of the project"
        if not place.is_file():
            return "is not there" if not os.path.lexists(path) else "is no file"
        if place.stat().st_size > _MOST:
            return f"is longer than {_MOST} bytes"
    except (OSError, ValueError) as error:
        return f"cannot be read: {error}"
    if not _LICENSE_NAME.fullmatch(path.name):
        return _ODD_NAME
    return f"has the name of another, {path.name}" if path.name in others else ""
