"""Where in its file a thing stands: places of a comparison to lines and columns."""

from __future__ import annotations

from opspec.dataclass import dataclass
from opspec.diagnostics import Location
from opspec.diff.changes import Place
from opspec.spec.nodes import MapNode, Node

__all__ = ["Sheet", "Sheets"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A spec file as read: the dialect it is about, its nodes, and the path that reports show for it."""

    dialect: str
    root: MapNode
    path: str


def _at(root: MapNode, path: tuple[str, ...]) -> tuple[Location, int]:
    """The deepest key on a path that exists, and how many steps of the path led to it."""
    node: Node = root
    location, depth = root.location, 0
    for step in path:
        key = node.key(step) if isinstance(node, MapNode) else None
        found = node.get(step) if isinstance(node, MapNode) else None
        if key is None or found is None:
            break
        location, node, depth = key.location, found, depth + 1
    return location, depth


@dataclass(frozen=True, slots=True)
class Sheets:
    """The files of one side; `path` is what stands for all of them where no file knows a place."""

    path: str
    sheets: tuple[Sheet, ...] = ()

    def location(self, place: Place) -> Location:
        """Where a place is: the line that knows most of its path, of the dialect's facts or its overlay."""
        best, found = -1, Location(self.path)
        for sheet in self.sheets:
            if sheet.dialect != place.dialect:
                continue
            location, depth = _at(sheet.root, place.path)
            if depth > best:
                best, found = depth, Location(sheet.path, location.line, location.column)
        return found
