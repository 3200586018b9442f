"""Rules: one function each, with the words of its documentation and an example that fires it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Any, TypeAlias

from opspec.dataclass import dataclass
from opspec.diff.changes import Bump, Candidate, Change, Level, Side, Tier, Verdict, bump_of, worst
from opspec.diff.sections import Section
from opspec.diff.witness_calls import Shows

__all__ = [
    "B",
    "C",
    "D",
    "Example",
    "Find",
    "Found",
    "Rule",
    "Shows",
    "Variant",
    "change",
    "levels",
    "on",
    "ops",
    "rule",
]

B, D, C = Level.BREAKING, Level.DANGEROUS, Level.COMPATIBLE


@dataclass(frozen=True, slots=True)
class Example:
    """Two specs that differ in what a rule looks for; the text of `dialect.yaml` below its name.

    `old_overlay` and `new_overlay` are the text of `overlay.yaml` likewise. `variant` is the one it shows.
    """

    old: str
    new: str
    old_overlay: str = ""
    new_overlay: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """Circumstances in which a rule has other levels: `when` in words, for "where ..."."""

    name: str
    when: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule's function yields: the two sides, the variant if one applies, and a guessed rename's reasons."""

    old: Side | None
    new: Side | None
    variant: str = ""
    candidate: Candidate | None = None


Find: TypeAlias = Callable[[Any], Iterable[Found]]
"""What a rule finds in a pair of its scope."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it looks at, how bad it is for whom, and what to do about it.

    `scope` is the section of the pairs that it reads, or their class; `object` for all of them. `compares` are the
    fields of the model that it is responsible for, as `Class.field`. `mirrors` are the rules that report the same edit
    undone. `witness` makes calls that the change breaks, where it takes another call than for its section in general.
    `is_seen_in_python` is false where no signature can show the change, `is_about_all_names` true where the change may
    give everything another Python name.
    """

    id: str
    subject: str
    subjects: str
    verb: str
    scope: type | Section[Any]
    verdicts: tuple[Verdict, ...]
    variants: tuple[Variant, ...]
    meaning: str
    advice: str
    mirrors: tuple[str, ...]
    compares: tuple[str, ...]
    examples: tuple[Example, ...]
    find: Find = field(compare=False)
    witness: Shows | None = field(compare=False)
    is_seen_in_python: bool
    is_about_all_names: bool

    @property
    def title(self) -> str:
        """The rule in words, e.g. `operation removed`."""
        return f"{self.subject} {self.verb}"

    @property
    def level(self) -> Level:
        """The level by default: the worst of any tier."""
        return worst(self.verdicts)

    @property
    def bump(self) -> Bump:
        """The version number it calls for by default."""
        return bump_of(self.verdicts)

    def counted(self, count: int) -> str:
        """`1 operation removed`, `23 operations removed`; `operand effects changed once` where there is no plural."""
        if not self.subjects:
            return f"{self.title} once" if count == 1 else f"{self.title} {count} times"
        return f"{count} {self.subject if count == 1 else self.subjects} {self.verb}"

    def verdicts_of(self, variant: str) -> tuple[Verdict, ...]:
        """The levels under a variant; by default where it is empty."""
        return next((v.verdicts for v in self.variants if v.name == variant), self.verdicts)


def levels(
    *, source: Level | None = None, ir: Level | None = None, types: Level | None = None, docs: Level | None = None
) -> tuple[Verdict, ...]:
    """Verdicts in the order of tiers; None where a tier does not notice."""
    given = ((Tier.SOURCE, source), (Tier.IR, ir), (Tier.TYPES, types), (Tier.DOCS, docs))
    return tuple(Verdict(tier, level) for tier, level in given if level is not None)


def rule(
    scope: type | Section[Any],
    title: str,
    *,
    find: Find,
    verdicts: tuple[Verdict, ...],
    meaning: str,
    advice: str,
    mirror: str,
    examples: tuple[Example, ...],
    compares: tuple[str, ...] = (),
    variants: tuple[Variant, ...] = (),
    subjects: str | None = None,
    witness: Shows | None = None,
    is_seen_in_python: bool = True,
    is_about_all_names: bool = False,
) -> Rule:
    """A rule; `title` is `subject: verb`, its id both with hyphens.

    `advice` may name `{name}` (the thing), `{owner}` (what it belongs to), `{old_name}`, `{new_name}`, `{old}` and
    `{new}` (the facts), `{as_before}` (the old default as a call gives it). `mirror` is the verb of the mirrored rule,
    or `=` and its id where that has another subject; `|` stands between several. `subjects` is the plural of `subject`,
    empty where there is none.
    """
    subject, _, verb = title.partition(": ")
    prefix = subject.replace(" ", "-")
    others = (one if one.startswith("=") else f"={prefix}-{one}" for one in mirror.split("|"))
    return Rule(
        id=f"{prefix}-{verb.replace(' ', '-')}",
        subject=subject,
        subjects=f"{subject}s" if subjects is None else subjects,
        verb=verb,
        scope=scope,
        verdicts=verdicts,
        variants=variants,
        meaning=" ".join(meaning.split()),
        advice=" ".join(advice.split()),
        mirrors=tuple(other.removeprefix("=").replace(" ", "-") for other in others),
        compares=compares,
        examples=examples,
        find=find,
        witness=witness,
        is_seen_in_python=is_seen_in_python,
        is_about_all_names=is_about_all_names,
    )


def on(scope: type | Section[Any], title: str, **entry: Any) -> Callable[[Find], Rule]:
    """Make a function the `find` of a rule; the rest is as in `rule`."""
    return lambda find: rule(scope, title, find=find, **entry)


def change(by: Rule, found: Found) -> Change:
    """What a rule found, with its levels and its advice filled in."""
    old, new = found.old, found.new
    side = old or new
    assert side is not None, "what a rule finds has a side"
    words = {
        "name": side.place.name,
        "owner": side.place.owner[1] or side.place.dialect,
        "old_name": old.place.name if old else "",
        "new_name": new.place.name if new else "",
        "old": old.facts if old else "",
        "new": new.facts if new else "",
        "as_before": _as_before(old) if old else "",
    }
    verdicts = by.verdicts_of(found.variant)
    hint = by.advice.format_map(words)
    return Change(by.id, old, new, verdicts, hint, found.variant, found.candidate)


def _as_before(old: Side) -> str:
    """What a call gives for the default that there was."""
    name = old.place.name
    return f"`{name}={old.given}`" if old.given else f"for `{name}` what C++ makes of `{old.facts}`"


def ops(old: str, new: str, *, variant: str = "", also: str = "") -> Example:
    """An example about one operation, `copy`, whose declaration changes; `also` is what both specs have besides."""
    declared = "operations: {{copy: {{class: CopyOp, {0}}}}}\n{1}"
    return Example(declared.format(old, also), declared.format(new, also), variant=variant)
