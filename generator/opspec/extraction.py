"""From a source of TableGen to `dialect.yaml`: one dialect, or every dialect of a project."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostics, SpecError, ToolError
from opspec.disk.files import write_file
from opspec.model.dialect import Dialect
from opspec.progress import progress
from opspec.spec.bindings import Bindings
from opspec.spec.facts import build_dialect
from opspec.spec.printer import print_dialect
from opspec.spec.reading import read_yaml
from opspec.tablegen.counting import left_out
from opspec.tablegen.extract import extract
from opspec.tablegen.homes import Homes
from opspec.tablegen.merging import merged
from opspec.tablegen.records import Records, load_records
from opspec.tablegen.run import run_tblgen
from opspec.tablegen.sources import find_definitions, include_folders, opened

__all__ = ["SCHEMA_PATH", "Facts", "Tools", "facts_text", "update_facts"]

SCHEMA_PATH = "../../generated/schema/dialect.schema.json"
"""Where `dialect.yaml` finds its schema in a project of the usual shape."""


@dataclass(frozen=True, slots=True)
class Tools:
    """How to run llvm-tblgen."""

    includes: tuple[Path, ...] = ()
    prelude: Path | None = None
    tblgen: Path | None = None
    mlir: tuple[Path, ...] = ()

    def within(self, checkout: Path) -> Tools:
        """The same tools, also finding what the .td files of a checkout include from each other."""
        return replace(self, includes=(*self.includes, *include_folders(checkout)))

    def run(self, definition: Path, beside: Path | None = None, also: Sequence[Path] = ()) -> Records:
        """The records of a .td file, and of those to be read with it.

        `prelude.td` in the folder `beside` comes first where none was chosen.
        """
        prelude = self.prelude
        if prelude is None and beside is not None and (beside / "prelude.td").is_file():
            prelude = beside / "prelude.td"
        return run_tblgen(definition, self.includes, prelude, self.tblgen, also, self.mlir)


@dataclass(frozen=True, slots=True)
class Facts:
    """The text of a `dialect.yaml`, and a line about each file that defines more of the dialect and was left out.

    `notes` says which definitions are left out, since others have their mnemonics.
    """

    text: str
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def _extracted(
    tools: Tools,
    homes: Homes,
    read: Callable[[Records], Dialect],
    beside: Path | None = None,
) -> tuple[Dialect, tuple[tuple[Path, str], ...]]:
    """A dialect out of its files, and those of which something was left out, with reasons. The first has to be right.

    They are read together where that is possible: what one only names, another may define.
    """
    first, *others = homes.roots
    if others:
        with contextlib.suppress(SpecError, ToolError):
            records = tools.run(first, beside, others)
            return read(records), tuple(left_out(homes, [records], {}))
    known = [tools.run(first, beside)]
    found = read(known[0])
    failed: dict[Path, str] = {}
    for path in others:
        try:
            records = tools.run(path, beside)
            more = merged(found, read(records))
        except SpecError as error:
            wrong = error.diagnostics[0]
            failed[path] = f"{wrong.location}: {wrong.message}"
        except ToolError as error:
            failed[path] = str(error)
        else:
            if more is None:
                failed[path] = "it says something else of a thing that another file defines too"
            else:
                found = more
                known.append(records)
    return found, tuple(left_out(homes, known, failed))


def _told(left_out: Sequence[tuple[Path, str]], root: Path) -> tuple[str, ...]:
    return tuple(f"left out {path.relative_to(root).as_posix()}: {reason}" for path, reason in left_out)


def facts_text(
    source: str,
    dialect: str,
    ref: str | None,
    tools: Tools,
    provenance: Sequence[tuple[str, str]],
    schema_path: str,
    warnings: Diagnostics | None = None,
    *,
    words: bool = False,
) -> Facts:
    """The text of `dialect.yaml` for one dialect of a .td file, a record dump, a folder, or a repository.

    What is wrong in the definitions without stopping the extraction goes to `warnings`. With `words` the facts hold
    the summaries and descriptions of the definitions.

    Raises `SpecError` for errors in the .td files and `ToolError` where the source or a tool is missing.
    """
    path = Path(source)
    notes: list[str] = []
    read = partial(extract, dialect=dialect, warnings=warnings, notes=notes, words=words)
    pairs = dict(provenance)
    told: tuple[str, ...] = ()
    if path.suffix == ".json":
        found = read(load_records(path))
    elif path.suffix == ".td":
        found = read(tools.run(path))
    else:
        with opened(source, ref) as checkout:
            homes = find_definitions(checkout.root, dialect)
            if not homes.roots:
                raise ToolError(f"no .td file below {source} defines the dialect '{dialect}'")
            found, left = _extracted(tools.within(checkout.root), homes, read)
            told = _told(left, checkout.root)
            pairs = ({"commit": checkout.commit} if checkout.commit else {}) | pairs
    text = print_dialect(replace(found, provenance=tuple(pairs.items())), schema_path)
    return Facts(text, told, tuple(dict.fromkeys(notes)))


def _committed(facts: Path) -> Dialect | None:
    """The facts as they are now; None where they cannot be read."""
    root = read_yaml(facts, Diagnostics())
    return build_dialect(root, Diagnostics()) if root is not None else None


def _provenance(old: Dialect | None, commit: str, given: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Where new facts come from: as before, but for the commit, how the old ones were read, and what was given."""
    merged = dict(old.provenance if old is not None else ())
    merged.pop("source", None)
    if commit:
        merged["commit"] = commit
    merged.update(given)
    return tuple(merged.items())


def update_facts(
    bindings: Bindings,
    source: str,
    ref: str | None,
    tools: Tools,
    provenance: Sequence[tuple[str, str]],
    warnings: Diagnostics | None = None,
) -> Iterator[str]:
    """Extract every dialect of a project that a folder or repository defines; yields a line about each.

    What is wrong in the definitions without stopping the extraction goes to `warnings`. Facts that hold words of the
    definitions are given their words anew.

    Everything is extracted before the first file is written, so that an error leaves all facts as they were.
    """
    written: list[tuple[Path, str, tuple[str, ...]]] = []
    absent: list[str] = []
    with opened(source, ref) as checkout, progress("extracting", len(bindings.specs)) as done:
        tools = tools.within(checkout.root)
        for count, facts in enumerate(bindings.specs):
            done(count)
            old = _committed(facts)
            name = old.name if old is not None else facts.parent.name
            homes = find_definitions(checkout.root, name)
            if not homes.roots:
                absent.append(name)
                continue
            words = old is not None and old.has_words
            notes: list[str] = []
            read = partial(extract, dialect=name, warnings=warnings, notes=notes, words=words)
            dialect, left = _extracted(tools, homes, read, facts.parent)
            dialect = replace(dialect, provenance=_provenance(old, checkout.commit, provenance))
            same = old is not None and replace(dialect, provenance=()) == replace(old, provenance=())
            line = f"{name}: {'unchanged' if same else 'changed'}"
            told = (*_told(left, checkout.root), *dict.fromkeys(notes))
            lines = (line, *(f"{name}: {each}" for each in told))
            written.append((facts, print_dialect(dialect, SCHEMA_PATH), lines))
    if not written:
        raise ToolError(f"no .td file below {source} defines any of: {', '.join(absent)}")
    for facts, text, lines in written:
        write_file(facts, text)
        yield from lines
    for name in absent:
        yield f"{name}: not in {source}, left as it is"
