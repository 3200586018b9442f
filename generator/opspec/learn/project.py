"""What the facts of a project lack, learnt from binaries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostics, ToolError
from opspec.learn.binaries import Binary
from opspec.learn.dialects import Wanted
from opspec.learn.operations import LearntOperation
from opspec.learn.run import HEAD, Learnt, joined, known_names, learn_from
from opspec.model.dialect import Dialect
from opspec.spec.bindings import Bindings
from opspec.spec.facts import build_dialect
from opspec.spec.learned import LEARNED, read_notes
from opspec.spec.printer import print_dialect
from opspec.spec.reading import read_yaml

__all__ = ["More", "learn_more", "learn_operations", "learn_project"]


@dataclass(frozen=True, slots=True)
class More:
    """A `learned.yaml` that has more than before: its path, its text, and the names of what is new in it.

    The names are those of `releases.yaml`: `nccl.send`, `!comm.nccl.comm`.
    """

    path: Path
    dialect: str
    text: str
    fresh: tuple[str, ...]


def learn_project(
    bindings: Bindings,
    diagnostics: Diagnostics,
    binaries: Sequence[Binary],
    schema_path: str,
    seconds: float = float("inf"),
) -> Iterator[tuple[Path, Learnt]]:
    """The `learned.yaml` of each dialect of which the binaries have more than its `dialect.yaml`: its path, its facts.

    Raises `ToolError` where facts cannot be read.
    """
    facts = {dialect.name: (path, dialect) for path in bindings.specs for dialect in (_facts(path, diagnostics),)}
    known = known_names(dialect for _, dialect in facts.values())
    wanted = Wanted(tuple(facts), known=known, seconds=seconds)
    for found in learn_from(binaries, wanted, schema_path, _kept(bindings)):
        if not found.is_empty:
            yield facts[found.dialect.name][0].with_name(LEARNED), found


def learn_more(bindings: Bindings, diagnostics: Diagnostics, binary: Binary, schema_path: str) -> Iterator[More]:
    """The `learned.yaml` of each dialect of which the binary has more than its facts and what was learnt before."""
    paths: dict[str, Path] = {}
    before: dict[str, Dialect] = {}
    own: list[Dialect] = []
    for path in bindings.specs:
        dialect = _facts(path, diagnostics)
        own.append(dialect)
        paths[dialect.name] = learned = path.with_name(LEARNED)
        if learned.is_file():
            before[dialect.name] = _facts(learned, diagnostics)
    wanted = Wanted(tuple(paths), known=known_names((*own, *before.values())))
    for found in learn_from([binary], wanted, schema_path, _kept(bindings)):
        if found.is_empty:
            continue
        name = found.dialect.name
        old = before.get(name)
        text = found.text if old is None else _joined(old, paths[name], found, schema_path)
        fresh = [one.mnemonic for one in found.dialect.operations]
        fresh += [f"#{name}.{one.mnemonic}" for one in found.dialect.attributes if not one.dialect]
        fresh += [f"!{name}.{one.mnemonic}" for one in found.dialect.types]
        yield More(paths[name], name, text, tuple(fresh))


def learn_operations(bindings: Bindings, binary: Binary, names: Sequence[str]) -> dict[str, LearntOperation]:
    """What the binary says of some operations, by their full names, whether facts have them or not."""
    dialects = tuple(dict.fromkeys(name.partition(".")[0] for name in names))
    found = learn_from([binary], Wanted(dialects, tuple(names)), "", _kept(bindings)) if names else ()
    return {f"{each.dialect.name}.{one.operation.mnemonic}": one for each in found for one in each.operations}


def _facts(path: Path, diagnostics: Diagnostics) -> Dialect:
    root = read_yaml(path, diagnostics)
    if root is None:
        raise ToolError(f"{path} cannot be read")
    return build_dialect(root, diagnostics)


def _kept(bindings: Bindings) -> Path:
    """Where answers are kept until all is learnt."""
    return bindings.specs[0].parent.parent / ".learning"


def _joined(old: Dialect, path: Path, found: Learnt, schema_path: str) -> str:
    """What was learnt before, and what is new; the provenance says so."""
    before = {f"{key} before": text for key, text in old.provenance if not key.endswith("before")}
    both = replace(joined(found.dialect, old), provenance=(*found.dialect.provenance, *before.items()))
    notes = read_notes(path.read_text(encoding="utf-8")) | read_notes(found.text)
    return print_dialect(both, schema_path, HEAD, notes)
