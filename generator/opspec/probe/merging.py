"""What one more release has, beside what is known of others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import TypeAlias, TypeVar

from opspec.model.releases import Counts, DialectReleases, Form, Offered, ReleasedParts, Spelling
from opspec.probe.installation import in_order_of_numbers
from opspec.probe.record import within

__all__ = ["with_release"]

_T = TypeVar("_T")
_Told: TypeAlias = list[tuple[str, tuple[tuple[str, _T], ...]]]
"""Names, each with releases and what they have of it."""


def with_release(old: DialectReleases | None, new: DialectReleases, fresh: Collection[str]) -> DialectReleases:
    """The data on all releases: those of `old`, and the one that `new` is about, of which it knows better.

    `fresh` are names of what only the new release has, since facts of it were learnt there for the first time.
    """
    if old is None:
        return new
    (release,) = new.releases
    releases = tuple(in_order_of_numbers({*old.releases, release}))
    known = tuple(each for each in old.releases if each != release)

    def offered(before: Iterable[Offered], now: Iterable[Offered]) -> tuple[Offered, ...]:
        had = {each.name: each.releases for each in before}
        lacking = {each.name for each in now}
        found: list[Offered] = []
        for name in sorted({*had, *lacking, *fresh}):
            having = () if name in fresh else had.get(name, known)
            now_having = (*(each for each in having if each != release), *(() if name in lacking else (release,)))
            if set(now_having) != set(releases):
                found.append(Offered(name, tuple(each for each in releases if each in now_having)))
        return tuple(found)

    def only(names: Iterable[Offered], check: Callable[[str], bool]) -> tuple[Offered, ...]:
        return tuple(each for each in names if each.name not in fresh or check(each.name))

    def told(of: Callable[[DialectReleases], _Told[_T]]) -> _Told[_T]:
        """What the releases have of each thing; of this release only what is new counts."""
        found = {name: {key: part for key, part in parts if key != release} for name, parts in of(old)}
        for name, parts in of(new):
            found.setdefault(name, {}).update(parts)
        ordered = [(name, tuple((key, had[key]) for key in releases if key in had)) for name, had in found.items()]
        return sorted(((name, parts) for name, parts in ordered if parts), key=lambda pair: pair[0])

    operations = only(offered(old.operations, new.operations), lambda name: name[0] not in "#!")
    attributes = only(offered(old.operation_attributes, new.operation_attributes), lambda _: False)
    return replace(
        new,
        releases=releases,
        operations=operations,
        operation_attributes=within(operations, attributes),
        definitions=only(offered(old.definitions, new.definitions), lambda name: name[0] in "#!"),
        cases=only(offered(old.cases, new.cases), lambda _: False),
        spellings=tuple(Spelling(*each) for each in told(lambda side: [(s.name, s.formats) for s in side.spellings])),
        forms=tuple(Form(*each) for each in told(lambda side: [(f.name, f.forms) for f in side.forms])),
        counts=tuple(Counts(*each) for each in told(lambda side: [(c.name, c.counts) for c in side.counts])),
        parts=tuple(ReleasedParts(*each) for each in told(lambda side: [(p.name, p.parts) for p in side.parts])),
    )
