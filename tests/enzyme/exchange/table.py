"""The page about the corpus: `python -m tests.enzyme.exchange.table [FILE]`.

It sends every module through the empty pipeline of every release on every host, and writes Markdown.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from enzyme_mlir.hosts import HOSTS
from tests.enzyme.installed import RELEASES, folder_of

from .asking import ask
from .modules import corpus, purpose_of
from .outcomes import Kind, Outcome
from .reasons import reason_for

__all__ = ["exceptions_in", "render"]

Asked = Mapping[tuple[str, str], Mapping[str, Outcome]]
"""The outcomes of modules by host and release."""

PROCESSES = 4
SHOWN = (Kind.DIFFERS, Kind.REFUSED, Kind.UNREAD, Kind.UNREADABLE, Kind.FAILED)
"""What is an exception."""

HEAD = """# Modules through Enzyme and back

Made by `python -m tests.enzyme.exchange.table docs/exchange.md`. Each of the {count} modules in
`tests/enzyme/exchange/corpus` goes through `lowering.run(module, "", prepare=False, unsound="allow")`, on every host
and through every release, and what comes back is held against the same module as the host alone has read it, in
generic form with all locations.

- *identical*: nothing has changed, to the letter;
- *as the release spells it*: the same but for the spelling of attributes, which is that of the release;
- *defaults written out*: the same, and attributes that were left out are there, with their defaults;
- all else is listed below with its reason.
"""

DEFAULTS_HEAD = """## Defaults that are written out

| attribute | releases |
| --- | --- |"""

EXCEPTIONS_HEAD = """## Exceptions

A release refuses what it does not have; several modules are there in the form of each release, so that each comes back
from one at least. Where no host is named it is so on all of them.

| module | what it is | where | outcome | why |
| --- | --- | --- | --- | --- |"""


def render(asked: Asked) -> str:
    """The whole page."""
    lines = [HEAD.format(count=len(corpus())), "## Counts", ""]
    lines += ["| host | release | modules | " + " | ".join(kind.value for kind in _kinds(asked)) + " |"]
    lines += ["| --- | --- | ---: |" + " ---: |" * len(_kinds(asked))]
    for (host, release), outcomes in asked.items():
        counts = Counter(outcome.kind for outcome in outcomes.values())
        cells = " | ".join(str(counts[kind]) for kind in _kinds(asked))
        lines.append(f"| `{host}` | {release} | {len(outcomes)} | {cells} |")
    return "\n".join([*lines, "", *_defaults(asked), "", *_exceptions(asked)]) + "\n"


def _kinds(asked: Asked) -> list[Kind]:
    seen = {outcome.kind for outcomes in asked.values() for outcome in outcomes.values()}
    return [kind for kind in Kind if kind in seen]


def _defaults(asked: Asked) -> list[str]:
    where: dict[str, set[str]] = {}
    for (_, release), outcomes in asked.items():
        for outcome in outcomes.values():
            if outcome.kind is Kind.DEFAULTS:
                for each in outcome.details:
                    where.setdefault(each, set()).add(release)
    rows = [f"| `{each}` | {', '.join(sorted(where[each]))} |" for each in sorted(where)]
    return [DEFAULTS_HEAD, *rows]


def _exceptions(asked: Asked) -> list[str]:
    rows = [EXCEPTIONS_HEAD]
    for name in corpus():
        where: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for place, outcomes in asked.items():
            outcome = outcomes[name]
            if outcome.kind in SHOWN:
                where.setdefault((outcome.kind.value, reason_for(outcome)), set()).add(place)
        for (kind, reason), places in where.items():
            rows.append(f"| {name} | {purpose_of(name)} | {_in_words(places)} | {kind} | {reason} |")
    return rows


def _in_words(places: set[tuple[str, str]]) -> str:
    """Hosts and releases, e.g. `0.0.14, 0.0.15; 0.0.16 on torch_mlir`; `everywhere` for all."""
    if len(places) == len(HOSTS) * len(RELEASES):
        return "everywhere"
    by_hosts: dict[tuple[str, ...], list[str]] = {}
    for release in RELEASES:
        hosts = tuple(host for host in HOSTS if (host, release) in places)
        if hosts:
            by_hosts.setdefault(hosts, []).append(release)
    return "; ".join(
        ", ".join(releases) + ("" if hosts == HOSTS else f" on {', '.join(hosts)}")
        for hosts, releases in by_hosts.items()
    )


def _places_of(words: str) -> Iterable[tuple[str, str]]:
    """The hosts and releases that `_in_words` wrote."""
    if words == "everywhere":
        return [(host, release) for host in HOSTS for release in RELEASES]
    found: list[tuple[str, str]] = []
    for part in words.split("; "):
        releases, _, hosts = part.partition(" on ")
        found += [
            (host, release) for host in (hosts.split(", ") if hosts else HOSTS) for release in releases.split(", ")
        ]
    return found


def exceptions_in(page: str) -> dict[tuple[str, str], dict[str, tuple[str, str]]]:
    """The exceptions that a page lists, by host and release: for each module the outcome and the reason."""
    found: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
    listed = page[page.index("## Exceptions") :]
    for name, where, kind, reason in re.findall(
        r"^\| (\S+) \| .+? \| (.+?) \| (.+?) \| (.+) \|$", listed, re.MULTILINE
    ):
        if name not in ("module", "---"):
            for place in _places_of(where):
                found.setdefault(place, {})[name] = (kind, reason)
    return found


def ask_all() -> Asked:
    """Every module on every host through every release, one process for each host and release."""
    folders = {release: folder_of(release) for release in RELEASES}
    places = [(host, release) for host in HOSTS for release in RELEASES]

    def ask_at(place: tuple[str, str]) -> Mapping[str, Outcome]:
        host, release = place
        return ask(host, release, folders[release], list(corpus()))

    with ThreadPoolExecutor(PROCESSES) as pool:
        return dict(zip(places, pool.map(ask_at, places), strict=True))


def main() -> None:
    """Write the page to the file that is named, or to standard output."""
    text = render(ask_all())
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
