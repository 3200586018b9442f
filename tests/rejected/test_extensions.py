"""Hand-written modules stand beside the package's own, never in their place, and export what they have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import opspec

SPEC = "schema: opspec/dialect/1\ndialect: toy\noperations:\n  run: {class: RunOp, arguments: {a: any}}\n"
FINE = '"""Words."""\n\n__all__ = ["more"]\n\n\ndef more() -> int:\n    """More."""\n    return 1\n'


def lint(folder: Path, files: dict[str, str | bytes]) -> tuple[int, str]:
    (folder / "dialect.yaml").write_text(SPEC, encoding="utf-8")
    for path, content in files.items():
        file = folder / "extension" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = opspec("lint", "--spec", "dialect.yaml", cwd=folder)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "path",
    ["dialects/_toy_more.py", "_package_more.py", "_testing_more.py", "more.py", "more/__init__.py", "more/inner.py"],
)
def test_modules_of_their_own_names_are_fine(tmp_path: Path, path: str) -> None:
    assert lint(tmp_path, {path: FINE}) == (0, "")


@pytest.mark.parametrize(
    "path",
    [
        "__init__.py",
        "testing.py",
        "testing/__init__.py",
        "Testing.py",
        "hosts.py",
        "_release_table.py",
        "_runtime/host.py",
        "_runtime/__init__.py",
        "_runtime/more.py",
        "_runtime.py",
        "dialects/__init__.py",
        "dialects.py",
        "dialects/toy.py",
        "dialects/TOY.py",
        "dialects/toy/__init__.py",
    ],
)
def test_none_stands_in_the_place_of_the_packages_own(tmp_path: Path, path: str) -> None:
    code, text = lint(tmp_path, {path: FINE})
    assert code == 100
    assert f"extension/{path}:1:1: error: the module would stand in the place of" in text


def test_two_do_not_stand_in_one_place(tmp_path: Path) -> None:
    code, text = lint(tmp_path, {"more.py": FINE, "more/__init__.py": FINE})
    assert (code, text.count("error: the module would stand in the place of")) == (100, 1)


@pytest.mark.parametrize(
    ("exports", "words"),
    [
        ('"x y"', "exports 'x y', which is no Python name"),
        ('"class"', "exports 'class', which is no Python name"),
        ('"more\\n"', "exports 'more\\n', which is no Python name"),
        ('"mroe"', "exports 'mroe', which it does not have"),
        ('"more", "more"', "exports 'more' twice"),
        ('"__class__"', "exports '__class__', which"),
        ("", "exports nothing"),
    ],
)
@pytest.mark.parametrize("path", ["dialects/_toy_more.py", "_package_more.py"])
def test_exports_are_names_that_the_module_has(tmp_path: Path, path: str, exports: str, words: str) -> None:
    code, text = lint(tmp_path, {path: FINE.replace('"more"', exports)})
    assert code == 100
    assert words in text


@pytest.mark.parametrize("content", [b"x = (", b"a = '\0'", b"(" * 5000, b"x = " + b"-" * 100_000 + b"1"])
def test_what_is_no_python_is_a_finding(tmp_path: Path, content: bytes) -> None:
    code, text = lint(tmp_path, {"dialects/_toy_more.py": content})
    assert code == 100
    assert "dialects/_toy_more.py:" in text
    assert "error: not Python" in text
