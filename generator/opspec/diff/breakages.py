"""What griffe says of the generated packages of both sides."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import griffe

from opspec.diff.sides import ProjectSide
from opspec.emitters.python.render import render_module
from opspec.progress import progress

__all__ = ["breakages"]

_PACKAGE = "bindings"


def _write(side: ProjectSide, names: Sequence[str], root: Path) -> None:
    """The modules of the dialects `names`, as a package below `root`."""
    folder = root / "python" / _PACKAGE / "dialects"
    folder.mkdir(parents=True)
    for path in (folder, folder.parent):
        (path / "__init__.py").write_text("", encoding="utf-8")
    for dialect in side.dialects:
        if dialect.name in names:
            file = render_module(side.module(dialect), _PACKAGE, "")
            (root / file.path).write_text(file.text, encoding="utf-8")


def breakages(old: ProjectSide, new: ProjectSide, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The objects below `dialects` that break, and what griffe says of each; of the modules of the dialects `names`."""
    logging.getLogger("griffe").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="opspec-") as temporary, progress("comparing packages", 2) as done:
        loaded = []
        for label, side in (("old", old), ("new", new)):
            root = Path(temporary) / label
            _write(side, names, root)
            loaded.append(griffe.load(_PACKAGE, search_paths=[root / "python"], allow_inspection=False))
            done(len(loaded))
        yield from map(_what, griffe.find_breaking_changes(loaded[0], loaded[1]))


def _value(value: object) -> str:
    """What griffe compared, as text: a parameter as in its signature, an object by its name."""
    if isinstance(value, griffe.Parameter):
        kind = "by keyword, " if value.kind is griffe.ParameterKind.keyword_only else ""
        return f"{value.name} ({kind}{'required' if value.default is None else f'default {value.default}'})"
    if isinstance(value, (griffe.Object, griffe.Alias)):
        return str(value.name)
    return " ".join(str(value).split()) if value is not None else ""


def _what(breakage: griffe.Breakage) -> tuple[str, str]:
    """The object below `dialects`, and what griffe says of it."""
    path = breakage.obj.path.removeprefix(f"{_PACKAGE}.dialects.")
    values = [text for text in map(_value, (breakage.old_value, breakage.new_value)) if text]
    return path, ": ".join([breakage.kind.value, " -> ".join(values)]) if values else breakage.kind.value
