"""Whether the files of a dialect define more than what was read of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from opspec.tablegen.homes import Homes
from opspec.tablegen.records import Records

__all__ = ["left_out"]

_SHOWN = 4


def left_out(homes: Homes, records: Sequence[Records], failed: Mapping[Path, str]) -> Iterator[tuple[Path, str]]:
    """The files of a dialect of which something was not read, and what is said about each.

    `records` are those that were read, `failed` says why files were not.
    """
    parts = dict(homes.parts)
    for path in (*failed, *(path for path in parts if path not in failed)):
        names = [name for name in parts.get(path, ()) if name]
        missing = [name for name in names if not any(known.defines(name) for known in records)]
        count = _counted(missing, names)
        if path in failed:
            yield path, f"{failed[path]} ({count})" if missing else failed[path]
        elif missing and path in homes.read:
            yield path, f"{count}: not in what llvm-tblgen read, as what is behind an #ifdef is not"
        elif missing:
            yield path, f"{count}: it stands outside of the folder of the dialect, and can be extracted by itself"


def _counted(missing: Sequence[str], names: Sequence[str]) -> str:
    """How many definitions are missing, and the first of them."""
    shown = ", ".join(missing[:_SHOWN]) + (", ..." if len(missing) > _SHOWN else "")
    of = f"{len(missing)} of {len(names)} definitions" if len(missing) < len(names) else _many(len(missing))
    return f"{of}, {shown}"


def _many(count: int) -> str:
    return f"{count} definition{'s' if count > 1 else ''}"
