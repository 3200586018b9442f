"""Writes what versions of the site share: `versions.json`, which the selector in the header reads, and a first page.

`make docs` builds the version at hand into a folder of its own beside those that were built before, then runs
`python tools/site_versions.py build/site`. The form of `versions.json` is the one of `mike`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

FIRST_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>opspec</title>
<meta http-equiv="refresh" content="0; url={version}/index.html">
</head>
<body><main><h1>opspec</h1><p><a href="{version}/index.html">The newest version, {version}</a></p></main></body>
</html>
"""


def order(version: str) -> tuple[tuple[bool, int, str], ...]:
    """What versions are sorted by: numbers as numbers, and what is ahead of a release (`1.0.0rc1`) before it."""
    parts = version.split(".")
    return tuple((part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts)


def write(site: Path) -> list[str]:
    """Write the files for the versions that are in a folder, and give these, newest first."""
    found = sorted((path.parent.name for path in site.glob("*/index.html")), key=order, reverse=True)
    if not found:
        raise SystemExit(f"{site} has no version of the site; mkdocs builds one into a folder there")
    newest = found[0]
    entries = [{"version": name, "title": name, "aliases": ["latest"] if name == newest else []} for name in found]
    (site / "versions.json").write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    (site / "index.html").write_text(FIRST_PAGE.format(version=newest), encoding="utf-8")
    return found


if __name__ == "__main__":
    print("versions of the site:", ", ".join(write(Path(sys.argv[1]))))
