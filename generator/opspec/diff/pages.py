"""A page of documentation for every rule, out of the rule's own words and examples."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import yaml

from opspec.diff.changes import STATED, Tier, Verdict, bump_of, worst
from opspec.diff.compare import compare
from opspec.diff.examples import sides_of
from opspec.diff.report.model import tiers_of
from opspec.diff.rule import Example, Rule
from opspec.diff.rules import RULES, rule_of
from opspec.emitters.markdown import cell, code
from opspec.emitters.output import GeneratedFile

__all__ = ["render_pages", "rule_page"]

_NOTE = "<!-- Written by `opspec explain -o docs/rules`. Do not edit. -->"


def _level(verdicts: tuple[Verdict, ...], tier: Tier) -> str:
    return next((verdict.level.word for verdict in verdicts if verdict.tier is tier), "")


def _row(words: str, verdicts: tuple[Verdict, ...]) -> str:
    cells = [words, *(_level(verdicts, tier) for tier in STATED), worst(verdicts).word, bump_of(verdicts).word]
    return f"| {' | '.join(cells)} |"


def _levels(rule: Rule) -> Iterator[str]:
    yield f"| Where | {' | '.join(tier.value for tier in STATED)} | Level | Version |"
    yield f"| --- |{' --- |' * (len(STATED) + 2)}"
    yield _row("by default", rule.verdicts)
    for variant in rule.variants:
        yield _row(f"*{variant.name}*: where {cell(variant.when)}", variant.verdicts)


def _pretty(text: str) -> str:
    """The flow style of an example in the block style of specs."""
    if not text.strip() or text == "{}":
        return ""
    parts = (yaml.safe_load(part) for part in text.split("\n---\n"))
    dumped = (yaml.safe_dump(part, sort_keys=False, width=100, allow_unicode=True) for part in parts)
    return "---\n".join(dumped)


def _difference(old: str, new: str, name: str) -> str:
    """Two texts as a diff with everything in sight; where they are the same, one of them."""
    first, second = _pretty(old).splitlines(), _pretty(new).splitlines()
    if first == second:
        return "\n".join([f'```yaml title="{name}"', *first, "```"]) if first else ""
    lines = list(difflib.unified_diff(first, second, lineterm="", n=1000))[3:]
    return "\n".join([f'```diff title="{name}"', *lines, "```"])


def _example(rule: Rule, example: Example) -> Iterator[str]:
    if example.variant:
        yield f"*{example.variant}*:"
    is_project = example.old.startswith(("package:", "naming:"))
    yield _difference(example.old, example.new, "bindings.yaml" if is_project else "dialect.yaml")
    if example.old_overlay or example.new_overlay:
        yield _difference(example.old_overlay, example.new_overlay, "overlay.yaml")
    (change,) = compare(*sides_of(example))
    facts = [f"- {change.old.facts}"] if change.old is not None else []
    facts += [f"+ {change.new.facts}"] if change.new is not None else []
    variant = f", {change.variant}" if change.variant else ""
    guess = [f"a guess, {change.candidate}"] if change.candidate is not None else []
    lines = [f"{rule.id}{variant}: {change.place}", *(line for fact in facts for line in fact.splitlines())]
    yield "\n".join(["```text", *lines, *guess, tiers_of(change), f"hint: {change.hint}", "```"])


def rule_page(rule: Rule) -> str:
    """The page of a rule, in Markdown."""
    mirrors = ", ".join(f"[{mirror}]({mirror}.md)" for mirror in rule.mirrors)
    blocks = [f"# {rule.id}", rule.meaning, "\n".join(_levels(rule)), "## What to do", _advice(rule)]
    blocks.append("## Example" if len(rule.examples) == 1 else "## Examples")
    for example in rule.examples:
        blocks += [block for block in _example(rule, example) if block]
    blocks.append(f"The same edit undone is reported as {mirrors}.")
    if rule.compares:
        blocks.append(f"Compares {', '.join(code(field) for field in rule.compares)} of the model.")
    return "\n\n".join(blocks) + "\n"


def _advice(rule: Rule) -> str:
    words = {
        "name": "NAME",
        "owner": "OWNER",
        "old_name": "OLD",
        "new_name": "NEW",
        "old": "BEFORE",
        "new": "NOW",
        "as_before": "`NAME=BEFORE`",
    }
    return rule.advice.format_map(words)


def _index() -> str:
    lines = ["# The rules of `opspec diff`", "", "| Rule | Level | Version | Says |", "| --- | --- | --- | --- |"]
    for rule in RULES:
        first = rule.meaning.partition(". ")[0].rstrip(".")
        lines.append(f"| [{rule.id}]({rule.id}.md) | {rule.level.word} | {rule.bump.word} | {cell(first)}. |")
    return "\n".join(lines) + "\n"


def render_pages() -> tuple[GeneratedFile, ...]:
    """The pages of all rules, and one that lists them."""
    pages = [GeneratedFile("index.md", f"{_NOTE}\n\n{_index()}")]
    pages += [GeneratedFile(f"{rule.id}.md", f"{_NOTE}\n\n{rule_page(rule_of(rule.id))}") for rule in RULES]
    return tuple(pages)
