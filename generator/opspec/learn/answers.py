"""Answers kept while a binary is asked, so that work which was interrupted goes on where it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from opspec.diagnostics import ToolError
from opspec.probe.readings import Said

__all__ = ["Answers"]


class Answers:
    """What a binary said so far, in a file; to be used in a `with` statement.

    The file is of one binary, named by `title`: answers of another one are forgotten. Raises `ToolError` where it
    cannot be written.
    """

    def __init__(self, path: Path, title: str) -> None:
        self._path = path
        self._title = title
        self._known: dict[str, Said] = {}
        self._file: IO[str] | None = None

    def __enter__(self) -> Answers:
        self._read()
        try:
            self._file = self._path.open("a" if self._known else "w", encoding="utf-8")
        except OSError as error:
            raise ToolError(f"{self._path} cannot be written: {error.strerror}") from error
        if not self._known:
            print(json.dumps(self._title), file=self._file)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, traceback: object) -> None:
        assert self._file is not None
        self._file.close()
        if kind is None:
            self._path.unlink()

    def _read(self) -> None:
        """Take over what an interrupted run has left; its last line may be half of one."""
        if not self._path.is_file():
            return
        lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        try:
            if not lines or json.loads(lines[0]) != self._title:
                return
            for line in lines[1:]:
                key, text, error, stderr, death = json.loads(line)
                self._known[key] = Said(text, error, stderr, death)
        except ValueError:
            return

    def asking(self, ask: Callable[[Sequence[str]], Sequence[Said]]) -> Callable[[Sequence[str]], list[Said]]:
        """The same as `ask`, which is only handed what was not asked before."""

        def asked(modules: Sequence[str]) -> list[Said]:
            keys = [hashlib.sha256(module.encode()).hexdigest()[:24] for module in modules]
            new = {key: module for key, module in zip(keys, modules, strict=True) if key not in self._known}
            for key, said in zip(new, ask(list(new.values())), strict=True):
                self._known[key] = said
                row = (key, said.text, said.error, said.stderr, said.death)
                print(json.dumps(row), file=self._file)
            return [self._known[key] for key in keys]

        return asked
