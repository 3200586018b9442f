"""Rules: one function each, with the words of its documentation and an example that fires it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from opspec.diff.changes import Bump, Candidate, Change, Level, Side, Tier, Verdict, bump_of, worst

__all__ = ["B", "C", "D", "Example", "Found", "Rule", "Variant", "change", "levels", "on", "ops"]

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


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it looks at, how bad it is for whom, and what to do about it.

    `scope` is the class of the pairs that it reads, `compares` the fields of the model that it is responsible for, as
    `Class.field`. `mirrors` are the rules that report the same edit undone.
    """

    id: str
    subject: str
    subjects: str
    verb: str
    scope: type
    verdicts: tuple[Verdict, ...]
    variants: tuple[Variant, ...]
    meaning: str
    advice: str
    mirrors: tuple[str, ...]
    compares: tuple[str, ...]
    examples: tuple[Example, ...]
    find: Callable[[Any], Iterable[Found]] = field(compare=False)

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


_S = TypeVar("_S")


def on(
    scope: type[_S],
    subject: str,
    verb: str,
    *,
    verdicts: tuple[Verdict, ...],
    meaning: str,
    advice: str,
    mirror: str,
    examples: tuple[Example, ...],
    compares: tuple[str, ...] = (),
    variants: tuple[Variant, ...] = (),
    subjects: str | None = None,
) -> Callable[[Callable[[_S], Iterable[Found]]], Rule]:
    """Make a function the rule `<subject>-<verb>`.

    `advice` may name `{name}` (the thing), `{owner}` (what it belongs to), `{old_name}`, `{new_name}`, `{old}` and
    `{new}` (the facts). `mirror` is the verb of the mirrored rule, or `=` and its id where that has another
    subject; `|` stands between several. `subjects` is the plural of
    `subject`, empty where there is none.
    """

    def made(find: Callable[[_S], Iterable[Found]]) -> Rule:
        prefix = subject.replace(" ", "-")
        others = (one if one.startswith("=") else f"={prefix}-{one}" for one in mirror.split("|"))
        return Rule(
            f"{prefix}-{verb.replace(' ', '-')}",
            subject,
            f"{subject}s" if subjects is None else subjects,
            verb,
            scope,
            verdicts,
            variants,
            " ".join(meaning.split()),
            " ".join(advice.split()),
            tuple(other.removeprefix("=").replace(" ", "-") for other in others),
            compares,
            examples,
            find,
        )

    return made


def change(rule: Rule, found: Found) -> Change:
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
    }
    verdicts = rule.verdicts_of(found.variant)
    hint = rule.advice.format_map(words)
    return Change(rule.id, old, new, verdicts, hint, found.variant, found.candidate)


def ops(old: str, new: str, *, variant: str = "", also: str = "") -> Example:
    """An example about one operation, `copy`, whose declaration changes; `also` is what both specs have besides."""
    declared = "operations: {{copy: {{class: CopyOp, {0}}}}}\n{1}"
    return Example(declared.format(old, also), declared.format(new, also), variant=variant)
