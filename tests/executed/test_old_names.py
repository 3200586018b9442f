"""Further and old names of a dialect at run time: what they build, and one warning for each at the caller's line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.golden.trees import generate

pytest.importorskip("mlir")

PROGRAM = Path(__file__).with_name("old_names_program.py")
Found = dict[str, dict[str, Any]]

MODES = "renamed.fwddiff: modes is called activity now; the old name is to go in 0.5"
LANES = "renamed.fwddiff: lanes is called width now"
FUNCTION = "renamed.forwarddiff is called fwddiff now; the old name is to go in 0.5"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What the program says of the generated package."""
    root = tmp_path_factory.mktemp("renamed")
    generate("renamed", root)
    done = subprocess.run(
        [sys.executable, str(PROGRAM)],
        env={**os.environ, "PYTHONPATH": str(root / "python")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    result: Found = json.loads(done.stdout)
    return result


def test_new_names_do_not_warn(found: Found) -> None:
    assert found["new_names"] == {"made": [True, True, 3], "warnings": []}


@pytest.mark.parametrize(
    ("use", "made", "messages"),
    [
        ("old_keyword", "OpResult", [(MODES, 1)]),
        ("two_old_keywords", "OpResult", [(MODES, 1), (LANES, 1)]),
        ("old_keyword_of_the_class", "ForwardDiffOp", [(LANES, 1)]),
        ("old_function", "OpResult", [(FUNCTION, 1)]),
        ("old_function_by_its_python_name", "OpResult", [("renamed.jvp is called fwddiff now", 1)]),
        ("old_function_and_old_keyword", "OpResult", [(FUNCTION, 1), (MODES, 1)]),
        (
            "old_class",
            "ForwardDiffOp",
            [("renamed.FwdDiffOp is called ForwardDiffOp now; the old name is to go in 0.5", 1)],
        ),
        (
            "old_class_by_import",
            True,
            [("renamed.CellType is called Cell now; the old name is to go on 2027-01-31", 1)],
        ),
        (
            "region_under_old_names",
            "OpResult",
            [
                ("renamed.loop: result_0_type is called result_type now", 1),
                ("renamed.loop: inside is called body now", 1),
                ("renamed.loop: inside_arguments is called body_arguments now", 1),
            ],
        ),
        ("accessors", [4, 1], [(LANES, 2), (LANES, 3), (LANES, 4)]),
        (
            "builder_of_a_region",
            "renamed.loop",
            [
                ("renamed.loop: build_inside is called build_body now", 2),
                ("renamed.loop: result_0 is called result now", 4),
            ],
        ),
        ("old_case", "QUICK", [("Mode.FAST is called QUICK now", 1)]),
        ("old_case_as_text", "#renamed.mode<quick>", [("Mode.FAST is called QUICK now", 1)]),
        (
            "old_flag",
            "reading|writing",
            [("Rights.LOOKING is called READ now; the old name is to go in 0.4", 1)],
        ),
        ("old_parameter", "#renamed.span<1, 2>", [("SpanAttr: end is called last now", 1)]),
        ("old_parameter_read", 2, [("SpanAttr: end is called last now", 1)]),
        ("star_import", [True, False, True], []),
    ],
)
def test_an_old_name_works_and_warns_where_it_is_used(
    found: Found, use: str, made: object, messages: list[tuple[str, int]]
) -> None:
    assert found[use]["made"] == made
    warned = [[message, PROGRAM.name, line, "DeprecationWarning"] for message, line in messages]
    assert found[use]["warnings"] == warned


@pytest.mark.parametrize(
    ("use", "message"),
    [
        (
            "both_keywords",
            "TypeError: renamed.fwddiff: modes and activity are both given, accepted is activity: "
            "modes is its old name",
        ),
        (
            "position_and_keyword",
            "TypeError: renamed.fwddiff: modes and activity are both given, accepted is activity: "
            "modes is its old name",
        ),
        (
            "both_keywords_of_the_class",
            "TypeError: renamed.pair: left and lhs are both given, accepted is lhs: left is its old name",
        ),
        ("no_such_name", "AttributeError: module 'toy_bindings.dialects.renamed' has no attribute 'backward'"),
        ("old_case_by_key_is_none", "KeyError: 'FAST'"),
    ],
)
def test_what_is_wrong_stays_wrong(found: Found, use: str, message: str) -> None:
    assert found[use] == {"made": message, "warnings": []}


def test_a_case_that_never_was_is_an_error(found: Found) -> None:
    assert found["no_such_case"]["made"].startswith("AttributeError: ")
    assert found["no_such_case"]["warnings"] == []


def test_a_call_site_warns_once_by_default(found: Found) -> None:
    """Two lines, each passed five times."""
    assert found["repeated"] == {"made": 10, "warnings": 2}


def test_tools_see_the_new_signature_and_the_mark_of_pep_702(found: Found) -> None:
    assert found["signature"]["made"][:5] == ["outputs_types", "fn", "inputs", "activity", "width"]
    assert "modes" not in found["signature"]["made"]
    assert found["marked"]["made"] == FUNCTION


def test_nothing_is_needed_at_run_time(found: Found) -> None:
    assert found["modules"]["made"] == []
