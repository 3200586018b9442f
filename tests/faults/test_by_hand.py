"""What a person changed among the generated files is kept, told, and never lost; links are never followed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from opspec.diagnostics import SpecError, ToolError
from opspec.disk.locks import locked
from opspec.emitters.output import GeneratedFile, Written, compare_tree, write_tree
from tests.command import opspec
from tests.faults.project import make_project
from tests.faults.trees import held, left_beside

MODULE = "python/toy_bindings/dialects/toy.py"
ONE, TWO = GeneratedFile("one.txt", "one\n"), GeneratedFile("deep/two.txt", "two\n")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that is generated."""
    root = make_project(tmp_path)
    done = opspec("generate", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.mark.parametrize(
    ("path", "home"),
    [
        (MODULE, "opspecs/toy/overlay.yaml, or in a module of opspecs/toy/extension"),
        ("python/toy_bindings/dialects/_toy_more.py", "opspecs/toy/extension/dialects/_toy_more.py"),
        ("python/toy_bindings/testing.py", "opspec itself, or in a module of your own beside a spec"),
        ("docs/toy.md", "opspecs/toy/overlay.yaml, under `summary`, `description` or `sample`"),
        ("tests/test_toy.py", "opspecs/toy/overlay.yaml, under `sample`"),
        ("schema/dialect.schema.json", "opspec itself"),
    ],
)
def test_a_change_by_hand_is_named_and_kept(project: Path, path: str, home: str) -> None:
    file = project / "generated" / path
    generated = file.read_text(encoding="utf-8")
    file.write_text(generated + "# my change\n", encoding="utf-8")
    before = held(project)
    for command in ("check", "generate"):
        done = opspec(command, cwd=project)
        said = done.stdout + done.stderr
        assert done.returncode == 100, said
        assert f"generated/{path}" in said
        if command == "generate":
            line = len(generated.splitlines()) + 1
            assert f"generated/{path}:{line}:1: error: the file was changed by hand [changed-by-hand]" in said
        assert f"such a change belongs in {home}; --force writes over it and keeps a copy" in said
    assert held(project) == before
    done = opspec("generate", "--force", cwd=project)
    assert done.returncode == 0, done.stderr
    assert f"generated/{path}.orig" in done.stdout
    assert file.with_name(f"{file.name}.orig").read_text(encoding="utf-8").endswith("# my change\n")
    assert opspec("check", cwd=project).returncode == 0


def test_a_second_copy_gets_another_name(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    for number in ("", "1", "2"):
        write_tree(root, [ONE], force=True)
        (root / "one.txt").write_text(f"mine {number}\n", encoding="utf-8")
        assert write_tree(root, [ONE], force=True).copies == (f"one.txt.orig{number}",)
    assert {path: text for path, text in held(root).items() if "orig" in path} == {
        "one.txt.orig": "mine \n",
        "one.txt.orig1": "mine 1\n",
        "one.txt.orig2": "mine 2\n",
    }


def test_a_changed_file_that_is_no_longer_generated_stays_too(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    write_tree(root, [ONE, TWO])
    (root / TWO.path).write_text("mine\n", encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        write_tree(root, [ONE])
    assert [found.message for found in caught.value.diagnostics] == [
        "the file was changed by hand, and is no longer generated"
    ]
    assert write_tree(root, [ONE], force=True).copies == ("deep/two.txt.orig",)
    assert held(root / "deep") == {"two.txt.orig": "mine\n"}


def test_a_strangers_file_in_the_place_of_one_of_ours_is_not_written_over(tmp_path: Path) -> None:
    root = tmp_path / "docs"
    root.mkdir()
    (root / "one.txt").write_text("mine\n", encoding="utf-8")
    with pytest.raises(SpecError):
        write_tree(root, [ONE, TWO])
    assert held(root) == {"one.txt": "mine\n"}


def test_what_is_as_it_would_be_generated_was_not_changed(tmp_path: Path) -> None:
    """Somebody took the file over from elsewhere, or a merge made it."""
    root = tmp_path / "tree"
    write_tree(root, [ONE])
    (root / "one.txt").write_text("newer\n", encoding="utf-8")
    newer = GeneratedFile("one.txt", "newer\n")
    assert write_tree(root, [newer]) == Written((".opspec-files",))


def test_a_deleted_file_is_no_loss(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    write_tree(root, [ONE, TWO])
    shutil.rmtree(root / "deep")
    assert write_tree(root, [ONE, TWO]).touched == ("deep/two.txt",)


def test_both_sides_of_a_merge_count_as_generated(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    lists = []
    for text in ("ours\n", "theirs\n"):
        write_tree(root, [GeneratedFile("one.txt", text)])
        lists.append((root / ".opspec-files").read_text(encoding="utf-8"))
    conflict = f"<<<<<<< HEAD\n{lists[0]}=======\n{lists[1]}>>>>>>> theirs\n"
    for text in ("ours\n", "theirs\n"):
        (root / "one.txt").write_text(text, encoding="utf-8")
        (root / ".opspec-files").write_text(conflict, encoding="utf-8")
        write_tree(root, [ONE])
        assert held(root)["one.txt"] == "one\n"


def test_a_list_of_before_there_were_digests_is_taken(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    root.mkdir()
    (root / "one.txt").write_text("older\n", encoding="utf-8")
    (root / "gone.txt").write_text("older\n", encoding="utf-8")
    (root / ".opspec-files").write_text("gone.txt\none.txt\n", encoding="utf-8")
    write_tree(root, [ONE])
    assert set(held(root)) == {"one.txt", ".opspec-files"}


def test_a_path_that_somebody_adds_to_the_list_is_not_ours(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    write_tree(root, [ONE])
    (root / "mine.txt").write_text("mine\n", encoding="utf-8")
    with (root / ".opspec-files").open("a", encoding="utf-8") as stream:
        stream.write("mine.txt\n")
    write_tree(root, [ONE])
    assert held(root)["mine.txt"] == "mine\n"


def test_sha256sum_compares_too(tmp_path: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("there is no sha256sum")
    write_tree(tmp_path / "tree", [ONE, TWO])
    command = ["sha256sum", "--check", "--strict", ".opspec-files"]
    assert subprocess.run(command, cwd=tmp_path / "tree", capture_output=True, check=False).returncode == 0


def test_nothing_is_written_through_the_link_of_a_folder(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    generated = project / "generated"
    shutil.rmtree(generated / "docs")
    (generated / "docs").symlink_to(outside)
    done = opspec("generate", cwd=project)
    assert done.returncode == 100, done.stdout
    assert f"generated/docs:1:1: error: the folder is a link to {outside}, and nothing is written" in done.stderr
    assert opspec("check", cwd=project).returncode == 100
    assert list(outside.iterdir()) == []
    done = opspec("generate", "--force", cwd=project)
    assert done.returncode == 0, done.stderr
    assert (generated / "docs.orig").readlink() == outside
    assert (generated / "docs" / "toy.md").is_file()
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("is_put", [False, True])
def test_nothing_is_removed_through_the_link_of_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_put: bool
) -> None:
    root, outside = tmp_path / "tree", tmp_path / "outside"
    outside.mkdir()
    (outside / "two.txt").write_text(TWO.text, encoding="utf-8")
    write_tree(root, [ONE, TWO])
    shutil.rmtree(root / "deep")
    (root / "deep").symlink_to(outside)
    if is_put:
        monkeypatch.chdir(root)
    (drift,) = compare_tree(root, [ONE, TWO])
    assert (drift.path, drift.kind) == (TWO.path, "changed")
    assert "--force writes over it" in drift.advice
    write_tree(root, [ONE])
    assert held(outside) == {"two.txt": TWO.text}
    assert (root / "deep").is_symlink()


def test_the_link_of_a_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    root, outside = tmp_path / "tree", tmp_path / "outside.txt"
    outside.write_text(ONE.text, encoding="utf-8")
    write_tree(root, [ONE])
    (root / "one.txt").unlink()
    (root / "one.txt").symlink_to(outside)
    assert [drift.kind for drift in compare_tree(root, [ONE])] == ["changed"]
    write_tree(root, [GeneratedFile("one.txt", "new\n")])
    assert held(root)["one.txt"] == "new\n"
    assert outside.read_text(encoding="utf-8") == ONE.text


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "tree").symlink_to("real")
    write_tree(tmp_path / "tree", [ONE])
    assert (tmp_path / "tree").is_symlink()
    assert (tmp_path / "real" / "one.txt").is_file()


def test_strangers_keep_what_they_are(tmp_path: Path) -> None:
    root = tmp_path / "tree"
    write_tree(root, [ONE, TWO])
    (root / "empty").mkdir(mode=0o700)
    (root / "deep" / "link").symlink_to("nowhere")
    (root / "deep" / "run.sh").write_text("#!/bin/sh\n", encoding="utf-8")
    (root / "deep" / "run.sh").chmod(0o750)
    inode = (root / "deep" / "run.sh").stat().st_ino
    write_tree(root, [GeneratedFile("one.txt", "new\n")])
    assert (root / "empty").stat().st_mode & 0o777 == 0o700
    assert (root / "deep" / "link").readlink() == Path("nowhere")
    status = (root / "deep" / "run.sh").stat()
    assert (status.st_mode & 0o777, status.st_ino, status.st_nlink) == (0o750, inode, 1)
    assert left_beside(root) == []


def test_another_run_is_waited_for_and_not_for_ever(tmp_path: Path) -> None:
    import fcntl
    import os

    root = tmp_path / "tree"
    write_tree(root, [ONE])
    place = tmp_path / ".tree.opspec"
    place.mkdir()
    descriptor = os.open(place / "lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    with pytest.raises(ToolError, match=r"^another opspec writes here since 0\.1 seconds"):
        write_tree(root, [TWO], patience=0.1)
    assert held(root)["one.txt"] == "one\n"
    os.close(descriptor)
    write_tree(root, [TWO], patience=0.1)
    assert left_beside(root) == []


@pytest.mark.parametrize("is_back", [False, True])
def test_the_place_of_another_run_may_go_and_come_back_while_we_wait(
    tmp_path: Path, is_back: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[Path] = []

    @contextmanager
    def locked_late(path: Path, patience: float) -> Iterator[int]:
        waits.append(path)
        if len(waits) == 1:
            path.parent.rmdir()
            with pytest.raises(FileNotFoundError), locked(path, patience):
                pass
            if is_back:
                path.parent.mkdir()
            raise FileNotFoundError(path)
        with locked(path, patience) as descriptor:
            yield descriptor

    monkeypatch.setattr("opspec.disk.swap.locked", locked_late)
    write_tree(tmp_path / "tree", [ONE])
    assert len(waits) == 2
    assert held(tmp_path / "tree")["one.txt"] == "one\n"
    assert left_beside(tmp_path / "tree") == []


def test_an_upgrade_does_not_write_over_changes_either(project: Path) -> None:
    file = project / "generated" / MODULE
    file.write_text("mine\n", encoding="utf-8")
    before = held(project)
    done = opspec("upgrade", "nowhere", cwd=project)
    assert done.returncode == 101
    assert f"generated/{MODULE}:1:1: error: the file was changed by hand [changed-by-hand]" in done.stderr
    assert held(project) == before
