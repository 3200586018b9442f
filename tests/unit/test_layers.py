"""Who may import whom in the generator, and how long a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OPSPEC = ROOT / "generator" / "opspec"
FLOORS = (
    ("dataclass", "exhaustive", "progress", "watching"),
    ("diagnostics",),
    ("disk",),
    ("annotations", "terminal"),
    ("helping",),
    ("model and notation",),
    ("constraints", "naming"),
    ("spec",),
    ("tablegen", "samples"),
    ("pyview", "rsview"),
    ("emitters",),
    ("reports", "extraction", "reuse"),
    ("pipeline",),
    ("probe",),
    ("learn",),
    ("diff", "ir", "show", "scaffold", "name_report", "name_fixes", "choices"),
    ("history",),
    ("exits",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
"""Folders and files of the generator from the ground up: each imports from floors below it, and from itself."""
FLOOR_OF = {name: number for number, names in enumerate(FLOORS) for name in names}
_TOGETHER = {"model": "model and notation", "notation": "model and notation"}
"""What the model says is written in its notation, and what is read from that is the model."""

SHIPPED = ("emitters/python/runtime/", "emitters/python/package/")
"""What is copied into generated packages has no floor: it knows nothing of the generator."""

LONGEST = 400


def part_of(module: str) -> str:
    """The folder or file right below `opspec` that a module stands in; `model` and `notation` are one."""
    name = module.split(".")[1]
    return _TOGETHER.get(name, name)


def module_of(path: Path) -> str:
    """The name under which a file of the generator is imported; a package's own file has the package's name."""
    return ".".join(("opspec", *path.relative_to(OPSPEC).with_suffix("").parts)).removesuffix(".__init__")


@cache
def imports() -> Mapping[str, frozenset[str]]:
    """The modules of the generator that each of them imports, wherever in it that is written."""
    modules = {module_of(path): path for path in OPSPEC.rglob("*.py")}
    found = {
        name: frozenset(
            each for each in imported(ast.parse(path.read_text(encoding="utf-8")), name, path) if each in modules
        )
        - {name}
        for name, path in modules.items()
        if not path.relative_to(OPSPEC).as_posix().startswith(SHIPPED) and name != "opspec"
    }
    assert len(found) > 150
    assert sum(map(len, found.values())) > 500
    return found


def imported(tree: ast.Module, name: str, path: Path) -> Iterator[str]:
    """Whatever could be a module among the names that are imported."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            inside = [f"{source}.{alias.name}" for alias in node.names]
            yield from inside
            if not all(each.startswith("opspec.") and is_module(each) for each in inside):
                yield source


def is_module(name: str) -> bool:
    """Whether the generator has a file or a folder of this name."""
    path = OPSPEC.joinpath(*name.split(".")[1:])
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def circle_in(graph: Mapping[str, frozenset[str]]) -> str:
    """One circle of imports, empty where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return " <- ".join(error.args[1])
    return ""


def python_files() -> Iterator[Path]:
    """The files of the generator, of the extensions and of the tests; expected output is not ours to shorten."""
    for folder in ("generator", "opspecs", "tests"):
        yield from (path for path in (ROOT / folder).rglob("*.py") if "golden/expected" not in path.as_posix())


def test_each_part_has_a_floor() -> None:
    assert {part_of(module) for module in imports()} == set(FLOOR_OF)


@pytest.mark.parametrize("part", sorted(FLOOR_OF))
def test_a_part_imports_from_below_or_from_itself(part: str) -> None:
    found = {
        f"{module} imports {other}"
        for module, others in imports().items()
        for other in others
        if part_of(module) == part and part_of(other) != part and FLOOR_OF[part_of(other)] >= FLOOR_OF[part]
    }
    assert sorted(found) == []


def test_no_parts_import_one_another_in_a_circle() -> None:
    parts = {
        part: frozenset(
            part_of(other)
            for module, others in imports().items()
            for other in others
            if part_of(module) == part and part_of(other) != part
        )
        for part in FLOOR_OF
    }
    assert circle_in(parts) == ""


@pytest.mark.parametrize("part", sorted(FLOOR_OF))
def test_no_files_of_a_part_import_one_another_in_a_circle(part: str) -> None:
    inside = {module: others for module, others in imports().items() if part_of(module) == part}
    circle = circle_in(
        {module: frozenset(other for other in others if other in inside) for module, others in inside.items()}
    )
    assert circle == ""


def test_no_file_is_too_long() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()
    }
    assert len(lengths) > 500
    assert [name for name, length in lengths.items() if length > LONGEST] == []


def test_what_is_shipped_knows_nothing_of_the_generator() -> None:
    files = [path for folder in SHIPPED for path in (OPSPEC / folder).rglob("*.py")]
    files += (ROOT / "opspecs").rglob("*.py")
    assert len(files) > 100
    for path in files:
        found = list(imported(ast.parse(path.read_text(encoding="utf-8")), "shipped.module", path))
        assert not [name for name in found if name.partition(".")[0] == "opspec"], path
