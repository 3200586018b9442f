"""The report as one page that needs nothing else: no network, no other file."""

from __future__ import annotations

from markupsafe import Markup, escape

from opspec.dataclass import dataclass
from opspec.diagnostics import visible_lines
from opspec.diff.accept import Acceptance
from opspec.diff.changes import STATED, Change, Level, Side, Tier
from opspec.diff.report.model import Count, Report, tier_count
from opspec.diff.report.signatures import Word, marked, signature
from opspec.diff.rules import rule_of
from opspec.diff.sources import LoadedSide
from opspec.emitters.templating import environment

__all__ = ["render_html"]

_TEMPLATES = environment("opspec.diff.report")


@dataclass(frozen=True, slots=True)
class _Card:
    """One change, as finished pieces of the page."""

    anchor: str
    rule: str
    title: str
    variant: str
    place: str
    level: str
    tiers: tuple[tuple[str, str], ...]
    old: Markup
    new: Markup
    old_location: str
    new_location: str
    has_signatures: bool
    old_signature: Markup
    new_signature: Markup
    candidate: str
    hint: Markup
    meaning: Markup
    fingerprint: str
    witness: str
    accepted: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """A number of the summary's table, with what it counts."""

    number: int
    level: str


@dataclass(frozen=True, slots=True)
class _Page:
    """Everything the template places."""

    title: str
    old: str
    new: str
    old_provenance: str
    new_provenance: str
    headline: str
    bump: str
    fails: str
    counts: tuple[Count, ...]
    table: tuple[tuple[str, tuple[_Cell, ...]], ...]
    levels: tuple[str, ...]
    tiers: tuple[str, ...]
    cards: tuple[_Card, ...]
    stale: tuple[Acceptance, ...]
    griffe: tuple[str, ...]
    unexplained: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def _marks(words: tuple[Word, ...], tag: str) -> Markup:
    """Text with the changed words in `<del>` or `<ins>`."""
    made = Markup("")
    for word in words:
        text = escape(word.text)
        made += Markup(f"<{tag}>{text}</{tag}>") if word.is_changed else text
    return made


def _prose(text: str) -> Markup:
    """Words with code in backquotes."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:  # a backquote without its partner is one of the spec's own
        return escape(text)
    made = (Markup("<code>{}</code>").format(piece) if i % 2 else escape(piece) for i, piece in enumerate(pieces))
    return Markup("").join(made)


class _Cards:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._signatures: dict[tuple[str, str, str], str] = {}

    def _signature(self, side: LoadedSide, label: str, place: Side | None) -> str:
        if place is None or place.place.owner[0] != "operations":
            return ""
        mnemonic, key = place.place.owner[1], (label, place.place.dialect, place.place.owner[1])
        if key not in self._signatures:
            dialect = next((d for d in side.project.dialects if d.name == place.place.dialect), None)
            text = signature(dialect, mnemonic, side.project.policy(dialect)) if dialect is not None else ""
            self._signatures[key] = text
        return self._signatures[key]

    def card(self, change: Change, entry: Acceptance | None) -> _Card:
        report, rule = self._report, rule_of(change.rule)
        old_facts = change.old.facts if change.old is not None else ""
        new_facts = change.new.facts if change.new is not None else ""
        both = bool(old_facts and new_facts)
        old, new = marked(old_facts, new_facts) if both else ((Word(old_facts, False),), (Word(new_facts, False),))
        first = self._signature(report.old, "old", change.old)
        second = self._signature(report.new, "new", change.new)
        if not first and second and change.old is None:  # a part is new, and its operation was there
            first = self._signature(report.old, "old", change.new)
        if first and not second and change.new is None:
            second = self._signature(report.new, "new", change.old)
        signatures = marked(first, second)
        differs = first != second and bool(first and second)
        return _Card(
            f"change-{change.fingerprint}",
            change.rule,
            rule.title,
            change.variant,
            str(change.place),
            change.level.word,
            tuple((verdict.tier.value, verdict.level.word) for verdict in change.verdicts),
            _marks(old, "del") if old_facts else Markup(""),
            _marks(new, "ins") if new_facts else Markup(""),
            str(report.old.sheets.location(change.old.place)) if change.old is not None else "",
            str(report.new.sheets.location(change.new.place)) if change.new is not None else "",
            differs,
            _marks(signatures[0], "del"),
            _marks(signatures[1], "ins"),
            str(change.candidate) if change.candidate is not None else "",
            _prose(change.hint),
            _prose(rule.meaning),
            change.fingerprint,
            report.witness(change),
            f"Accepted on {entry.date}: {entry.reason}" if entry is not None else "",
        )


def _griffe(report: Report) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    check = report.griffe
    if check is None:
        return (), ()
    unexplained = tuple((finding.path, finding.what) for finding in check.findings if not finding.explained_by)
    count = len(check.findings)
    if unexplained:
        lines = [f"griffe finds {count} differences; {len(unexplained)} have no explanation in the changes above."]
    else:
        lines = [f"griffe finds {count} differences, all explained by the changes above."]
    if check.unseen:
        lines.append(f"{len(check.unseen)} source-breaking changes show in no signature.")
    return tuple(lines), unexplained


def render_html(report: Report) -> str:
    """The report as a page."""
    cards = _Cards(report)
    shown = [cards.card(change, None) for level in sorted(Level, reverse=True) for change in report.at_level(level)]
    shown += [cards.card(change, entry) for change, entry in report.verdicts.accepted]
    order = tuple(sorted(Level, reverse=True))
    tiers = tuple(tier for tier in Tier if tier in STATED or any(change.level_in(tier) for change in report.changes))
    table = tuple(
        (tier.value, tuple(_Cell(tier_count(report.changes, tier, level), level.word) for level in order))
        for tier in tiers
    )
    lines, unexplained = _griffe(report)
    reached = f"Changes reach the level {report.fail_on.word}: somebody has to look at them."
    page = _Page(
        f"{report.old.label} to {report.new.label}",
        report.old.label,
        report.new.label,
        report.old.provenance or "unknown origin",
        report.new.provenance or "unknown origin",
        report.headline(),
        report.bump.word,
        reached if report.fails else f"No change that nobody accepted reaches the level {report.fail_on.word}.",
        report.counts(),
        table,
        tuple(level.word for level in order),
        tuple(tier.value for tier in tiers),
        tuple(shown),
        report.verdicts.stale,
        lines,
        unexplained,
        report.notes,
    )
    return visible_lines(_TEMPLATES.get_template("report.html.jinja").render(page=page))
