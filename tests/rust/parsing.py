"""Generated Rust, read with a real parser: what functions take, what is documented, what is unwrapped."""

from __future__ import annotations

from collections.abc import Iterator

import tree_sitter_rust
from tree_sitter import Language, Node, Parser

__all__ = ["errors_in", "functions_in", "public_without_words", "unwraps_in"]

_PARSER = Parser(Language(tree_sitter_rust.language()))
_ITEMS = ("function_item", "struct_item", "enum_item", "const_item")


def _nodes(text: str) -> Iterator[Node]:
    waiting = [_PARSER.parse(text.encode()).root_node]
    for node in waiting:
        yield node
        waiting += node.children


def _text(node: Node | None) -> str:
    return "" if node is None or node.text is None else node.text.decode()


def errors_in(text: str) -> list[str]:
    """Where the text is no Rust."""
    return [f"line {n.start_point[0] + 1}: {_text(n)[:60]}" for n in _nodes(text) if n.is_error or n.is_missing]


def functions_in(text: str) -> dict[str, int]:
    """The functions, and how many parameters each has."""
    found = {}
    for node in _nodes(text):
        parameters = node.child_by_field_name("parameters") if node.type == "function_item" else None
        if parameters is not None:
            kinds = ("parameter", "self_parameter")
            count = sum(child.type in kinds for child in parameters.children)
            name = _text(node.child_by_field_name("name"))
            found[name] = max(count, found.get(name, 0))
    return found


def _is_in_tests(node: Node) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.type == "mod_item":
            return True
        parent = parent.parent
    return False


def unwraps_in(text: str) -> list[str]:
    """What is unwrapped outside of tests, or expected without being a valid operation."""
    calls = [node for node in _nodes(text) if node.type == "call_expression" and not _is_in_tests(node)]
    found = [_text(node) for node in calls if _text(node.child_by_field_name("function")).endswith(".unwrap")]
    expects = [node for node in calls if _text(node.child_by_field_name("function")).endswith(".expect")]
    return [*found, *(_text(n) for n in expects if '.expect("valid operation")' not in _text(n))]


def public_without_words(text: str) -> list[str]:
    """Public things without a comment of documentation."""
    found = []
    for node in _nodes(text):
        is_public = any(child.type == "visibility_modifier" for child in node.children)
        if node.type not in _ITEMS or not is_public or _is_in_tests(node):
            continue
        before = node.prev_sibling
        while before is not None and before.type == "attribute_item":
            before = before.prev_sibling
        if before is None or before.type != "line_comment" or not _text(before).startswith("///"):
            found.append(_text(node.child_by_field_name("name")))
    return found
