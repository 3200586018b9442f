"""What may be found on a disk: files and folders in each other's place, links, things left over, rights taken away."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import strategies as st

from tests.command import opspec
from tests.faults.project import make_project

__all__ = ["check_state", "states"]

_PLACES = (
    *("opspecs", "opspecs/bindings.yaml", "opspecs/toy", "opspecs/toy/dialect.yaml", "opspecs/toy/overlay.yaml"),
    *("opspecs/toy/releases.yaml", "opspecs/toy/extension", "opspecs/toy/extension/dialects/_toy_more.py"),
    *("opspecs/accepted.yaml", "generated", "generated/.opspec-files", "generated/python", "generated/docs"),
    *("generated/python/toy_bindings/dialects/toy.py", "generated/python/toy_bindings/new.py", ".generated.opspec"),
)
_DEEDS = ("remove", "file", "folder", "link", "loop", "dangling", "pipe", "bytes", "cut", "closed", "long", "empty")
_COMMANDS = ("lint", "check", "generate", "names", "diff")


def states() -> st.SearchStrategy[tuple[tuple[tuple[str, str], ...], str]]:
    """What is done to a project that is generated, and the command that meets it."""
    deed = st.tuples(st.sampled_from(_PLACES), st.sampled_from(_DEEDS))
    return st.tuples(st.lists(deed, min_size=1, max_size=3).map(tuple), st.sampled_from(_COMMANDS))


def _clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _do(path: Path, deed: str) -> None:
    match deed:
        case "bytes" if path.is_file():
            path.write_bytes(b"\xff\x00" + path.read_bytes())
        case "cut" if path.is_file():
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        case "closed" if path.exists():
            path.chmod(0)
        case "long" if path.is_file():
            path.write_text("x" * 70_000 + "\n", encoding="utf-8")
        case "empty" if path.is_file():
            path.write_bytes(b"")
        case "remove":
            _clear(path)
        case "file" | "folder" | "link" | "loop" | "dangling" | "pipe":
            _clear(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            _put(path, deed)
        case _:
            pass


def _put(path: Path, kind: str) -> None:
    match kind:
        case "file":
            path.write_text("a: 1\n", encoding="utf-8")
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to("/tmp")
        case "loop":
            path.symlink_to(path.name)
        case "dangling":
            path.symlink_to("nowhere")
        case _:
            os.mkfifo(path)


def check_state(given: object) -> None:
    """The command ends with one of its codes, and says why in lines of its own."""
    assert isinstance(given, tuple)
    deeds, command = given
    with tempfile.TemporaryDirectory() as name:
        root = make_project(Path(name) / "project")
        assert opspec("generate", cwd=root).returncode == 0
        for place, deed in deeds:
            try:
                _do(root / place, deed)
            except OSError:
                continue  # what was done before has taken the place away
        arguments = ("diff", "opspecs", "opspecs") if command == "diff" else (command,)
        done = opspec(*arguments, cwd=root)
        for folder, names, _ in os.walk(root):
            for inner in names:
                if not (path := Path(folder) / inner).is_symlink():
                    path.chmod(0o700)
    assert done.returncode in (0, 100, 101), (done.returncode, done.stderr[-500:])
    assert "Traceback" not in done.stderr, done.stderr[-1500:]
    assert done.returncode == 0 or done.stderr or done.stdout, "it ends with a code and says nothing"
