"""The corpus comes back from the real Enzyme, but for what docs/exchange.md lists; and the page says what is so."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from enzyme_mlir.hosts import HOSTS, installed
from opspec.model.constraints import EnumCases, Literal
from opspec.model.dialect import Dialect, NamedAttribute
from opspec.pipeline import load_project, read_bindings
from tests.enzyme.installed import RELEASES, folder_of
from tests.records import ROOT

from .asking import ask
from .modules import corpus
from .outcomes import CAME_BACK, Kind, Outcome
from .reasons import reason_for
from .table import exceptions_in

pytestmark = pytest.mark.usefixtures("enzyme_installed")

PAGE = (Path(ROOT) / "docs" / "exchange.md").read_text(encoding="utf-8")
AGAIN = "run: python -m tests.enzyme.exchange.table docs/exchange.md"
NEWEST = RELEASES[-1]
EVERY = 8
"""On the other hosts and releases every so manieth module is sent."""

BEYOND_SPECS = {
    "enzymexla.xla_wrapper num_specialized = 0 : i64",  # an attribute of this release: docs/probe/0.0.16.md
}
"""Defaults of attributes that the specs do not have."""

_OPERATION = re.compile(r'(?:^|[\s=])"?([a-z_]+\.[A-Za-z_][\w.]*)"?[ (@%]', re.MULTILINE)


@cache
def dialects() -> tuple[Dialect, ...]:
    bindings, diagnostics = read_bindings(ROOT / "opspecs" / "bindings.yaml")
    return tuple(dialect for dialect, _ in load_project(bindings, diagnostics).dialects)


@cache
def outcomes(host: str, release: str) -> dict[str, Outcome]:
    """What becomes of the modules: of all on the first host with the newest release, else of some."""
    whole = (host, release) == (HOSTS[0], NEWEST)
    names = list(corpus()) if whole else list(corpus())[::EVERY]
    return ask(host, release, folder_of(release), names)


def test_there_are_modules_enough_and_each_says_what_it_is_for() -> None:
    assert len(corpus()) >= 160
    assert not [name for name, text in corpus().items() if not text.startswith("// ")]


def test_every_operation_of_the_family_is_in_the_corpus() -> None:
    used = {name for text in corpus().values() for name in _OPERATION.findall(text)}
    declared = {f"{dialect.name}.{operation.mnemonic}" for dialect in dialects() for operation in dialect.operations}
    assert len(declared) > 170
    assert sorted(declared - used) == []


PLACES = [(host, NEWEST) for host in HOSTS] + [(HOSTS[0], release) for release in RELEASES[:-1]]


@pytest.mark.parametrize(("host", "release"), PLACES)
def test_what_does_not_come_back_is_listed_with_its_reason(host: str, release: str) -> None:
    if host not in installed():
        pytest.skip(f"{host} is not installed")
    found = outcomes(host, release)
    expected = {name: row for name, row in exceptions_in(PAGE)[host, release].items() if name in found}
    actual = {
        name: (outcome.kind.value, reason_for(outcome))
        for name, outcome in found.items()
        if outcome.kind not in CAME_BACK
    }
    assert actual == expected, AGAIN
    assert len(actual) < len(found) / 4


def test_the_counts_of_the_page_are_those_of_the_modules() -> None:
    found = outcomes(HOSTS[0], NEWEST)
    row = re.search(rf"^\| `{HOSTS[0]}` \| {NEWEST} \| (\d+) \| (\d+) ", PAGE, re.MULTILINE)
    assert row is not None
    identical = sum(outcome.kind is Kind.IDENTICAL for outcome in found.values())
    assert (int(row[1]), int(row[2])) == (len(corpus()), identical), AGAIN


def test_what_is_written_out_are_the_defaults_of_the_specs() -> None:
    found = outcomes(HOSTS[0], NEWEST).values()
    added = {each for outcome in found if outcome.kind is Kind.DEFAULTS for each in outcome.details}
    assert len(added - BEYOND_SPECS) > 10
    for each in added - BEYOND_SPECS:
        operation, name, text = each.split(" ", 2)
        assert says(default_of(operation, name), text.removeprefix("= ")), each


def default_of(operation: str, name: str) -> Literal | None:
    """The default that the spec declares for an attribute of an operation."""
    for dialect in dialects():
        for declared in dialect.operations:
            if f"{dialect.name}.{declared.mnemonic}" == operation:
                for argument in declared.arguments:
                    if isinstance(argument, NamedAttribute) and argument.name == name:
                        return argument.attribute.default
    raise AssertionError(f"{operation} has no attribute {name}")


def says(default: Literal | None, text: str) -> bool:
    """Whether the text of an attribute is that of a default."""
    match default:
        case bool():
            return text == ("true" if default else "false")
        case int():
            return text.partition(" : ")[0] == str(default)
        case str():
            return text == f'"{default}"'
        case EnumCases(names):
            return re.search(rf"<{'|'.join(names)}>", text) is not None
        case tuple():
            return not default and text == "[]"
        case _:
            return False


@pytest.mark.parametrize(("host", "release"), [place for place in PLACES if place[0] in installed()])
def test_every_host_reads_generic_form_alone(host: str, release: str) -> None:
    found = outcomes(host, release)
    assert sum(outcome.read_by_host for outcome in found.values()) > 0.8 * len(found)


def test_a_page_is_read_as_it_was_written() -> None:
    listed = exceptions_in(PAGE)
    assert {release for _, release in listed} == set(RELEASES)
    assert {host for host, _ in listed} == set(HOSTS)
    assert all(set(modules) <= set(corpus()) for modules in listed.values())
