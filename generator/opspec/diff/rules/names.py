"""Rules about what an overlay says about names: chosen ones, further ones, old ones that still work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from opspec.diff.changes import Side
from opspec.diff.pairs import DialectPair, Pair
from opspec.diff.rule import B, C, Example, Find, Found, levels, on, rule
from opspec.diff.witness_names import dialect_names, of_names
from opspec.diff.witness_operations import alias, chosen_name, old_name
from opspec.model.names import Names, OldName

_COPY = "operations: {copy: {class: CopyOp, arguments: {from: any}}}"


def _example(old: str, new: str) -> Example:
    texts = (f"operations: {{copy: {{{text}}}}}" if text else "" for text in (old, new))
    return Example(_COPY, _COPY, *texts)


def _named(pair: object) -> Iterator[Pair[Any, Any]]:
    """The pair, where both sides say something else about the names of what it is about."""
    if isinstance(pair, Pair) and getattr(pair.old, "names", None) != getattr(pair.new, "names", None):
        yield pair


def _only_new(take: Callable[[Names], dict[str, str]]) -> Find:
    """Names of a kind that only the new side has."""

    def find(pair: object) -> Iterator[Found]:
        for found in _named(pair):
            here, there = take(found.new.names), take(found.old.names)
            for key in (key for key in here if key not in there):
                yield Found(None, Side(found.new_place("names", key), here[key]))

    return find


def _only_old(take: Callable[[Names], dict[str, str]]) -> Find:
    """Names of a kind that only the old side has."""

    def find(pair: object) -> Iterator[Found]:
        for found in _named(pair):
            here, there = take(found.old.names), take(found.new.names)
            for key in (key for key in here if key not in there):
                yield Found(Side(found.old_place("names", key), here[key]), None)

    return find


def _aliases(names: Names) -> dict[str, str]:
    return {alias.text: alias.text for alias in names.aliases}


def _key(old: OldName) -> str:
    return f"{old.text} in Python" if old.is_python else old.text


def _until(old: OldName) -> str:
    parts = (("class", old.class_name), ("until", old.until))
    return ", ".join([_key(old), *(f"{word} {said}" for word, said in parts if said)])


def _old_names(names: Names) -> dict[str, str]:
    return {_key(old): _until(old) for old in names.old}


@on(
    object,
    "chosen name: changed",
    verdicts=levels(source=B),
    meaning="The overlay gives a thing another Python name than before, or leaves its name to the convention again.",
    advice="Write the name `{new}` for `{old}` of `{name}`; `renamed_from` in the overlay keeps the old one working.",
    mirror="changed",
    compares=("Operation.names", "Names.chosen", "Names.class_name", "ChosenName.text"),
    examples=(
        _example("", "python: {name: copy_bytes}"),
        _example("python: {class: CopyOp}", "python: {class: CopyBytes}"),
    ),
    witness=of_names(chosen_name),
)
def chosen_name_changed(pair: object) -> Iterator[Found]:
    """Another chosen name, of a thing or of an operation's class."""
    for found in _named(pair):
        old, new = found.old.names, found.new.names
        for key, first, second in (("name", old.chosen, new.chosen), ("class", old.class_name, new.class_name)):
            if first.text != second.text:
                before = Side(found.old_place("python", key), first.text or "by convention")
                yield Found(before, Side(found.new_place("python", key), second.text or "by convention"))


alias_added = rule(
    object,
    "alias: added",
    find=_only_new(_aliases),
    verdicts=levels(source=C),
    meaning="A thing has one more Python name that means the same.",
    advice="Nothing to do.",
    mirror="removed",
    subjects="aliases",
    compares=("Names.aliases",),
    examples=(_example("", "python: {aliases: [copy_bytes]}"),),
)


alias_removed = rule(
    object,
    "alias: removed",
    find=_only_old(_aliases),
    verdicts=levels(source=B),
    meaning="A thing has one Python name less.",
    advice="Write another name than `{name}` of `{owner}`.",
    mirror="added",
    subjects="aliases",
    examples=(_example("python: {aliases: [copy_bytes]}", ""),),
    witness=of_names(alias),
)


old_name_added = rule(
    object,
    "old name: added",
    find=_only_new(_old_names),
    verdicts=levels(source=C),
    meaning="A name that a thing had still works, with a warning: `renamed_from` in the overlay says so.",
    advice="Write the new name for `{name}`.",
    mirror="removed",
    compares=("Names.old", "OldName.text", "OldName.is_python"),
    examples=(_example("", "renamed_from: [copy_all]"),),
)


old_name_removed = rule(
    object,
    "old name: removed",
    find=_only_old(_old_names),
    verdicts=levels(source=B),
    meaning="A name that a thing had, and that worked with a warning, is gone.",
    advice="Write the new name for `{name}`.",
    mirror="added",
    examples=(_example("renamed_from: [copy_all]", ""),),
    witness=of_names(old_name),
)


@on(
    object,
    "old name: changed",
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
    for found in _named(pair):
        first, second = _old_names(found.old.names), _old_names(found.new.names)
        for key in first:
            if key in second and first[key] != second[key]:
                before = Side(found.old_place("names", key), first[key])
                yield Found(before, Side(found.new_place("names", key), second[key]))


@on(
    DialectPair,
    "dialect naming: changed",
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
    witness=dialect_names,
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
