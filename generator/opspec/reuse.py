"""What a run of `opspec generate` takes over from earlier ones: it renders nothing whose inputs are the same.

A key is a digest of everything that decides: of the specs, of opspec itself with the packages that it renders with, of
Python. What is kept says nothing about the folder of generated files: that is compared in any case.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostics, ToolError
from opspec.disk.store import Store, open_store
from opspec.emitters.output import GeneratedFile
from opspec.spec.bindings import Bindings
from opspec.spec.extension_files import extension_files

__all__ = ["Run", "Saved", "project_key", "saved_results"]

_RENDERING = ("opspec", "yaml", "jinja2", "markupsafe")
"""The packages of which a change may change what is generated."""
_LEFT_OUT = ("__pycache__",)
_BESIDE = ("learned.yaml", "overlay.yaml", "releases.yaml")


@dataclass(frozen=True, slots=True)
class Run:
    """What a run made: how many operations of how many dialects, and the digest of each file, by path."""

    operations: int
    dialects: int
    entries: frozenset[tuple[str, str]]


class Saved:
    """Results of earlier runs of this opspec; those of this one are kept at its end."""

    def __init__(self, store: Store, engine: str) -> None:
        self._store = store
        self._engine = engine
        self._made: dict[str, bytes] = {}

    def run(self, key: str) -> Run | None:
        """What a run on these inputs made."""
        match self._read(self._key("run", key)):
            case {"operations": int(operations), "dialects": int(dialects), "files": dict(files)}:
                return Run(operations, dialects, frozenset((str(path), str(digest)) for path, digest in files.items()))
            case _:
                return None

    def keep(self, key: str, run: Run) -> None:
        """Keep what a run made, where opspec is still what it was when the run began."""
        if _engine() != self._engine:
            return
        found = {"operations": run.operations, "dialects": run.dialects, "files": dict(run.entries)}
        for each, data in {**self._made, self._key("run", key): json.dumps(found).encode()}.items():
            self._store.put(each, data)
        self._store.tidy()

    def files(self, inputs: Iterable[object], make: Callable[[], Iterable[GeneratedFile]]) -> list[GeneratedFile]:
        """The files that follow from the inputs, whose `repr` says all of them; made where none are kept."""
        key = self._key("files", *map(repr, inputs))
        found = self._read(key)
        if isinstance(found, list):
            return [GeneratedFile(*map(str, each)) for each in found]
        made = list(make())
        self._made[key] = json.dumps([(file.path, file.text, file.home) for file in made]).encode()
        return made

    def _key(self, *parts: str) -> str:
        return _digest((self._engine, *parts))

    def _read(self, key: str) -> object:
        data = self._store.get(key)
        return json.loads(data) if data is not None else None


def saved_results() -> Saved | None:
    """The results that are kept for this user; None where none can be."""
    store = open_store()
    engine = _engine() if store is not None else None
    return Saved(store, engine) if store is not None and engine is not None else None


def project_key(bindings: Bindings, targets: Iterable[str]) -> str | None:
    """What decides about a run: all that is read and all options; None where something cannot be read."""
    parts = [repr(bindings), *targets, os.path.realpath(bindings.output)]
    try:
        for facts in bindings.specs:
            parts.append(os.path.realpath(facts.parent))
            parts += [_content(path) for path in (facts, *(facts.with_name(name) for name in _BESIDE))]
            unreadable = Diagnostics()
            modules = [part for module in extension_files(facts, unreadable) for part in module]
            parts += [str(len(modules)), *modules]
            if unreadable.found:
                return None
    except (OSError, ToolError):
        return None
    return _digest(parts)


def _content(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if os.path.lexists(path) else "nothing"


def _digest(parts: Iterable[str]) -> str:
    """The digest of texts, of which none can pass for two."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", errors="surrogatepass")
        found.update(f"{len(data)}:".encode() + data)
    return found.hexdigest()


def _engine() -> str | None:
    """What makes the results: Python, and every file of the packages that render; None where they are no files."""
    parts = [sys.version, sys.implementation.name]
    try:
        for package in _RENDERING:
            spec = find_spec(package)
            if spec is None or not spec.submodule_search_locations:
                return None
            for folder in spec.submodule_search_locations:
                parts += [package, *(part for pair in sorted(_files(folder).items()) for part in pair)]
    except OSError:
        return None
    return _digest(parts)


def _files(folder: str) -> Mapping[str, str]:
    """The digest of each file in a folder, by path."""
    found: dict[str, str] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                found |= _files(entry.path) if entry.name not in _LEFT_OUT else {}
            else:
                found[entry.path] = hashlib.sha256(Path(entry.path).read_bytes()).hexdigest()
    if not found:
        raise FileNotFoundError(folder)
    return found
