"""What `opspec --version` says of a project: where its facts come from, and the releases they are compared with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from opspec.diagnostics import Diagnostics, SpecError, ToolError, visible
from opspec.spec.bindings import read_bindings
from opspec.spec.nodes import MapNode, items, text_of
from opspec.spec.reading import read_yaml

__all__ = ["lines_of"]


def lines_of(config: Path) -> Iterator[str]:
    """A line for each provenance: repository, commit, dialects, releases. Nothing of it is checked.

    One line that says so where the project cannot be read: whoever asks for the version may be looking for the reason.
    """
    try:
        yield from _lines(config)
    except (SpecError, ToolError):
        yield f"{config}: cannot be read; `opspec lint` says why"


def _lines(config: Path) -> Iterator[str]:
    bindings, _ = read_bindings(config)
    dialects: dict[tuple[str, str, str], list[str]] = {}
    for facts in bindings.specs:
        root = read_yaml(facts, Diagnostics())
        origin = root.get("provenance") if root is not None else None
        key = text_of(origin, "repository"), text_of(origin, "commit"), _releases(facts.with_name("releases.yaml"))
        dialects.setdefault(key, []).append(facts.parent.name)
    for (repository, commit, releases), names in dialects.items():
        place = " ".join(filter(None, (repository, f"at {commit}" if commit else ""))) or "facts of no known place"
        yield visible(f"{', '.join(names)}: {'; '.join(filter(None, (place, releases)))}")


def _releases(path: Path) -> str:
    """The releases that a dialect was compared with, e.g. `enzyme-ad 0.0.15, 0.0.16`; empty where there are none."""
    root: MapNode | None = read_yaml(path, Diagnostics()) if path.is_file() else None
    named = ", ".join(item.text for item in items(root, "releases"))
    return f"{text_of(root, 'distribution')} {named}" if named else ""
