"""The page about measured dialects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from tests.hosts.projects import PROJECTS
from tests.hosts.verdicts import kind_of

__all__ = ["page"]

_HEAD = """\
# Dialects of other projects

What `extract` and `generate` make of dialects that others wrote, and what C++ says about it.
`python -m tests.hosts --json found.jsonl` measures, and
`python -m tests.hosts --page docs/dialects.md --json found.jsonl` writes this page.

Of each dialect, all operations, types, attributes and enums that the .td files of a folder define are extracted;
modules are generated under two conventions (`mnemonic`, the default, and `upstream`) and imported on the host `mlir`;
the generated tests of the first run there. Where a name is taken, `opspec names --fix` has chosen another.

The sample of each operation, which is what its test builds, goes to the C++ verifier of a host that has the dialect:
`taken` says how many it accepts, `before` how many it accepted before samples followed the names of constraints.

Nobody tells samples what only C++ knows: they are made from the constraints. A refusal is listed below with the
verifier's words. A generated test reads its snapshot with the host, so that a sample which `mlir` refuses is a test
that fails there, as long as nobody writes a better one under `sample:` in the overlay. Where the two cells about tests
are empty, they were not run to the end.
"""
_COLUMNS = "| dialect | operations | definitions | generated, imported | tests passed | tests failed | taken | before |"
_LONGEST = 150
_NAMED = 6


def page(found: list[dict[str, Any]], before: dict[str, dict[str, int]]) -> str:
    """The Markdown of what was measured; `before` has how many samples were taken once, by project and dialect."""
    by_project: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for each in found:
        by_project[each["project"]][each["name"]] = each
    known = [project for project in PROJECTS if project.name in by_project]
    lines = [_HEAD]
    for project in known:
        what = f"at commit `{project.commit[:12]}`" if project.commit else "the installed .td files"
        lines += [f"## {project.name}", "", f"{what[:1].upper()}{what[1:]}; the host is `{project.host}`.", ""]
        lines += [_COLUMNS, f"|{' --- |' * 8}"]
        dialects = [each for _, each in sorted(by_project[project.name].items())]
        earlier = before.get(project.name, {})
        lines += [_row(each, earlier.get(each["name"])) for each in dialects]
        lines += [_total(dialects, earlier), ""]
    lines += ["## What only C++ knows", "", "By dialect: how many samples are refused with these words, and which."]
    for project in known:
        for name, each in sorted(by_project[project.name].items()):
            if each["refusals"]:
                lines += ["", f"### {name} ({project.name})", "", *_kinds(each["refusals"])]
    return "\n".join(lines) + "\n"


def _bound(each: dict[str, Any]) -> tuple[str, int, int]:
    """Whether it was generated and imported, and the tests that passed and failed, under all conventions."""
    bound = [inner for _, inner in each["bound"]]
    wrong = [name for name, inner in each["bound"] if not inner["imported"]]
    state = "yes" if bound and not wrong else f"not {', '.join(wrong)}" if wrong else "no"
    return state, sum(inner["passed"] for inner in bound), sum(inner["failed"] for inner in bound)


def _taken(each: dict[str, Any]) -> int | None:
    return None if each["refusals"] is None else each["operations"] - len(each["refusals"])


def _row(each: dict[str, Any], before: int | None) -> str:
    state, passed, failed = _bound(each)
    taken = _taken(each)
    shown = ["", ""] if taken is None else [str(taken), "" if before is None else str(before)]
    if not each["operations"]:
        shown = ["", ""]
    tests = [passed, failed] if passed + failed else ["", ""]
    return _cells(each["name"], each["operations"], each["definitions"], state, *tests, *shown)


def _total(dialects: list[dict[str, Any]], before: dict[str, int]) -> str:
    bound = [_bound(each) for each in dialects]
    hosted = [each for each in dialects if _taken(each) is not None]
    operations = sum(each["operations"] for each in hosted)
    return _cells(
        f"**{len(dialects)} dialects**",
        sum(each["operations"] for each in dialects),
        sum(each["definitions"] for each in dialects),
        sum(state == "yes" for state, _, _ in bound),
        sum(passed for _, passed, _ in bound),
        sum(failed for _, _, failed in bound),
        f"{sum(_taken(each) or 0 for each in hosted)} of {operations}",
        sum(before.get(each["name"], 0) for each in hosted),
    )


def _cells(*values: object) -> str:
    return f"| {' | '.join(map(str, values))} |".replace("|  |", "| |").replace("|  |", "| |")


def _kinds(refusals: list[list[str]]) -> Iterator[str]:
    """A line for each kind of refusal, the most frequent first."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for mnemonic, words in refusals:
        by_kind[kind_of(words)].append(mnemonic)
    for kind, count in Counter({kind: len(names) for kind, names in by_kind.items()}).most_common():
        text = kind if len(kind) <= _LONGEST else f"{kind[:_LONGEST]}..."
        shown = ", ".join(by_kind[kind][:_NAMED]) + (", ..." if count > _NAMED else "")
        yield f"- {count}: `{text.replace('`', chr(39))}` ({shown})"
