"""What benchmarks write and how two runs are compared; nothing is timed here."""

from __future__ import annotations

import dis
import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.compare import moves, report
from benchmarks.page import figure, plot, table
from benchmarks.peers import peer
from benchmarks.rows import SCHEMA, Row, Run, Spread, machine, read_run, row, rows_of, text_of, versions
from benchmarks.timing import in_turns, quartiles, ratios
from enzyme_mlir import HOST

ROOT = Path(__file__).parents[2]


def made(name: str, low: float, median: float, high: float, host: str = "mlir", unit: str = "us") -> Row:
    return Row(group="building", name=name, host=host, unit=unit, figure=Spread(low, median, high), aim=1.0)


def run_of(*rows: Row, python: str = "CPython 3.11.7") -> Run:
    return Run((("python", python),), (("numpy", "2.0"),), rows, ((10, 1.0), (20, 2.5)))


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    run = replace(run_of(made("a", 1, 2, 3)), machine=machine(), versions=versions())
    path = tmp_path / "bench.json"
    path.write_text(text_of(run), encoding="utf-8")
    assert read_run(path) == run


def test_the_shape_of_the_json() -> None:
    found = json.loads(text_of(run_of(made("a", 1, 2, 3))))
    assert found == {
        "schema": SCHEMA,
        "machine": {"python": "CPython 3.11.7"},
        "versions": {"numpy": "2.0"},
        "rows": [
            {
                "group": "building",
                "name": "a",
                "host": "mlir",
                "unit": "us",
                "figure": {"low": 1, "median": 2, "high": 3},
                "aim": 1.0,
            }
        ],
        "growth": [[10, 1.0], [20, 2.5]],
    }


@pytest.mark.parametrize("text", ["{}", "[]", '{"schema": "opspec/bench/0"}'])
def test_another_file_is_no_run(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bench.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="expected the JSON of benchmarks"):
        read_run(path)


@pytest.mark.parametrize("found", [{}, [{}], [{"name": "a"}], [1]])
def test_what_is_no_list_of_rows_is_told(found: object) -> None:
    with pytest.raises(ValueError, match=r"list|row"):
        rows_of(found)


def test_what_moved_beyond_the_spread() -> None:
    old = run_of(made("same", 1, 2, 3), made("within", 1, 2, 3), made("slower", 1, 2, 3), made("faster", 4, 5, 6))
    new = run_of(made("same", 1, 2, 3), made("within", 2.5, 4, 5), made("slower", 3.5, 4, 5), made("faster", 1, 2, 3))
    found = moves(old, new)
    assert [(move.new.name, move.factor) for move in found] == [("slower", 2.0), ("faster", 0.4)]
    assert report(old, new).splitlines() == [
        "slower: building, slower on mlir: 2.00 -> 4.00 us (x 2.00)",
        "faster: building, faster on mlir: 5.00 -> 2.00 us (x 0.40)",
        "2 of 4 figures moved beyond the spread",
    ]


def test_rows_are_of_one_host_and_unit() -> None:
    old, new = made("a", 1, 2, 3), made("a", 5, 6, 7)
    assert moves(run_of(old), run_of(replace(new, host="jaxlib.mlir"))) == ()
    assert moves(run_of(old), run_of(replace(new, unit="ms"))) == ()


def test_what_only_one_run_has_is_told() -> None:
    old, new = run_of(made("a", 1, 2, 3)), run_of(made("b", 1, 2, 3), python="CPython 3.14.0")
    assert report(old, new).splitlines() == [
        "python: CPython 3.11.7 -> CPython 3.14.0",
        "gone: building, a, mlir",
        "new: building, b, mlir",
        "0 of 0 figures moved beyond the spread",
    ]


def compared(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "benchmarks" / "compare.py", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_program_compares_two_files(tmp_path: Path) -> None:
    paths = [tmp_path / "old.json", tmp_path / "new.json"]
    for path, median in zip(paths, (2, 20), strict=True):
        path.write_text(text_of(run_of(made("a", median - 1, median, median + 1))), encoding="utf-8")
    done = compared(*paths)
    assert done.returncode == 0
    assert "slower: building, a on mlir: 2.00 -> 20.0 us (x 10.00)" in done.stdout


@pytest.mark.parametrize("text", [None, "no json", "{}"])
def test_the_program_says_what_it_cannot_read(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "old.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    done = compared(path, path)
    assert done.returncode == 1
    assert done.stderr.startswith("compare: ")
    assert "Traceback" not in done.stderr


def test_the_program_wants_two_files() -> None:
    assert compared("one.json").stderr == "usage: python benchmarks/compare.py OLD.json NEW.json\n"


def test_the_table_says_what_was_not_reached() -> None:
    rows = made("a", 0.1, 0.5, 0.9), replace(made("b", 1, 2, 3), aim=None), made("a", 1, 2, 3, host="jaxlib.mlir")
    assert table(run_of(*rows)).splitlines() == [
        "python: CPython 3.11.7, numpy: 2.0",
        "",
        "### Building",
        "",
        "| what | unit | aim | mlir | jaxlib.mlir |",
        "| --- | --- | --: | --- | --- |",
        "| a | us | 1 | 0.500 (0.100 to 0.900) | **2.00** (1.00 to 3.00) |",
        "| b | us |  | 2.00 (1.00 to 3.00) |  |",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.01234, "0.0123"), (1.234, "1.23"), (12.34, "12.3"), (1234.5, "1234"), (-0.5, "-0.500")],
)
def test_figures_have_three_digits_that_count(value: float, text: str) -> None:
    assert figure(value) == text


def test_the_plot_is_svg_with_a_point_for_each_size() -> None:
    root = ElementTree.fromstring(plot(run_of()))
    circles = [each for each in root.iter() if each.tag.endswith("circle")]
    assert len(circles) == 2
    assert {each.text for each in root.iter() if each.text and each.text.endswith(" s")} == {"1.00 s", "2.50 s"}


def test_quartiles_and_ratios() -> None:
    assert quartiles([3.0]) == (3.0, 3.0, 3.0)
    assert quartiles([5, 1, 2, 4, 3]) == (2.0, 3.0, 4.0)
    assert ratios([2.0, 6.0], [1.0, 2.0]) == [2.0, 3.0]
    assert row("building", "a", [1, 2, 3], unit="us").figure == Spread(1.5, 2, 2.5)


def test_every_way_is_run_in_every_round_and_order_alternates() -> None:
    ran: list[str] = []
    taken = in_turns({name: lambda name=name: ran.append(name) for name in "ab"}, rounds=4, seconds=0.0)
    assert {name: len(values) for name, values in taken.items()} == {"a": 4, "b": 4}
    assert "".join(ran) == "ab" + "abbaabba"


def test_the_page_has_a_place_for_figures_and_the_plot() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert page.count("<!-- figures -->") == page.count("<!-- end of figures -->") == 1
    assert "performance.svg" in page
    ElementTree.parse(ROOT / "docs" / "performance.svg")


@pytest.mark.parametrize(
    ("dialect", "cls", "operands", "attributes", "is_sized"),
    [
        ("func", "CallOp", [("operands_", "variadic")], ["callee"], False),
        ("func", "CallIndirectOp", [("callee", "one"), ("callee_operands", "variadic")], [], False),
        ("gpu", "AllocOp", [("asyncDependencies", "variadic"), ("dynamicSizes", "variadic")], [], True),
        ("cf", "AssertOp", [("arg", "one")], ["msg"], False),
    ],
)
def test_properties_of_peers_do_what_those_of_mlir_tblgen_do(
    dialect: str, cls: str, operands: list[tuple[str, str]], attributes: list[str], is_sized: bool
) -> None:
    """The same instructions: what we are held against is no faster and no slower than what upstream writes."""
    theirs = getattr(import_module(f"{HOST}.dialects.{dialect}"), cls)
    ours, _ = peer(theirs.OPERATION_NAME, operands, attributes, is_sized=is_sized)
    for name in [*(name for name, _ in operands), *attributes]:
        instructions = [
            [(each.opcode, each.arg) for each in dis.get_instructions(getattr(found, name).fget)]
            for found in (ours, theirs)
        ]
        assert instructions[0] == instructions[1], name
