"""Rules about a project as a whole: its dialects, its package, its naming convention."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Place, Side
from opspec.diff.rule import B, C, Example, Found, levels, on
from opspec.diff.sides import ProjectPair
from opspec.diff.witness_names import convention, dialect_module
from opspec.model.dialect import Dialect

_TOY = "dialect: toy"
_BOTH = "dialect: toy\n---\ndialect: extra"


def _facts(dialect: Dialect) -> str:
    return f"{len(dialect.operations)} operations, {len(dialect.definitions)} definitions, {len(dialect.enums)} enums"


@on(
    ProjectPair,
    "dialect: added",
    verdicts=levels(source=C, ir=C),
    meaning="The project has a dialect that it did not have, and with it a Python module.",
    advice="Nothing to do.",
    mirror="removed",
    compares=("Dialect.name",),
    examples=(Example(_TOY, _BOTH),),
)
def dialect_added(pair: ProjectPair) -> Iterator[Found]:
    """Dialects that only the new side has."""
    for dialect in pair.new.dialects:
        if dialect.name not in pair.old.names():
            yield Found(None, Side(Place(dialect.name), _facts(dialect)))


@on(
    ProjectPair,
    "dialect: removed",
    verdicts=levels(source=B, ir=B),
    meaning="The project no longer has the dialect, and its Python module is gone.",
    advice="Stop importing `{name}`.",
    mirror="added",
    examples=(Example(_BOTH, _TOY),),
    witness=dialect_module,
)
def dialect_removed(pair: ProjectPair) -> Iterator[Found]:
    """Dialects that only the old side has."""
    for dialect in pair.old.dialects:
        if dialect.name not in pair.new.names():
            yield Found(Side(Place(dialect.name), _facts(dialect)), None)


@on(
    ProjectPair,
    "package: renamed",
    verdicts=levels(source=B),
    meaning="`bindings.yaml` names another Python package: every import fails.",
    advice="Import from `{new}`.",
    mirror="renamed",
    examples=(Example("package: toy_bindings", "package: toys"),),
)
def package_renamed(pair: ProjectPair) -> Iterator[Found]:
    """Another package, where both sides name one."""
    if pair.old.package and pair.new.package and pair.old.package != pair.new.package:
        place = Place("bindings", ("project", "package"))
        yield Found(Side(place, pair.old.package), Side(place, pair.new.package))


@on(
    ProjectPair,
    "convention: changed",
    verdicts=levels(source=B),
    meaning="""`bindings.yaml` chooses another naming convention: functions, parameters and enum members may have other
    names. The IR does not change.""",
    advice="Write the names of the convention `{new}`.",
    mirror="changed",
    examples=(Example("naming: mnemonic", "naming: upstream"),),
    witness=convention,
    is_about_all_names=True,
)
def convention_changed(pair: ProjectPair) -> Iterator[Found]:
    """Another convention."""
    if pair.old.naming != pair.new.naming:
        place = Place("bindings", ("project", "naming"))
        yield Found(Side(place, pair.old.naming), Side(place, pair.new.naming))
