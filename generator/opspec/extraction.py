"""From a source of TableGen to `dialect.yaml`: one dialect, or every dialect of a project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from opspec.diagnostics import Diagnostics, ToolError
from opspec.model.dialect import Dialect
from opspec.spec.bindings import Bindings
from opspec.spec.facts import build_dialect
from opspec.spec.nodes import read_yaml
from opspec.spec.printer import print_dialect
from opspec.tablegen.extract import extract
from opspec.tablegen.records import Records, load_records
from opspec.tablegen.run import run_tblgen
from opspec.tablegen.sources import find_definition, include_folders, opened

__all__ = ["SCHEMA_PATH", "Tools", "facts_text", "update_facts", "write_facts"]

SCHEMA_PATH = "../../generated/schema/dialect.schema.json"
"""Where `dialect.yaml` finds its schema in a project of the usual shape."""


@dataclass(frozen=True, slots=True)
class Tools:
    """How to run llvm-tblgen."""

    includes: tuple[Path, ...] = ()
    prelude: Path | None = None
    tblgen: Path | None = None

    def within(self, checkout: Path) -> Tools:
        """The same tools, also finding what the .td files of a checkout include from each other."""
        return replace(self, includes=(*self.includes, *include_folders(checkout)))

    def run(self, definition: Path, beside: Path | None = None) -> Records:
        """The records of a .td file; `prelude.td` in the folder `beside` comes first where none was chosen."""
        prelude = self.prelude
        if prelude is None and beside is not None and (beside / "prelude.td").is_file():
            prelude = beside / "prelude.td"
        return run_tblgen(definition, self.includes, prelude, self.tblgen)


def facts_text(
    source: str,
    dialect: str,
    ref: str | None,
    tools: Tools,
    provenance: Sequence[tuple[str, str]],
    schema_path: str,
    notes: list[str] | None = None,
) -> str:
    """The text of `dialect.yaml` for one dialect of a .td file, a record dump, a folder, or a repository.

    `notes` takes what the facts leave out.
    Raises `SpecError` for errors in the .td files and `ToolError` where the source or a tool is missing.
    """
    path = Path(source)
    if path.suffix == ".json":
        return print_dialect(extract(load_records(path), dialect, provenance, notes), schema_path)
    if path.suffix == ".td":
        return print_dialect(extract(tools.run(path), dialect, provenance, notes), schema_path)
    with opened(source, ref) as checkout:
        definition = find_definition(checkout.root, dialect)
        if definition is None:
            raise ToolError(f"no .td file below {source} defines the dialect '{dialect}'")
        commit = [("commit", checkout.commit)] if checkout.commit else []
        merged = tuple(dict([*commit, *provenance]).items())
        records = tools.within(checkout.root).run(definition)
        return print_dialect(extract(records, dialect, merged, notes), schema_path)


def write_facts(path: Path, text: str) -> None:
    """Write a `dialect.yaml`; raises `ToolError` where the disk refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ToolError(f"cannot write {path}: {error.strerror}") from error


def _committed(facts: Path) -> Dialect | None:
    """The facts as they are now; None where they cannot be read."""
    root = read_yaml(facts, Diagnostics())
    return build_dialect(root, Diagnostics()) if root is not None else None


def _provenance(old: Dialect | None, commit: str, given: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Where new facts come from: as before, but for the commit and what was given."""
    merged = dict(old.provenance if old is not None else ())
    if commit:
        merged["commit"] = commit
    merged.update(given)
    return tuple(merged.items())


def update_facts(
    bindings: Bindings, source: str, ref: str | None, tools: Tools, provenance: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """Extract every dialect of a project that a folder or repository defines; yields a line about each.

    Everything is extracted before the first file is written, so that an error leaves all facts as they were.
    """
    written: list[tuple[Path, str, str]] = []
    absent: list[str] = []
    with opened(source, ref) as checkout:
        tools = tools.within(checkout.root)
        for facts in bindings.specs:
            old = _committed(facts)
            name = old.name if old is not None else facts.parent.name
            definition = find_definition(checkout.root, name)
            if definition is None:
                absent.append(name)
                continue
            dialect = extract(tools.run(definition, facts.parent), name)
            dialect = replace(dialect, provenance=_provenance(old, checkout.commit, provenance))
            same = old is not None and replace(dialect, provenance=()) == replace(old, provenance=())
            line = f"{name}: {'unchanged' if same else 'changed'}"
            written.append((facts, print_dialect(dialect, SCHEMA_PATH), line))
    if not written:
        raise ToolError(f"no .td file below {source} defines any of: {', '.join(absent)}")
    for facts, text, line in written:
        write_facts(facts, text)
        yield line
    for name in absent:
        yield f"{name}: not in {source}, left as it is"
