"""What rules find in any section: entries that are added, removed, renamed, moved, or declared otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from opspec.constraints.parts import enum_in
from opspec.diff.changes import Side
from opspec.diff.matching import moved as least_moves
from opspec.diff.pairs import Pair
from opspec.diff.relation import Relation
from opspec.diff.rule import Find, Found
from opspec.diff.sections import Section
from opspec.model.constraints import EnumCases, Literal, OpaqueLiteral
from opspec.model.dialect import Enum, NamedAttribute, NamedParameter
from opspec.notation.literals import print_literal
from opspec.pyview.text import py_literal

__all__ = [
    "added",
    "after",
    "default_added",
    "default_changed",
    "default_removed",
    "made_optional",
    "made_required",
    "moved",
    "moved_away",
    "number",
    "related",
    "removed",
    "renamed",
    "same_in_python",
]

_Variant: TypeAlias = Callable[[Any], str]


def _default(_: object) -> str:
    return ""


def _every(_: object) -> bool:
    return True


def added(
    *sections: Section[Any],
    fits: Callable[[Any], bool] = _every,
    variant: Callable[[Any, Any], str] = lambda pair, entry: "",
) -> Find:
    """Entries that only the new side has, as it declares them; `variant` takes what has the section, and the entry."""

    def find(pair: Any) -> Iterator[Found]:
        for section in sections:
            for entry in filter(fits, pair.parts.of(section).added):
                name = section.name(entry)
                written = section.entry(pair.new, name)
                yield Found(None, Side(pair.new_place(section.key, name), section.facts(written)), variant(pair, entry))

    return find


def removed(*sections: Section[Any], variant: _Variant = _default) -> Find:
    """Entries that only the old side has."""

    def find(pair: Any) -> Iterator[Found]:
        for section in sections:
            for entry in pair.parts.of(section).removed:
                place = pair.old_place(section.key, section.name(entry))
                yield Found(Side(place, section.facts(entry)), None, variant(pair))

    return find


def renamed(variant: _Variant = _default) -> Find:
    """Entries of one dialect that are paired though they have another name."""

    def find(pair: Pair[Any, Any]) -> Iterator[Found]:
        if pair.candidate is not None and not pair.has_moved:
            yield Found(*pair.sides(*pair.names), variant(pair), pair.candidate)

    return find


def moved_away(variant: _Variant = _default) -> Find:
    """Entries that are paired though another dialect has them now."""

    def find(pair: Pair[Any, Any]) -> Iterator[Found]:
        if pair.has_moved:
            old, new = pair.dialects.old.name, pair.dialects.new.name
            sides = pair.sides(f"{old}.{pair.names[0]}", f"{new}.{pair.names[1]}")
            yield Found(*sides, variant(pair), pair.candidate)

    return find


def same_in_python(pair: Pair[Any, Any]) -> str:
    """The variant of a rename of a part that Python does not notice, since both names become the same parameter."""
    old, new = pair.names
    return "same in Python" if pair.dialects.old_naming.part(old) == pair.dialects.new_naming.part(new) else ""


def number(names: Sequence[str], name: str) -> str:
    """Where an entry stands: `number 1`."""
    return f"number {names.index(name)}"


def after(names: Sequence[str], name: str) -> str:
    """Where an entry stands: `after x`, or `first`."""
    index = names.index(name)
    return f"after {names[index - 1]}" if index else "first"


def moved(
    section: Section[Any],
    where: Callable[[Sequence[str], str], str],
    weight: Callable[[Any, str], int] = lambda pair, name: 1,
    variant: Callable[[Any, str], str] = lambda pair, name: "",
) -> Find:
    """The least entries that have to move to get from one order to the other, the lightest first."""

    def find(pair: Any) -> Iterator[Found]:
        names = pair.parts.of(section).names()
        old_names = {new: old for old, new in names.items()}
        old = [section.name(entry) for entry in section.entries(pair.old)]
        new = [section.name(entry) for entry in section.entries(pair.new)]
        first = [name for name in old if name in names]
        then = [old_names[name] for name in new if name in old_names]
        for name in least_moves(first, then, lambda each: weight(pair, each)):
            before = Side(pair.old_place(section.key, name), where(old, name))
            now = Side(pair.new_place(section.key, names[name]), where(new, names[name]))
            yield Found(before, now, variant(pair, name))

    return find


def related(
    wanted: Relation,
    relation: Callable[[Any], Relation],
    facts: Callable[[Any], str],
    variant: _Variant = _default,
) -> Find:
    """Entries whose constraints are in a relation."""

    def find(pair: Pair[Any, Any]) -> Iterator[Found]:
        if relation(pair) is wanted:
            yield Found(*pair.sides(facts(pair.old), facts(pair.new)), variant(pair))

    return find


def _given(named: NamedAttribute | NamedParameter) -> Any:
    return named.attribute if isinstance(named, NamedAttribute) else named.parameter


def _state(named: NamedAttribute | NamedParameter) -> str:
    """`required`, `optional` (unset where it is left out) or `default`."""
    given = _given(named)
    if given.default is not None:
        return "default"
    return "optional" if given.optional else "required"


def _states(pair: Pair[Any, Any]) -> tuple[str, str]:
    return _state(pair.old), _state(pair.new)


def _default_sides(pair: Pair[Any, Any]) -> tuple[Side, Side]:
    """Both sides with the default, or the state where there is none."""
    defaults = ((named, _given(named).default) for named in (pair.old, pair.new))
    old, new = (_state(named) if default is None else print_literal(default) for named, default in defaults)
    sides = pair.sides(old, new)
    given = _given(pair.old)
    enum = enum_in(pair.dialects.old, given.constraint)
    return replace(sides[0], given=_python(given.default, enum)), sides[1]


def _python(default: Literal | None, enum: Enum | None) -> str:
    """A default as a call gives it, cases by the texts that every convention takes; empty where only C++ knows it."""
    match default:
        case None | OpaqueLiteral():
            return ""
        case EnumCases(names):
            texts = {} if enum is None else {case.symbol: case.text for case in enum.cases}
            return py_literal("|".join(texts.get(name, name) for name in names))
        case tuple():
            items = [_python(item, enum) for item in default]
            return f"[{', '.join(items)}]" if all(items) else ""
        case _:
            return py_literal(default)


def made_optional(variant: _Variant = _default) -> Find:
    """Attributes and parameters: required before, unset by default now."""

    def find(pair: Pair[Any, Any]) -> Iterator[Found]:
        if _states(pair) == ("required", "optional"):
            yield Found(*pair.declared(), variant(pair))

    return find


def made_required(variant: _Variant = _default) -> Find:
    """Attributes and parameters: unset or with a default before, required now."""

    def find(pair: Pair[Any, Any]) -> Iterator[Found]:
        old, new = _states(pair)
        if new == "required" and old != "required":
            yield Found(*pair.declared(), variant(pair))

    return find


def default_added(variant: _Variant = _default) -> Find:
    """Attributes and parameters: without a default before, with one now."""

    def find(pair: Pair[Any, Any]) -> Iterator[Found]:
        match _states(pair):
            case ("optional", "default"):
                yield Found(*_default_sides(pair), variant(pair) or "was optional")
            case ("required", "default"):
                yield Found(*pair.declared(), variant(pair))

    return find


def default_removed(pair: Pair[Any, Any]) -> Iterator[Found]:
    """Attributes and parameters: with a default before, unset now."""
    if _states(pair) == ("default", "optional"):
        yield Found(*_default_sides(pair))


def default_changed(pair: Pair[Any, Any]) -> Iterator[Found]:
    """Attributes and parameters: another default; `1` and `true` are two."""
    if _states(pair) == ("default", "default"):
        old, new = _given(pair.old).default, _given(pair.in_old_names).default
        if old.__class__ is not new.__class__ or old != new:
            yield Found(*_default_sides(pair))
