"""An installed Enzyme: its folder, its library, its release."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import ToolError

__all__ = [
    "DISTRIBUTION",
    "Installation",
    "find_installation",
    "in_order",
    "in_order_of_numbers",
    "installed",
    "is_installation",
]

DISTRIBUTION = "enzyme-ad"
_RELEASE = re.compile(r"\d+(\.\d+)+")


@dataclass(frozen=True, slots=True)
class Installation:
    """Enzyme in a folder, e.g. one that `pip install --target` was given; `release` is e.g. `0.0.16`."""

    folder: Path
    library: Path
    release: str


def find_installation(folder: Path | None) -> Installation:
    """The Enzyme in a folder, or the one that this Python would import; raises `ToolError` where there is none."""
    if folder is None:
        spec = importlib.util.find_spec("enzyme_ad")
        places = list(spec.submodule_search_locations or ()) if spec is not None else []
        if not places:
            raise ToolError(
                f"Enzyme is not installed; install it with: pip install '{DISTRIBUTION}>=0.0.14', which exists for "
                "CPython 3.11 on Linux x86_64 only, or name one with --enzyme"
            )
        folder = Path(places[0]).parent
    libraries = sorted((folder / "enzyme_ad").glob("**/enzyme_call*.so"))
    if not libraries:
        raise ToolError(f"there is no Enzyme in {folder}: it should hold enzyme_ad/jax/enzyme_call*.so")
    for distribution in importlib.metadata.distributions(name=DISTRIBUTION, path=[str(folder)]):
        return Installation(folder, libraries[0], distribution.version)
    raise ToolError(f"there is no release of {DISTRIBUTION} in {folder}: it should hold enzyme_ad-*.dist-info")


def in_order(installations: Sequence[Installation]) -> list[Installation]:
    """Installations by release, the oldest first."""
    return sorted(installations, key=lambda found: _numbers(found.release))


def in_order_of_numbers(releases: Iterable[str]) -> list[str]:
    """Releases, the oldest first."""
    return sorted(releases, key=_numbers)


def _numbers(release: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", release)]


def is_installation(source: str) -> bool:
    """Whether a source is an installed Enzyme, or the number of a release that pip may get."""
    return bool(_RELEASE.fullmatch(source)) or (Path(source) / "enzyme_ad").is_dir()


def installed(source: str, folder: Path) -> Installation:
    """The Enzyme in a folder; a release that is given by its number is installed below `folder` first.

    Raises `ToolError` where it cannot be had.
    """
    if not _RELEASE.fullmatch(source):
        return find_installation(Path(source))
    target = folder / source
    if not (target / "enzyme_ad").is_dir():
        install = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-deps"]
        done = subprocess.run(
            [*install, "--target", str(target), f"{DISTRIBUTION}=={source}"],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            said = done.stderr.strip().splitlines()
            raise ToolError(f"pip cannot install {DISTRIBUTION} {source}: {said[-1] if said else 'no reason given'}")
    return find_installation(target)
