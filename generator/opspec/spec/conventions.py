"""A project's own conventions: from the nodes of `bindings.yaml` to data."""

from __future__ import annotations

from dataclasses import replace

from opspec.diagnostics import Diagnostics, near_match
from opspec.naming.conventions import CONVENTIONS, Convention, Source, Style, convention_named
from opspec.naming.words import Case
from opspec.spec.nodes import MapNode, Node, ScalarNode, entries, items, text_of

__all__ = ["read_conventions"]


def _flag(node: Node | None, key: str, default: bool) -> bool:
    found = node.get(key) if isinstance(node, MapNode) else None
    return found.value if isinstance(found, ScalarNode) and isinstance(found.value, bool) else default


def _texts(node: Node | None, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """The list under `key`; `default` where there is none. An empty list is one."""
    if not isinstance(node, MapNode) or node.get(key) is None:
        return default
    return tuple(item.text for item in items(node, key))


def _style(node: Node | None, base: Style) -> Style:
    """The style of one kind of name; what is not said is as in `base`."""
    case = text_of(node, "case")
    return Style(
        case=next((known for known in Case if known.value == case), base.case),
        split=_flag(node, "split", base.split),
        digits=_flag(node, "digits", base.digits),
        strip_prefixes=_texts(node, "strip_prefixes", base.strip_prefixes),
        strip_suffixes=_texts(node, "strip_suffixes", base.strip_suffixes),
        prefix=text_of(node, "prefix") or base.prefix,
        suffix=text_of(node, "suffix") or base.suffix,
    )


def _convention(name: str, node: Node, base: Convention) -> Convention:
    def child(key: str) -> Node | None:
        return node.get(key) if isinstance(node, MapNode) else None

    source = text_of(child("functions"), "from")
    splits = tuple((key.text, value.text) for key, value in entries(node, "splits") if isinstance(value, ScalarNode))
    changed = replace(
        base,
        name=name,
        source=next((known for known in Source if known.value == source), base.source),
        functions=_style(child("functions"), base.functions),
        classes=_style(child("classes"), base.classes),
        parameters=_style(child("parameters"), base.parameters),
        enum_cases=_style(child("enum_cases"), base.enum_cases),
        escape=text_of(node, "escape") or base.escape,
        shared_prefix=_flag(child("enum_cases"), "strip_shared_prefix", base.shared_prefix),
    )
    return changed.with_words(_texts(node, "words", ()), splits)


def read_conventions(root: MapNode, diagnostics: Diagnostics) -> tuple[Convention, ...]:
    """The conventions that a project defines, each like one that is known before it."""
    own: list[Convention] = []
    for key, node in entries(root, "conventions"):
        if key.text in CONVENTIONS:
            message = f"the convention '{key.text}' exists already"
            diagnostics.report("wrong-value", message, key.location, f"call it something else, like: {key.text}")
            continue
        like = node.get("like") if isinstance(node, MapNode) else None
        base: Convention | None = convention_named("mnemonic")
        if isinstance(like, ScalarNode):
            known = [convention.name for convention in own] + [name for name in CONVENTIONS if name != "upstream"]
            base = convention_named(like.text, own) if like.text in known else None
            if base is None:
                message = f"there is no convention '{like.text}' that '{key.text}' could be like"
                diagnostics.report("unknown-name", message, like.location, near_match(like.text, known))
        if base is not None:
            own.append(_convention(key.text, node, base))
    return tuple(own)
