"""Names that are taken: another for each is written into the overlays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from opspec.diagnostics import Diagnostics, SpecError, ToolError
from opspec.disk.files import write_file
from opspec.naming.scope import Proposal
from opspec.pipeline import load_project
from opspec.spec.bindings import Bindings
from opspec.spec.entering import Entry, with_entries
from opspec.spec.nodes import text_of
from opspec.spec.reading import read_yaml

__all__ = ["NAME_CODES", "fix_names"]

NAME_CODES = ("name-collision", "name-reserved")
"""What a proposal of a name helps against."""

_ROUNDS = 9
"""How often the names are looked through: a name that was written may be what another part would be called."""

_NEW = """\
# yaml-language-server: $schema=../../generated/schema/overlay.schema.json
schema: opspec/overlay/1
dialect: {dialect}

"""


def fix_names(bindings: Bindings) -> Iterator[str]:
    """Write what the hints about names propose into the overlays; yields a line about each overlay.

    A name that a person wrote stays. Raises `SpecError` where the specs have other mistakes, and nothing is written.
    """
    written: dict[Path, dict[tuple[str, ...], str]] = {}
    for _ in range(_ROUNDS):
        proposals: dict[str, list[Proposal]] = {}
        try:
            load_project(bindings, Diagnostics(), proposals=proposals)
            break
        except SpecError as error:
            if any(found.code not in NAME_CODES for found in error.diagnostics):
                raise
        changed = [_apply(facts, proposals, written) for facts in bindings.specs]
        if not any(changed):
            break
    for path, names in written.items():
        yield f"{path}: {len(names)} name{'s' if len(names) != 1 else ''} written"


def _apply(facts: Path, proposals: dict[str, list[Proposal]], written: dict[Path, dict[tuple[str, ...], str]]) -> bool:
    """Write the proposals for one spec; whether there was one."""
    root = read_yaml(facts, Diagnostics())
    dialect = text_of(root, "dialect")
    path = facts.with_name("overlay.yaml")
    before = written.get(path, {})
    wanted = {
        found.path: found.name for found in proposals.get(dialect, ()) if found.path in before or not found.replaces
    }
    if not wanted:
        return False
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else _NEW.format(dialect=dialect)
    except OSError as error:
        raise ToolError(f"cannot read {path}: {error.strerror}") from error
    write_file(path, with_entries(text, (Entry(where, name) for where, name in wanted.items())))
    written[path] = {**before, **wanted}
    return True
