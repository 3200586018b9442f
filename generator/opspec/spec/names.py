"""Choices of names: from the nodes of `overlay.yaml` to the model."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.model.names import ChosenName, DialectNames, Names, OldName
from opspec.spec.nodes import ListNode, MapNode, Node, ScalarNode, entries, items, text_of

__all__ = ["read_dialect_names", "read_names", "summary_of"]


def summary_of(node: Node | None) -> str:
    """The words about a part: the text itself, or the `summary` of a mapping that says more."""
    if isinstance(node, ScalarNode):
        return node.text.strip() if node.value is not None else ""
    return text_of(node, "summary")


def _child(node: Node | None, key: str) -> Node | None:
    return node.get(key) if isinstance(node, MapNode) else None


def _chosen(node: Node | None, key: str) -> ChosenName:
    found = _child(node, key)
    return ChosenName(found.text, found.location) if isinstance(found, ScalarNode) else ChosenName()


def _old(node: Node | None, *, is_python: bool) -> Iterator[OldName]:
    """The entries of `renamed_from`: a name, or a mapping with the name and until when it is taken."""
    listed = _child(node, "renamed_from")
    for item in listed.items if isinstance(listed, ListNode) else ():
        if isinstance(item, ScalarNode):
            yield OldName(item.text, is_python, location=item.location)
        elif (name := _child(item, "name")) is not None:
            yield OldName(
                text_of(item, "name"), is_python, text_of(item, "class"), text_of(item, "until"), name.location
            )


def read_names(node: Node | None) -> Names:
    """What the overlay's entry of one thing says about names."""
    python = _child(node, "python")
    return Names(
        _chosen(python, "name"),
        _chosen(python, "class"),
        tuple(ChosenName(item.text, item.location) for item in items(python, "aliases")),
        (*_old(node, is_python=False), *_old(python, is_python=True)),
    )


def read_dialect_names(root: Node) -> DialectNames:
    """What an overlay says about the names of its whole dialect."""
    python = _child(root, "python")
    return DialectNames(
        _chosen(python, "module"),
        _chosen(python, "naming"),
        tuple(item.text for item in items(python, "words")),
        tuple((key.text, value.text) for key, value in entries(python, "splits") if isinstance(value, ScalarNode)),
    )
