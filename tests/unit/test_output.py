"""Writing a tree: only what changed is written, only our own files are removed, and a refusal is one line."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from opspec.diagnostics import SpecError, ToolError
from opspec.emitters.output import Drift, GeneratedFile, Written, compare_tree, refuse_changes, write_tree

ONE = GeneratedFile("one.txt", "one\n")
TWO = GeneratedFile("deep/er/two.txt", "zwei é\n")


def names(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def test_the_first_run_writes_everything(tmp_path: Path) -> None:
    root = tmp_path / "new" / "tree"
    assert write_tree(root, [ONE, TWO]).touched == ("one.txt", "deep/er/two.txt", ".opspec-files")
    assert names(root) == [".opspec-files", "deep/er/two.txt", "one.txt"]
    assert (root / TWO.path).read_bytes() == TWO.text.encode()


def test_others_may_read_what_is_written(tmp_path: Path) -> None:
    """A temporary file is its owner's alone; what takes its name must not stay so, nor become a program."""
    write_tree(tmp_path, [ONE, TWO])
    (tmp_path / "one.txt").chmod(0o755)
    write_tree(tmp_path, [GeneratedFile("one.txt", "changed\n"), TWO])
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()} == {0o644}


def test_a_second_run_touches_nothing(tmp_path: Path) -> None:
    write_tree(tmp_path, [ONE, TWO])
    for path in tmp_path.rglob("*"):
        os.utime(path, ns=(1, 1))
    assert write_tree(tmp_path, [ONE, TWO]) == Written()
    assert {path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == {1}


def test_only_the_changed_file_is_written(tmp_path: Path) -> None:
    write_tree(tmp_path, [ONE, TWO])
    os.utime(tmp_path / TWO.path, ns=(1, 1))
    assert write_tree(tmp_path, [GeneratedFile("one.txt", "changed\n"), TWO]).touched == ("one.txt", ".opspec-files")
    assert (tmp_path / "one.txt").read_text(encoding="utf-8") == "changed\n"
    assert (tmp_path / TWO.path).stat().st_mtime_ns == 1


def test_a_file_that_is_no_longer_generated_goes_and_a_strangers_stays(tmp_path: Path) -> None:
    write_tree(tmp_path, [ONE, TWO])
    (tmp_path / "deep" / "er" / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "one.txt.orig").write_text("mine", encoding="utf-8")
    write_tree(tmp_path, [ONE])
    assert names(tmp_path) == [".opspec-files", "deep/er/mine.txt", "one.txt", "one.txt.orig"]


def test_without_a_list_of_an_earlier_run_nothing_goes(tmp_path: Path) -> None:
    write_tree(tmp_path, [ONE, TWO])
    (tmp_path / ".opspec-files").unlink()
    write_tree(tmp_path, [ONE])
    assert TWO.path in names(tmp_path)


@pytest.mark.parametrize("line", ["../outside.txt", "deep/../../outside.txt", "{absolute}"])
def test_the_list_cannot_lead_out_of_the_tree(tmp_path: Path, line: str) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("not ours", encoding="utf-8")
    root = tmp_path / "tree"
    write_tree(root, [ONE])
    (root / "deep").mkdir()
    with (root / ".opspec-files").open("a", encoding="utf-8") as stream:
        stream.write(line.format(absolute=outside) + "\n")
    write_tree(root, [ONE])
    assert outside.read_text(encoding="utf-8") == "not ours"


def test_a_file_of_wrong_bytes_is_one_that_somebody_changed(tmp_path: Path) -> None:
    write_tree(tmp_path, [ONE])
    (tmp_path / "one.txt").write_bytes(b"\xff")
    with pytest.raises(SpecError):
        write_tree(tmp_path, [ONE])
    assert write_tree(tmp_path, [ONE], force=True) == Written(("one.txt",), ("one.txt.orig",))
    assert (tmp_path / "one.txt.orig").read_bytes() == b"\xff"


def test_an_empty_file_is_not_taken_for_one_of_wrong_bytes(tmp_path: Path) -> None:
    empty = GeneratedFile("py.typed", "")
    write_tree(tmp_path, [empty])
    (tmp_path / "py.typed").write_bytes(b"\xff")
    assert compare_tree(tmp_path, [empty]) != ()


def test_line_ends_count(tmp_path: Path) -> None:
    write_tree(tmp_path, [ONE])
    (tmp_path / "one.txt").write_bytes(b"one\r\n")
    assert [drift.kind for drift in compare_tree(tmp_path, [ONE])] == ["changed"]


def test_a_tree_in_sync_has_no_drift(tmp_path: Path) -> None:
    write_tree(tmp_path, [ONE, TWO])
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert compare_tree(tmp_path, [TWO, ONE]) == ()


def test_every_kind_of_drift_is_told_with_a_diff(tmp_path: Path) -> None:
    write_tree(tmp_path, [ONE, TWO, GeneratedFile("three.txt", "three\n")])
    (tmp_path / "one.txt").write_text("eins\n", encoding="utf-8")
    (tmp_path / TWO.path).unlink()
    found = {drift.path: drift for drift in compare_tree(tmp_path, [ONE, TWO])}
    assert {path: drift.kind for path, drift in found.items()} == {
        ".opspec-files": "changed",
        TWO.path: "missing",
        "one.txt": "changed",
        "three.txt": "stale",
    }
    diff = "--- on disk: one.txt\n+++ generated: one.txt\n@@ -1 +1 @@\n-eins\n+one\n"
    advice = "move what you want to keep to a file of your own; --force writes over it and keeps a copy"
    assert found["one.txt"] == Drift("one.txt", "changed", diff, advice)
    assert found["three.txt"].diff.endswith("-three\n")


def test_a_file_in_the_way_of_a_folder_is_a_tool_error(tmp_path: Path) -> None:
    (tmp_path / "deep").write_text("in the way", encoding="utf-8")
    with pytest.raises(ToolError, match=r"^cannot write .*deep") as caught:
        write_tree(tmp_path, [TWO])
    assert "\n" not in str(caught.value)
    assert (tmp_path / "deep").read_text(encoding="utf-8") == "in the way"


def test_a_folder_in_the_way_of_a_file_is_a_tool_error(tmp_path: Path) -> None:
    (tmp_path / "one.txt").mkdir()
    with pytest.raises(ToolError, match=r"^cannot write .*one\.txt"):
        write_tree(tmp_path, [ONE])
    assert names(tmp_path) == []


def test_a_folder_where_a_file_should_be_is_no_traceback_when_comparing(tmp_path: Path) -> None:
    (tmp_path / "one.txt").mkdir()
    try:
        drifts = compare_tree(tmp_path, [ONE])
    except ToolError as error:
        assert "one.txt" in str(error)
    else:
        assert "one.txt" in [drift.path for drift in drifts]


@pytest.mark.parametrize("path", ["../one.txt", "/one.txt", "deep/../../one.txt", ".opspec-files"])
def test_what_is_not_below_the_folder_is_not_written(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    message = f"cannot write {path!r}: it is not below the folder of what is generated"
    with pytest.raises(ToolError, match=f"^{re.escape(message)}$"):
        write_tree(root, [ONE, GeneratedFile(path, "out\n")])
    assert names(tmp_path) == []


def test_a_file_takes_the_place_of_a_folder_whose_files_are_gone(tmp_path: Path) -> None:
    """An earlier run wrote them, and somebody removed them: the folder held nothing else."""
    write_tree(tmp_path, [ONE, TWO])
    (tmp_path / TWO.path).unlink()
    write_tree(tmp_path, [ONE, GeneratedFile("deep", "now a file\n")])
    assert (tmp_path / "deep").read_text(encoding="utf-8") == "now a file\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\nb\nX\nd\n", 3), ("a\nb\nc\nd\nmine\n", 5), ("a\nb\n", 2), ("", 1), ("a\r\nb\r\nc\r\nd\r\n", 4)],
)
def test_a_change_by_hand_is_told_with_its_first_line(tmp_path: Path, text: str, line: int) -> None:
    files = [GeneratedFile("one.txt", "a\nb\nc\nd\n")]
    write_tree(tmp_path, files)
    refuse_changes(tmp_path)
    (tmp_path / "one.txt").write_bytes(text.encode())
    with pytest.raises(SpecError) as caught:
        write_tree(tmp_path, files)
    (found,) = caught.value.diagnostics
    assert (found.message, found.location.line) == ("the file was changed by hand", line)
    with pytest.raises(SpecError):
        refuse_changes(tmp_path)
