"""Pages of rules are in sync, and the recipes call commands and options that there are."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
import yaml

from opspec.cli import main
from opspec.diff.pages import render_pages
from opspec.diff.rules import RULES
from tests.command import opspec
from tests.records import ROOT

PAGES = ROOT / "docs" / "rules"
FILES = (".pre-commit-hooks.yaml", "recipes/check.yaml", "recipes/upgrade.yaml", "docs/upgrades.md", "Makefile")


def test_every_rule_has_its_page() -> None:
    pages = {page.path: page.text for page in render_pages()}
    assert {f"{rule.id}.md" for rule in RULES} | {"index.md"} == set(pages)
    for rule in RULES:
        assert rule.meaning in pages[f"{rule.id}.md"]
        assert "## Example" in pages[f"{rule.id}.md"]
        assert f"]({rule.id}.md)" in pages["index.md"]


def test_the_pages_are_in_sync() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    assert found == {page.path: page.text for page in render_pages()}, "run `opspec explain -o docs/rules`"


def test_links_between_pages_lead_somewhere() -> None:
    """The list links to every rule, and every rule to those that report its edit undone."""
    links = {}
    for path in [*PAGES.glob("*.md"), ROOT / "docs" / "upgrades.md"]:
        links[path.stem] = re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
        for target in links[path.stem]:
            assert (path.parent / target).is_file(), f"{path.name}: {target}"
    assert links["index"] == [f"{rule.id}.md" for rule in RULES]
    for rule in RULES:
        assert links[rule.id] == [f"{mirror}.md" for mirror in rule.mirrors]


def test_a_rule_is_explained(tmp_path: Path) -> None:
    done = opspec("explain", "operation-removed", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("# operation-removed\n")
    assert opspec("explain", "nothing", cwd=tmp_path).returncode == 2
    listed = opspec("explain", cwd=tmp_path).stdout.splitlines()
    assert len(listed) == len(RULES)


def commands(path: Path) -> list[list[str]]:
    """The calls of opspec in a file, as words."""
    found = re.findall(r"(?:\$\(BIN\)/|`|\s)(opspec [a-z][^\n`|]*)", path.read_text(encoding="utf-8"))
    return [shlex.split(re.sub(r"\$\((?:if|foreach) [^)]*\)\)?|#.*| >.*", "", text)) for text in found]


@pytest.mark.parametrize("name", FILES)
def test_commands_and_options_exist(name: str) -> None:
    tried = 0
    assert isinstance(main, click.Group)
    for _, command, *rest in commands(ROOT / name):
        known = main.commands.get(command)
        assert known is not None, f"{name}: opspec {command}"
        options = {option for parameter in known.params for option in (*parameter.opts, *parameter.secondary_opts)}
        given = {word for word in rest if re.fullmatch(r"--?[a-zA-Z][a-z-]*", word)}
        assert given <= options, f"{name}: opspec {command} has no {given - options}"
        tried += 1
    assert tried > 0


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".yaml")])
def test_recipes_are_yaml(name: str) -> None:
    found = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    assert found
    if isinstance(found, list):
        assert all({"id", "name", "entry", "language"} <= set(hook) for hook in found)
    else:
        assert found["jobs"]
