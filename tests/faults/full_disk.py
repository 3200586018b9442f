"""Runs on a disk that becomes full: on a file system in memory of which all but some kilobytes are taken.

`unshare --mount --map-root-user python -m tests.faults.full_disk FOLDER STEP` mounts it at the folder, which must
be there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from opspec.diagnostics import ToolError
from opspec.emitters.output import GeneratedFile, write_tree
from tests.faults.trees import NEW, OLD, held, left_beside

__all__ = ["fill", "main"]

_SIZE = 1024
_NEW = (*NEW, GeneratedFile("long.txt", "long\n" * 8000))


def fill(place: Path, free: int, *, is_mount: bool) -> str:
    """Run with so many free kilobytes; returns which tree is left."""
    root = place if is_mount else place / "generated"
    for path in place.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    write_tree(root, OLD)
    old = held(root)
    ballast = place / "ballast"
    taken = shutil.disk_usage(place).free - free * 1024
    with ballast.open("wb") as stream:
        stream.write(b"\0" * max(0, taken))
    try:
        write_tree(root, _NEW)
        kind = "new"
    except ToolError as error:
        assert "No space left" in str(error), error
        kind = "old"
    ballast.unlink()
    now = held(root)
    assert (now == old) == (kind == "old"), "neither the old tree nor the new one"
    write_tree(root, _NEW)
    assert {path for path in held(root) if path not in now} == (set() if kind == "new" else set(held(root)) - set(old))
    if not is_mount:
        assert left_beside(root) == []
    return kind


def main(place: Path, step: int) -> None:
    """Print how often which tree is left; every so many kilobytes."""
    options = ["-t", "tmpfs", "-o", f"size={_SIZE}k", "none", str(place)]
    subprocess.run(["mount", *options], check=True)
    try:
        for is_mount in (False, True):
            kinds = [fill(place, free, is_mount=is_mount) for free in range(0, 200, step)]
            assert {"old", "new"} == set(kinds)
            words = ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds)))
            print(f"full disk, {'mounted on the folder' if is_mount else 'with the folder on it'}: {words}")
    finally:
        subprocess.run(["umount", str(place)], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
