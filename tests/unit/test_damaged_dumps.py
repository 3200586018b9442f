"""Records that TableGen does not write are a message, whatever their shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from opspec.diagnostics import ToolError
from opspec.extraction import Tools, facts_text
from tests.command import opspec
from tests.fuzz.seeds import DUMPS


def facts(folder: Path, dump: object) -> str:
    (folder / "records.json").write_text(json.dumps(dump), encoding="utf-8")
    return facts_text(str(folder / "records.json"), "toy", None, Tools((), None), (), "").text


def whole() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DUMPS[0])
    return found


def test_the_whole_dump_is_read(tmp_path: Path) -> None:
    assert "  run:\n" in facts(tmp_path, whole())


@pytest.mark.parametrize("pair", ["", None, 1, [], ["x"], [1, 2], ["x", ["name"]], {}, [None, "a", "b"]])
def test_an_argument_that_is_no_pair_is_named_with_its_record(tmp_path: Path, pair: object) -> None:
    dump = whole()
    dump["Toy_RunOp"]["arguments"]["args"][0] = pair
    with pytest.raises(ToolError, match="the record 'Toy_RunOp' is not as TableGen writes it: 'arguments' has"):
        facts(tmp_path, dump)


@pytest.mark.parametrize("classes", [None, 1, "Op", [None], [["Op"]], {}])
def test_superclasses_are_names(tmp_path: Path, classes: object) -> None:
    dump = whole()
    dump["Toy_RunOp"]["!superclasses"] = classes
    with pytest.raises(ToolError, match="the record 'Toy_RunOp' has no list of names"):
        facts(tmp_path, dump)


@pytest.mark.parametrize("index", [None, 1, [], {"Op": 5}, {"Op": [1]}, {"Dialect": None}])
def test_the_index_of_classes_is_checked(tmp_path: Path, index: object) -> None:
    dump = whole()
    dump["!instanceof"] = index
    with pytest.raises(ToolError, match="is not the output of llvm-tblgen"):
        facts(tmp_path, dump)
    del dump["!instanceof"]
    with pytest.raises(ToolError, match="has no '!instanceof'"):
        facts(tmp_path, dump)


def test_a_circle_of_records_is_a_message(tmp_path: Path) -> None:
    dump = whole()
    (name,) = [name for name, record in dump.items() if "And" in record.get("!superclasses", ())]
    dump[name]["children"] = [{"kind": "def", "def": name}]
    with pytest.raises(ToolError, match="refer to themselves in a circle"):
        facts(tmp_path, dump)


@pytest.mark.parametrize("name", ["\n", "a\nb", "a: b", "#", "'", '"', "\u202e", "- a", "{", "1e5"])
def test_a_name_that_is_none_is_a_finding_of_the_facts_and_never_another_fact(tmp_path: Path, name: str) -> None:
    dump = whole()
    dump["Toy_RunOp"]["arguments"]["args"][0][1] = name
    try:
        text = facts(tmp_path, dump)
    except ToolError:
        return
    (tmp_path / "dialect.yaml").write_text(text, encoding="utf-8")
    done = opspec("lint", "--spec", "dialect.yaml", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert done.returncode == 100
    assert "[wrong-value]" in done.stderr
    assert "yaml-syntax" not in done.stderr
