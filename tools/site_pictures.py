"""Draws what activities do, from the contracts of the specs: a hook of MkDocs.

`<!-- activities of enzyme.autodiff -->` becomes a picture for each activity that the contract of the operation knows:
what goes into the operation and what comes out of it, for an argument and for a result of the function.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from opspec.diagnostics import Diagnostics
from opspec.model.contracts import ActivityFlow, ContractRule, Flow, RoleType
from opspec.spec.load import load_dialect

ROOT = Path(__file__).parents[1]
PLACE = re.compile(r"^<!-- activities of (?P<dialect>\w+)\.(?P<operation>\w+) -->$", re.MULTILINE)
LEFT, RIGHT, WIDTH = 120, 220, 340
"""Where the box begins and ends, and where the picture does."""
LINE, MARGIN = 26, 10
"""How high a line is, and what is above the first and below the last."""


@cache
def contract(dialect: str, operation: str) -> ContractRule:
    """The rule of an operation's contract."""
    diagnostics = Diagnostics()
    found = load_dialect(ROOT / "opspecs" / dialect / "dialect.yaml", diagnostics, ROOT)
    diagnostics.raise_if_any()
    assert found is not None
    (rule,) = (each.contract.rule for each in found.operations if each.mnemonic == operation and each.contract)
    return rule


def flow_of(flows: tuple[ActivityFlow, ...], activity: str) -> Flow | None:
    """The flow of an activity, or None where it is refused."""
    return next((each.flow for each in flows if each.activity == activity), None)


def listed(names: tuple[str, ...]) -> str:
    """Names in a sentence."""
    return " and ".join(names) or "nothing"


def sentence(activity: str, argument: Flow, result: Flow) -> str:
    """What a picture shows, for those who do not see it."""
    return (
        f"{activity}: for an argument you pass {listed(argument.operands)} and get {listed(argument.results)}; "
        f"for a result you pass {listed(result.operands)} and get {listed(result.results)}."
    )


def arrow(rule: ContractRule, role: str, start: int, y: float, *, goes_in: bool) -> str:
    """An arrow with the name of a value: thin of a value of the function, thick of a derivative."""
    (kind,) = ("plain" if each.type is RoleType.SAME else "derived" for each in rule.roles if each.name == role)
    end = start + 28
    text, anchor = (start - 6, "end") if goes_in else (end + 6, "start")
    return (
        f'<g class="{kind}"><text x="{text}" y="{y + 4}" text-anchor="{anchor}">{escape(role)}</text>'
        f'<path d="M{start} {y}H{end}m-7 -4l7 4l-7 4"/></g>'
    )


def half(rule: ContractRule, title: str, flow: Flow, top: float) -> tuple[str, float]:
    """The part of a picture for an argument or a result, and where it ends."""
    height = max(len(flow.operands), len(flow.results), 1) * LINE
    middle = top + height / 2
    parts = [
        f'<rect x="{LEFT}" y="{top}" width="{RIGHT - LEFT}" height="{height}"/>',
        f'<text x="{(LEFT + RIGHT) / 2}" y="{middle + 4}" text-anchor="middle">{title}</text>',
    ]
    for names, start, goes_in in ((flow.operands, LEFT - 30, True), (flow.results, RIGHT + 2, False)):
        first = middle - (len(names) - 1) * LINE / 2
        parts += [arrow(rule, name, start, first + LINE * index, goes_in=goes_in) for index, name in enumerate(names)]
    return "".join(parts), top + height


def picture(rule: ContractRule, activity: str, argument: Flow, result: Flow) -> str:
    """The picture of an activity."""
    above, middle = half(rule, "argument", argument, MARGIN)
    below, end = half(rule, "result", result, middle)
    label = escape(sentence(activity, argument, result), quote=True)
    return (
        f'<figure class="activity"><svg role="img" aria-label="{label}" viewBox="0 0 {WIDTH} {end + MARGIN}">'
        f"{above}{below}</svg><figcaption><code>{escape(activity)}</code></figcaption></figure>"
    )


def pictures(rule: ContractRule) -> str:
    """The pictures of all activities of a rule."""
    found = []
    for activity in dict.fromkeys(each.activity for each in (*rule.arguments, *rule.results)):
        argument, result = flow_of(rule.arguments, activity), flow_of(rule.results, activity)
        if argument is not None and result is not None:
            found.append(picture(rule, activity, argument, result))
    return f'<div class="activities">{"".join(found)}</div>'


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Draw where a page asks for it."""
    return PLACE.sub(lambda place: pictures(contract(place["dialect"], place["operation"])), markdown)
