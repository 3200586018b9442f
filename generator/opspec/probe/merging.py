"""What one more release has, beside what is known of others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from opspec.model.releases import Counts, DialectReleases, Form, Offered, Spelling
from opspec.probe.installation import in_order_of_numbers
from opspec.probe.record import within

__all__ = ["with_release"]


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

    operations = only(offered(old.operations, new.operations), lambda name: name[0] not in "#!")
    attributes = only(offered(old.operation_attributes, new.operation_attributes), lambda _: False)
    return replace(
        new,
        releases=releases,
        operations=operations,
        operation_attributes=within(operations, attributes),
        definitions=only(offered(old.definitions, new.definitions), lambda name: name[0] in "#!"),
        cases=only(offered(old.cases, new.cases), lambda _: False),
        spellings=_joined(old.spellings, new.spellings, release, releases),
        forms=_forms(old.forms, new.forms, release, releases),
        counts=_counts(old.counts, new.counts, release, releases),
    )


def _joined(
    old: Iterable[Spelling], new: Iterable[Spelling], release: str, releases: tuple[str, ...]
) -> tuple[Spelling, ...]:
    found: dict[str, dict[str, str]] = {}
    for each in old:
        found[each.name] = {key: text for key, text in each.formats if key != release}
    for each in new:
        found.setdefault(each.name, {}).update(each.formats)
    return tuple(
        Spelling(name, tuple((key, formats[key]) for key in releases if key in formats))
        for name, formats in sorted(found.items())
        if formats
    )


def _forms(old: Iterable[Form], new: Iterable[Form], release: str, releases: tuple[str, ...]) -> tuple[Form, ...]:
    found = {each.name: {key: form for key, form in each.forms if key != release} for each in old}
    for each in new:
        found.setdefault(each.name, {}).update(each.forms)
    return tuple(
        Form(name, tuple((key, forms[key]) for key in releases if key in forms))
        for name, forms in sorted(found.items())
        if forms
    )


def _counts(
    old: Iterable[Counts], new: Iterable[Counts], release: str, releases: tuple[str, ...]
) -> tuple[Counts, ...]:
    found = {each.name: {key: parts for key, parts in each.counts if key != release} for each in old}
    for each in new:
        found.setdefault(each.name, {}).update(each.counts)
    return tuple(
        Counts(name, tuple((key, counts[key]) for key in releases if key in counts))
        for name, counts in sorted(found.items())
        if counts
    )
