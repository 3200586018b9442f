"""Small and large damage to texts and trees, as hypothesis strategies: what fails is shrunk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import yaml
from hypothesis import strategies as st

__all__ = ["damaged_json", "damaged_text", "damaged_yaml"]

ODD: tuple[object, ...] = (
    *(None, True, False, 0, 1, -1, 3, 2**31, 2**63, 2**64, -(2**70), 10**30, 1.5, -0.0, 1e300),
    *(
        "",
        " ",
        "\n",
        "x\n",
        "a b",
        "a.b",
        "a-b",
        "$",
        "_",
        "__",
        "__init__",
        "__x",
        "_0",
        "_arg1",
        "class",
        "None",
        "1a",
    ),
    *("self", "results", "loc", "ip", "context", "verify", "ir", "_rt", "types", "print", "result", "operands", "name"),
    *("true", "null", "010", "1e5", "1:30", ".inf", "0x10", "~", "é", "名", "\u202e", "\u200b", "\ufeff", "\x07", "٣"),
    *('"', "'", "`", "```", "|", "#", "@", "\\", "<!--", "</script>", "{}", "{}}", "%", "::error::", '"""', "a\n\nb"),
    *("any", "f64", "f32 | f64", "Number", "Nobody", "toy.box", "toy.nobody", "tensor<", "opaque(X)", "interface(X)"),
    *("attr bool", "attr toy.mode", "attr enum Mode", "attr array<toy.mode> = []", "variadic any", "optional any"),
    *(
        "prop i32 = 5",
        "attr optional unit",
        "attr dictionary",
        "attr any = opaque",
        "attr type<Number>",
        "attr opaque(Y)",
    ),
    *("variadic_of_variadic(sizes) any", "toy.run", "toy.end", "run", "end", "body", "out", "custom", "params", "$a"),
    *("struct(params)", "`<` params `>`", "($a^)?", "9 or more", "0.5", "2030-01-31", "mode", "exact", "toy_fast|a"),
    *((), ("a",), ("",), (1, 2), (("a",),), {}, {"a": "any"}, {"name": "x"}, {"": ""}, {"x": {}}),
)
"""Values to put where others stood."""

WORDS = tuple(value for value in ODD if isinstance(value, str))

SNIPPETS = (
    *(
        "\n",
        "  ",
        "- ",
        ": ",
        "? ",
        "&a ",
        "*a",
        "!!int ",
        "!!bool ",
        "!x ",
        "|\n",
        ">\n",
        "'",
        '"',
        "{",
        "}",
        "[",
        "]",
        ",",
    ),
    *(
        "#",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "<<: ",
        "\t",
        "\0",
        "\x1b[31m",
        "\u2028",
        "\r",
        "\ud7ff",
        "𝄞",
        "~",
        "`",
        "$",
    ),
    *(
        "<",
        ">",
        "(",
        ")",
        "|",
        "=",
        "->",
        " where ",
        " for ",
        "9" * 400,
        "(" * 60,
        "[" * 60,
        "<" * 60,
        "^",
        "?",
        "*",
        "\\",
    ),
)
"""Pieces to put into a text."""


def _insert(text: str, at: int, piece: str) -> str:
    return text[:at] + piece + text[at:]


@st.composite
def damaged_text(draw: st.DrawFn, texts: Sequence[str]) -> str:
    """One of the texts with a few pieces taken out, put in, said twice, exchanged, or cut off."""
    text = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 12))
        match draw(st.integers(0, 6)):
            case 0:
                text = text[:at] + text[at + length :]
            case 1 | 2:
                text = _insert(text, at, draw(st.sampled_from(SNIPPETS)))
            case 3:
                text = _insert(text, at, text[at : at + length])
            case 4:
                piece = draw(st.sampled_from(texts))
                start = draw(st.integers(0, len(piece)))
                text = _insert(text, at, piece[start : start + length])
            case 5:
                text = _insert(text, at, draw(st.text(max_size=3)))
            case _:
                lines = text.splitlines(keepends=True)
                line = draw(st.integers(0, max(len(lines) - 1, 0)))
                text = "".join([*lines[:line], *lines[line + 1 :], *lines[line : line + 1]])
    return text


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Every collection with each of its keys or indices."""
    found: list[tuple[Any, Any]] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        for key in keys:
            found.append((node, key))
            if isinstance(node[key], (dict, list)):
                waiting.append(node[key])
    return found


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()} if isinstance(value, dict) else value


@st.composite
def _damaged(draw: st.DrawFn, tree: Any) -> Any:
    """The tree with a few values changed, exchanged, moved, renamed or taken out."""
    for _ in range(draw(st.integers(1, 3))):
        places = _places(tree)
        if not places:
            return tree
        node, key = places[draw(st.integers(0, len(places) - 1))]
        other, other_key = places[draw(st.integers(0, len(places) - 1))]
        match draw(st.integers(0, 11)):
            case 0:
                del node[key]
            case 1:
                node[key] = _plain(draw(st.sampled_from(ODD)))
            case 2 | 3 | 6 | 7 if isinstance(node[key], str):
                node[key] = draw(st.sampled_from(WORDS))
            case 8 | 9:
                alike = [(of, at) for of, at in places if type(of[at]) is type(node[key])]
                other, other_key = draw(st.sampled_from(alike))
                node[key] = json.loads(json.dumps(other[other_key], default=str))
            case 10:
                node[key] = json.loads(json.dumps(other[other_key], default=str))
            case 4 if isinstance(node, dict):
                node[draw(st.sampled_from(WORDS))] = node.pop(key)
            case 5 if isinstance(node, dict):
                name = other_key if isinstance(other_key, str) else str(other_key)
                node[name] = node.pop(key)
            case _:
                if isinstance(node[key], str):
                    node[key] = draw(damaged_text([node[key]]))
                else:
                    node[key] = [node[key], node[key]]
    return tree


@st.composite
def damaged_yaml(draw: st.DrawFn, texts: Sequence[str]) -> str:
    """One of the YAML texts, damaged as a tree."""
    tree = yaml.load(draw(st.sampled_from(texts)), Loader=yaml.CSafeLoader)
    changed = draw(_damaged(tree))
    return str(yaml.safe_dump(changed, sort_keys=False, allow_unicode=True))


@st.composite
def damaged_json(draw: st.DrawFn, texts: Sequence[str]) -> str:
    """One of the JSON texts, damaged as a tree."""
    return json.dumps(draw(_damaged(json.loads(draw(st.sampled_from(texts))))))
