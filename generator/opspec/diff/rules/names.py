"""Rules about what an overlay says about names: chosen ones, further ones, old ones that still work."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from opspec.diff.changes import Place, Side
from opspec.diff.rule import B, C, Example, Found, levels, on
from opspec.diff.scopes import (
    AttributePair,
    CasePair,
    DefinitionPair,
    DialectPair,
    EnumPair,
    OperandPair,
    OperationPair,
    ParameterPair,
    RegionPair,
    ResultPair,
    SuccessorPair,
)
from opspec.model.names import Names, OldName

_COPY = "operations: {copy: {class: CopyOp, arguments: {from: any}}}"


def _example(old: str, new: str) -> Example:
    texts = (f"operations: {{copy: {{{text}}}}}" if text else "" for text in (old, new))
    return Example(_COPY, _COPY, *texts)


def _named(pair: object) -> tuple[Place, Names, Place, Names] | None:
    """What both sides say about the names of the thing that a pair is about, with its places."""
    sections = {OperandPair: "arguments", AttributePair: "arguments", ResultPair: "results", RegionPair: "regions"}
    match pair:
        case OperationPair() | EnumPair() | DefinitionPair():
            return pair.old_place(), pair.old.names, pair.new_place(), pair.new.names
        case CasePair():
            old, new = pair.within.old_place("cases", pair.old.symbol), pair.within.new_place("cases", pair.new.symbol)
        case ParameterPair():
            old = pair.within.old_place("parameters", pair.old.name)
            new = pair.within.new_place("parameters", pair.new.name)
        case SuccessorPair():
            old = pair.within.old_place("successors", pair.old.name)
            new = pair.within.new_place("successors", pair.new.name)
        case OperandPair() | AttributePair() | ResultPair() | RegionPair():
            section = sections[type(pair)]
            old, new = pair.within.old_place(section, pair.old.name), pair.within.new_place(section, pair.new.name)
        case _:
            return None
    return old, pair.old.names, new, pair.new.names


def _differing(pair: object, take: Callable[[Names], dict[str, str]], *, added: bool) -> Iterator[Side]:
    """What only one side has of a kind of names, by key, with its facts."""
    found = _named(pair)
    if found is None or found[1] == found[3]:
        return
    old_place, old, new_place, new = found
    here, there, place = (take(new), take(old), new_place) if added else (take(old), take(new), old_place)
    for key, facts in here.items():
        if key not in there:
            yield Side(Place(place.dialect, (*place.path, "names", key)), facts)


def _aliases(names: Names) -> dict[str, str]:
    return {alias.text: alias.text for alias in names.aliases}


def _key(old: OldName) -> str:
    return f"{old.text}{' in Python' * old.is_python}"


def _until(old: OldName) -> str:
    parts = [f"class {old.class_name}"] * bool(old.class_name) + [f"until {old.until}"] * bool(old.until)
    return ", ".join([_key(old), *parts])


def _old_names(names: Names) -> dict[str, str]:
    return {_key(old): _until(old) for old in names.old}


@on(
    object,
    "chosen name",
    "changed",
    verdicts=levels(source=B),
    meaning="The overlay gives a thing another Python name than before, or leaves its name to the convention again.",
    advice="Write the name `{new}` for `{old}` of `{name}`; `renamed_from` in the overlay keeps the old one working.",
    mirror="changed",
    compares=("Operation.names", "Names.chosen", "Names.class_name", "ChosenName.text"),
    examples=(
        _example("", "python: {name: copy_bytes}"),
        _example("python: {class: CopyOp}", "python: {class: CopyBytes}"),
    ),
)
def chosen_name_changed(pair: object) -> Iterator[Found]:
    """Another chosen name, of a thing or of an operation's class."""
    found = _named(pair)
    if found is None or found[1] == found[3]:
        return
    old_place, old, new_place, new = found
    for key, first, second in (("name", old.chosen, new.chosen), ("class", old.class_name, new.class_name)):
        if first.text != second.text:
            sides = (
                Side(Place(place.dialect, (*place.path, "python", key)), chosen.text or "by convention")
                for place, chosen in ((old_place, first), (new_place, second))
            )
            before, after = sides
            yield Found(before, after)


@on(
    object,
    "alias",
    "added",
    verdicts=levels(source=C),
    meaning="A thing has one more Python name that means the same.",
    advice="Nothing to do.",
    mirror="removed",
    subjects="aliases",
    compares=("Names.aliases",),
    examples=(_example("", "python: {aliases: [copy_bytes]}"),),
)
def alias_added(pair: object) -> Iterator[Found]:
    """Aliases that only the new side has."""
    for side in _differing(pair, _aliases, added=True):
        yield Found(None, side)


@on(
    object,
    "alias",
    "removed",
    verdicts=levels(source=B),
    meaning="A thing has one Python name less.",
    advice="Write another name than `{name}` of `{owner}`.",
    mirror="added",
    subjects="aliases",
    examples=(_example("python: {aliases: [copy_bytes]}", ""),),
)
def alias_removed(pair: object) -> Iterator[Found]:
    """Aliases that only the old side has."""
    for side in _differing(pair, _aliases, added=False):
        yield Found(side, None)


@on(
    object,
    "old name",
    "added",
    verdicts=levels(source=C),
    meaning="A name that a thing had still works, with a warning: `renamed_from` in the overlay says so.",
    advice="Write the new name for `{name}`.",
    mirror="removed",
    compares=("Names.old", "OldName.text", "OldName.is_python"),
    examples=(_example("", "renamed_from: [copy_all]"),),
)
def old_name_added(pair: object) -> Iterator[Found]:
    """Old names that only the new side takes."""
    for side in _differing(pair, _old_names, added=True):
        yield Found(None, side)


@on(
    object,
    "old name",
    "removed",
    verdicts=levels(source=B),
    meaning="A name that a thing had, and that worked with a warning, is gone.",
    advice="Write the new name for `{name}`.",
    mirror="added",
    examples=(_example("renamed_from: [copy_all]", ""),),
)
def old_name_removed(pair: object) -> Iterator[Found]:
    """Old names that only the old side takes."""
    for side in _differing(pair, _old_names, added=False):
        yield Found(side, None)


@on(
    object,
    "old name",
    "changed",
    verdicts=levels(source=C),
    meaning="An old name is to go at another time, or stands for another class.",
    advice="Write the new name for `{name}` in time.",
    mirror="changed",
    compares=("OldName.class_name", "OldName.until"),
    examples=(
        _example("renamed_from: [{name: copy_all, until: '0.5'}]", "renamed_from: [{name: copy_all, until: '0.6'}]"),
    ),
)
def old_name_changed(pair: object) -> Iterator[Found]:
    """Old names that both sides take, with something else said about them."""
    found = _named(pair)
    if found is None or found[1] == found[3]:
        return
    old_place, old, new_place, new = found
    first, second = _old_names(old), _old_names(new)
    for key in first:
        if key in second and first[key] != second[key]:
            before = Side(Place(old_place.dialect, (*old_place.path, "names", key)), first[key])
            yield Found(before, Side(Place(new_place.dialect, (*new_place.path, "names", key)), second[key]))


@on(
    DialectPair,
    "dialect naming",
    "changed",
    verdicts=levels(source=B),
    meaning="""The overlay chooses another module name or convention for the dialect, or other words to split names by:
    functions, parameters and enum members may have other names.""",
    advice="Write the names as the new choice makes them.",
    mirror="changed",
    subjects="",
    compares=(
        *("Dialect.names", "DialectNames.module", "DialectNames.convention", "DialectNames.words"),
        "DialectNames.splits",
    ),
    examples=(Example(_COPY, _COPY, "", "python: {naming: rust}"),),
)
def dialect_naming_changed(pair: DialectPair) -> Iterator[Found]:
    """Another choice for the whole dialect."""
    if pair.old.names != pair.new.names:
        sides = []
        for place, names in ((pair.old_place("python"), pair.old.names), (pair.new_place("python"), pair.new.names)):
            splits = ", ".join(f"{name}: {split}" for name, split in names.splits)
            parts = {
                "module": names.module.text,
                "naming": names.convention.text,
                "words": ", ".join(names.words),
                "splits": splits,
            }
            facts = "; ".join(f"{key} {text}" for key, text in parts.items() if text)
            sides.append(Side(place, facts or "as the project"))
        yield Found(sides[0], sides[1])
