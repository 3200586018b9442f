"""What hand-written modules import from generated ones is there, or `lint` and `generate` say what is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import opspec

SPEC = """\
schema: opspec/dialect/1
dialect: toy
enums: {Mode: {storage: i32, cases: {fast: 0}}}
attributes: {mode: {class: ModeAttr, parameters: {value: enum Mode}, format: $value}}
types: {box: {class: BoxType}}
operations:
  run: {class: RunOp, arguments: {a: any}}
  open: {class: OpenOp}
"""
OVERLAY = "schema: opspec/overlay/1\ndialect: toy\noperations: {run: {python: {renamed_from: [go]}}}\n"
MORE = '"""Words."""\n\n__all__ = ["more"]\n\n\ndef more() -> int:\n    """More."""\n    return 1\n'


def run(folder: Path, files: dict[str, str], command: str = "lint") -> tuple[int, str]:
    (folder / "toy").mkdir()
    (folder / "bindings.yaml").write_text(
        "schema: opspec/bindings/1\npackage: toys\noutput: out\ndialects: [toy]\n", encoding="utf-8"
    )
    (folder / "toy" / "dialect.yaml").write_text(SPEC, encoding="utf-8")
    (folder / "toy" / "overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    for path, text in files.items():
        file = folder / "toy" / "extension" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    done = opspec(command, "--config", "bindings.yaml", cwd=folder)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("uses.py", "from .dialects.toy import run, RunOp, Mode, ModeAttr, BoxType, go, mode_attribute"),
        ("uses.py", "from toys.dialects.toy import run"),
        ("uses.py", "from .dialects import toy\n\n\ndef f():\n    return toy.run, toy.open_"),
        ("uses.py", "import toys.dialects.toy as t\n\nt.run"),
        ("inner/uses.py", "from ..dialects.toy import run\nfrom ..dialects import _toy_more, toy as _toy"),
        ("dialects/_toy_uses.py", '__all__ = ["f"]\n\n\ndef f():\n    from .toy import run\n    return run'),
        ("uses.py", "from .dialects.toy import more, _private\nfrom .dialects._toy_more import more, anything"),
        ("uses.py", "from .dialects.toy import *\nfrom os import path\nfrom .other import gone\nimport toys"),
        ("uses.py", "try:\n    from .dialects.toy import gone\nexcept ImportError:\n    gone = None"),
        ("uses.py", "from .dialects import toy\n\n\ndef f(toy):\n    return toy.gone"),
    ],
)
def test_what_is_there_is_fine(tmp_path: Path, path: str, text: str) -> None:
    assert run(tmp_path, {"dialects/_toy_more.py": MORE, path: text + "\n"}) == (0, "")


@pytest.mark.parametrize(
    ("path", "text", "place", "words"),
    [
        ("uses.py", "from .dialects.toy import run, rnu", "1:32", "needs 'rnu' of `toys.dialects.toy`, which does not"),
        ("uses.py", "if 1:\n    from toys.dialects.toy import (\n        Gone,\n    )", "3:9", "needs 'Gone' of"),
        (
            "uses.py",
            "from .dialects import toy as t\n\nt.run\nx = t.gone(1)",
            "4:7",
            "needs 'gone' of `toys.dialects.toy`",
        ),
        ("uses.py", "import toys.dialects.toy as t\n\nt.gone", "3:3", "needs 'gone' of `toys.dialects.toy`"),
        ("uses.py", "from .dialects import tooy\n\ntooy.run", "1:23", "needs 'tooy' of `toys.dialects`"),
        (
            "uses.py",
            "from .dialects.tooy import run, open_",
            "1:28",
            "needs 'run' of `toys.dialects.tooy`, which is not",
        ),
        ("inner/__init__.py", "from ..dialects.toy import gone", "1:28", "needs 'gone'"),
        ("inner/deep/uses.py", "from ...dialects.toy import gone", "1:29", "needs 'gone'"),
        ("dialects/_toy_uses.py", MORE + "\n\nfrom .toy import gone", "11:18", "needs 'gone'"),
        ("uses.py", "try:\n    from .dialects.toy import gone\nexcept ValueError:\n    pass", "2:31", "needs 'gone'"),
    ],
)
@pytest.mark.parametrize("command", ["lint", "generate"])
def test_what_is_gone_is_named_at_its_place(
    tmp_path: Path, path: str, text: str, place: str, words: str, command: str
) -> None:
    code, told = run(tmp_path, {path: text + "\n"}, command)
    assert (code, told.count("error: ")) == (100, 1)
    assert f"toy/extension/{path}:{place}: error: the module {words}" in told
    assert "where an upgrade took it away, write what is there now, or catch the ImportError" in told
    assert not (tmp_path / "out").exists()


def test_a_near_name_is_proposed(tmp_path: Path) -> None:
    _, told = run(tmp_path, {"uses.py": "from .dialects.toy import RunOpp\n"})
    assert "did you mean 'RunOp'" in told
