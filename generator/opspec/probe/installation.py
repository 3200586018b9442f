"""An installed Enzyme: its folder, its library, its release."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
from collections.abc import Sequence
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import ToolError

__all__ = ["DISTRIBUTION", "Installation", "find_installation", "in_order"]

DISTRIBUTION = "enzyme-ad"


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
    return sorted(installations, key=lambda found: [int(part) for part in re.findall(r"\d+", found.release)])
