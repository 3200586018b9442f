"""What is asked: an installed Enzyme or another program, in both forms, and what names its files hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.learn.tool import Tool
from opspec.learn.words import words_in
from opspec.probe.batch import Batch
from opspec.probe.installation import DISTRIBUTION, Installation
from opspec.probe.readings import Said
from opspec.probe.strings import Names, names_in

__all__ = ["Binary", "enzyme_binary", "tool_binary"]


@dataclass(frozen=True, slots=True)
class Binary:
    """A binary to learn from: what it is called, where it comes from, its files, and how it is asked.

    `open` begins to ask for IR in generic form, or in the dialects' own format where its argument is false.
    """

    title: str
    provenance: tuple[tuple[str, str], ...]
    files: tuple[Path, ...]
    open: Callable[[bool], AbstractContextManager[Batch | Tool]]

    def names(self, dialects: tuple[str, ...]) -> Names:
        """What the strings of its files may name; words only of the file that names most of the dialects' things."""
        found = [(file, names_in(file, dialects)) for file in self.files]
        most, _ = max(found, key=lambda each: len(each[1].operations))
        return Names(
            tuple(sorted({name for _, names in found for name in names.operations})),
            tuple(sorted({name for _, names in found for name in names.attributes})),
            tuple(sorted(words_in(most))),
            tuple(sorted({name for _, names in found for name in names.parameters})),
        )

    def ask(self, modules: Sequence[str], *, generic: bool = True) -> list[Said]:
        """What it says of modules, in a process of their own."""
        with self.open(generic) as asked:
            return asked.ask(modules)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def enzyme_binary(found: Installation) -> Binary:
    """An installed Enzyme."""
    return Binary(
        f"{DISTRIBUTION} {found.release}",
        (("release", f"{DISTRIBUTION} {found.release}"), ("sha256", _hash(found.library))),
        (found.library,),
        lambda generic: Batch(found.library, generic=generic),
    )


def tool_binary(command: str) -> Binary:
    """A program and the libraries that it brings along."""
    tool = Tool(command)
    files = tool.binaries()
    largest = max(files, key=lambda path: path.stat().st_size)
    return Binary(
        tool.program.name,
        (("tool", tool.program.name), ("sha256", _hash(largest))),
        files,
        lambda generic: nullcontext(Tool(command, generic=generic)),
    )
