"""The figures of the judge, before and after, as sections of the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.enzyme.judge.figures.summary import Figures, load
from tests.enzyme.judge.verdicts import KINDS

from .became import KINDS_BEFORE, kind_of
from .prose import paragraph

__all__ = ["OTHER_RELEASES", "render_judged"]

RELEASE = "0.0.16"
OTHER_RELEASES = ("0.0.15", "0.0.14")
LIMIT = 110
"""Characters of a reason that are shown."""


def render_judged() -> str:
    """All sections that are made of the judge's figures."""
    before, now = load(f"before-{RELEASE}"), load(f"after-{RELEASE}")
    assert before is not None
    assert now is not None
    assert (before.seeds, len(before.programs)) == (now.seeds, len(now.programs)), "other programs"
    others = [figures for figures in map(load, (f"after-{each}" for each in OTHER_RELEASES)) if figures is not None]
    parts = [_totals(before, now, others), _what_became(before, now), _reasons(now), _by_feature(before, now)]
    return "\n".join(parts)


def _totals(before: Figures, now: Figures, others: Sequence[Figures]) -> str:
    """How many came out how, before and now and with other releases."""
    each = len(now.programs) // len(now.seeds)
    seeds = " ".join(now.seeds)
    lines = [
        "## Random programs",
        "",
        paragraph(
            "The judge (`make judge`) makes random programs with random derivatives, and holds what comes out against "
            "two references that have nothing to do with Enzyme: the program on numbers that carry their derivatives, "
            "and finite differences of the compiled program. What comes of a program is *right*; *refused*, by an "
            "exception that says why; *left over*, operations of Enzyme that nothing takes away; a *crash* of the "
            f"calling process; or *wrong*. These are {each:,} programs for each of {len(now.seeds)} seeds, from"
        ),
        "",
        "```text",
        f"for seed in {seeds}; do",
        f"  python -m tests.enzyme.judge --programs {each} --seed $seed --json build/judge-$seed.json",
        "done",
        f"python -m tests.enzyme.judge.figures {now.name} --release {now.release} --code COMMIT "
        f"{' '.join(f'build/judge-{seed}.json' for seed in now.seeds)}",
        "```",
        "",
        paragraph(
            "and with `--enzyme build/enzyme/0.0.15` for another release. *Before* is the code before functions were "
            f"prepared (commit {before.code}), *now* is commit {now.code}; the programs are the same."
        ),
        "",
        f"| | Enzyme | programs | {' | '.join(KINDS)} | wrong among numbers |",
        f"| --- | --- | --- | {' | '.join('---' for _ in KINDS)} | --- |",
    ]
    named = [("before", before), ("now", now), *(("now", figures) for figures in others)]
    lines += [_total(name, figures) for name, figures in named]
    undecided = sum(now.count(kind) for kind in ("undecided", "invalid"))
    if undecided:
        lines += ["", f"{undecided} of now are not decided: the references do not agree, or there is only one."]
    return "\n".join(lines) + "\n"


def _total(name: str, figures: Figures) -> str:
    total = len(figures.programs)
    counts = [figures.count(kind) for kind in KINDS]
    numbers = figures.count("right") + figures.count("wrong")
    cells = [f"{count:,} ({100 * count / total:.1f} %)" if count else "0" for count in counts]
    wrong = f"{100 * figures.count('wrong') / numbers:.1f} %"
    return f"| {name} | {figures.release} | {total:,} | {' | '.join(cells)} | {wrong} |"


def _what_became(before: Figures, now: Figures) -> str:
    """Each kind of what was not right before: what came of the same programs, and why."""
    then: dict[str, Counter[str]] = {kind.name: Counter() for kind in KINDS_BEFORE}
    for old, new in zip(before.programs, now.programs, strict=True):
        if before.verdict(old) != "right":
            then[kind_of(before.outcomes[old]).name][now.verdict(new)] += 1
    lines = [
        "## What was refused before, and what became of it",
        "",
        paragraph(
            "The same programs, before and now: of those that were refused for a reason then (or wrong, or left over), "
            "so many are right now. A program that is refused now may be so for another reason."
        ),
        "",
        "| before | programs | right now | refused now | else | what is done |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for kind in KINDS_BEFORE:
        found = then[kind.name]
        total = found.total()
        if total:
            rest = total - found["right"] - found["refused"]
            lines.append(
                f"| {kind.name} | {total} | {found['right']} | {found['refused']} | {rest or ''} | {kind.became} |"
            )
    lost = sum(
        before.verdict(old) == "right" and now.verdict(new) != "right"
        for old, new in zip(before.programs, now.programs, strict=True)
    )
    right = f"{before.count('right'):,} that were right before"
    lines += [
        "",
        f"Of the {right}, {lost} {'is' if lost == 1 else 'are'} not right now."
        if lost
        else f"All {right} are right now.",
    ]
    return "\n".join(lines) + "\n"


def _reasons(now: Figures) -> str:
    """Why what is refused now is refused."""
    lines = [
        "## What is refused now",
        "",
        paragraph(
            f"Every reason with Enzyme {now.release}; N stands for numbers and types. `UnsoundDerivative` is what "
            "Enzyme is known to get wrong and what is not mended."
        ),
        "",
        "| programs | reason |",
        "| --- | --- |",
    ]
    for kind in KINDS[1:]:
        prefix = "" if kind == "refused" else f"**{kind}**: "
        lines += [f"| {count} | {prefix}`{_short(reason)}` |" for reason, count in now.reasons(kind)]
    return "\n".join(lines) + "\n"


def _short(reason: str) -> str:
    text = reason.replace("|", "\\|").replace("`", "'")
    return text if len(text) <= LIMIT else f"{text[: LIMIT - 3]}..."


def _by_feature(before: Figures, now: Figures) -> str:
    """Every feature with its programs, before and now."""
    lines = [
        "## Random programs by feature",
        "",
        "A program counts for everything that it has. *Else* is wrong, left over, or a death of the process.",
        "",
        "| feature | programs | right before | right now | refused before | refused now | else before | else now |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += _feature_rows(dict(before.features), dict(now.features))
    return "\n".join(lines) + "\n"


def _feature_rows(before: dict[str, tuple[int, ...]], now: dict[str, tuple[int, ...]]) -> Iterator[str]:
    nothing = (0,) * len(KINDS)
    for feature in sorted({*before, *now}):
        old, new = before.get(feature, nothing), now.get(feature, nothing)
        pairs = ((old[0], new[0]), (old[1], new[1]), (sum(old[2:]), sum(new[2:])))
        cells = " | ".join(str(each or "") for pair in pairs for each in pair)
        yield f"| {feature} | {max(sum(old), sum(new))} | {cells} |"
