"""The releases of Enzyme that the specs were compared with, each installed into a folder of its own, once."""

from __future__ import annotations

import fcntl
import platform
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from enzyme_mlir.releases import RELEASES

__all__ = ["RELEASES", "folder_of"]

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "enzyme"
HAS_WHEELS = sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info[:2] == (3, 11)


@cache
def folder_of(release: str) -> Path:
    """The folder that holds the release; skips the test where there is no wheel for this machine."""
    if not HAS_WHEELS:
        pytest.skip("enzyme-ad has wheels for Linux on x86-64 and Python 3.11")
    folder = FOLDER / release
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{release}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run in several processes
        if not (folder / f"enzyme_ad-{release}.dist-info").is_dir():
            install = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps"]
            subprocess.run([*install, "--target", str(folder), f"enzyme-ad=={release}"], check=True, timeout=600)
    return folder
