"""Rust code as rustfmt lays it out (style edition 2024, a width of 100): one way to print it, and no tool needed.

A call or list stays on one line while its arguments take 60 columns and the line 100; the one argument of a call opens
its brackets on the line of the call.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from opspec.exhaustive import assert_never
from opspec.rsview.code import (
    Arm,
    Array,
    Atom,
    Blank,
    Call,
    Chain,
    Constant,
    Do,
    EnumItem,
    Expression,
    Function,
    Impl,
    Item,
    Let,
    Nested,
    Parameter,
    Reference,
    Statement,
    StructItem,
    StructLiteral,
    Tail,
    Try,
    Tuple,
    Use,
)
from opspec.rsview.text import doc_lines

__all__ = ["print_item", "print_signature", "print_statements", "print_uses"]

WIDTH = 100
_CALL = _ARRAY = _CHAIN = 60
_STRUCT = 18
_SHORT = 10
_SIMPLE = re.compile(r'[A-Za-z0-9_#]+|"[^"]*"')
_INDENT = 4


def _joined(items: Sequence[Expression]) -> str:
    return ", ".join(map(flat, items))


def flat(expression: Expression) -> str:
    """The expression on one line."""
    match expression:
        case Atom(text):
            return text
        case Call(head, arguments):
            return f"{head.text}({_joined(arguments)})"
        case Chain(root, links):
            return flat(root) + "".join(f".{flat(link)}" for link in links)
        case Reference(inner):
            return f"&{flat(inner)}"
        case Array(items, opening):
            return f"{opening}{_joined(items)}]"
        case Tuple(items):
            return f"({_joined(items)})"
        case Try(inner):
            return f"{flat(inner)}?"
        case StructLiteral(name, values):
            held = ", ".join(name if flat(value) == name else f"{name}: {flat(value)}" for name, value in values)
            return f"{name.text} {{ {held} }}" if values else f"{name.text} {{}}"
        case _:
            assert_never(expression)


def _is_compact(expression: Expression) -> bool:
    """Whether nothing in it is too wide for one line of its own kind."""
    match expression:
        case Atom():
            return True
        case Call(_, arguments):
            is_alone = len(arguments) == 1 and isinstance(arguments[0], Reference)
            return (is_alone or len(_joined(arguments)) <= _CALL) and all(map(_is_compact, arguments))
        case Chain(root, links):
            width = WIDTH if len(links) == 1 else _CHAIN
            return len(flat(expression)) <= width and all(map(_is_compact, (root, *links)))
        case Reference(inner) | Try(inner):
            return _is_compact(inner)
        case Array(items, _):
            return len(_joined(items)) <= _ARRAY and all(map(_is_compact, items))
        case Tuple(items):
            return len(_joined(items)) <= _CALL and all(map(_is_compact, items))
        case StructLiteral(name, values):
            return len(flat(expression)) - len(name.text) - 5 <= _STRUCT and all(_is_compact(v) for _, v in values)
        case _:
            assert_never(expression)


def _spread(expression: Expression, indent: int, before: int, after: int, *, is_open: bool = False) -> list[str]:
    """The lines of an expression in a block of `indent`, behind `before` columns and in front of `after` ones.

    `is_open` says that it is the one thing in brackets that are open already, and goes on on the next line.
    """
    text = flat(expression)
    if not is_open and _is_compact(expression) and before + len(text) + after <= WIDTH:
        return [text]
    match expression:
        case Atom():
            return [text]
        case Call(head, arguments):
            return _bracketed(f"{head.text}(", arguments, ")", indent, before, after)
        case Tuple(items):
            return _bracketed("(", items, ")", indent, before, after)
        case Reference(inner):
            first, *rest = _spread(inner, indent, before + 1, after, is_open=is_open)
            return [f"&{first}", *rest]
        case Try(inner):
            return _ended(_spread(inner, indent, before, after + 1), "?")
        case Array(items, opening):
            if len(items) == 1:
                return _bracketed(opening, items, "]", indent, before, after)
            if items and all(len(flat(item)) <= _SHORT and _SIMPLE.fullmatch(flat(item)) for item in items):
                return [opening, *_filled([flat(item) for item in items], indent + _INDENT), f"{' ' * indent}]"]
            return _listed(opening, items, "]", indent)
        case Chain(root, links):
            return _chained(root, links, indent, before, after)
        case StructLiteral(name, values):
            lines = [f"{name.text} {{"]
            pad = " " * (indent + _INDENT)
            for key, value in values:
                named = "" if flat(value) == key else f"{key}: "
                first, *rest = _spread(value, indent + _INDENT, indent + _INDENT + len(named), 1)
                lines += _ended([f"{pad}{named}{first}", *rest], ",")
            return [*lines, f"{' ' * indent}}}"]
        case _:
            assert_never(expression)


def _ended(lines: list[str], end: str) -> list[str]:
    return [*lines[:-1], lines[-1] + end]


def _bracketed(
    opening: str, items: Sequence[Expression], closing: str, indent: int, before: int, after: int
) -> list[str]:
    """A call, or brackets around one thing, which opens its own on the same line."""
    if len(items) == 1 and not isinstance(items[0], (Atom, Chain)):
        first, *rest = _spread(items[0], indent, before + len(opening), after + len(closing), is_open=True)
        return _ended([f"{opening}{first}", *rest], closing) if rest else [f"{opening}{first}{closing}"]
    return _listed(opening, items, closing, indent)


def _listed(opening: str, items: Sequence[Expression], closing: str, indent: int) -> list[str]:
    """Each item on lines of its own."""
    lines = [opening]
    inner = indent + _INDENT
    for item in items:
        first, *rest = _spread(item, inner, inner, 1)
        lines += _ended([f"{' ' * inner}{first}", *rest], ",")
    return [*lines, f"{' ' * indent}{closing}"]


def _filled(words: Sequence[str], indent: int) -> list[str]:
    """Words with commas, as many as fit on each line; only the last may take its last column."""
    lines: list[str] = []
    for number, word in enumerate(words, 1):
        if lines and len(lines[-1]) + len(word) + 2 < WIDTH + (number == len(words)):
            lines[-1] += f" {word},"
        else:
            lines.append(f"{' ' * indent}{word},")
    return lines


def _chained(root: Expression, links: Sequence[Call], indent: int, before: int, after: int) -> list[str]:
    """A chain with each link on a line of its own; those of a root of several lines stand where it ends."""
    lines = _spread(root, indent, before, 0)
    inner = indent if lines[1:] else indent + _INDENT
    for number, link in enumerate(links):
        behind = after if number == len(links) - 1 else 0
        first, *rest = _spread(link, inner, inner + 1, behind)
        lines += [f"{' ' * inner}.{first}", *rest]
    return lines


def _statement(statement: Statement, indent: int) -> Iterator[str]:
    pad = " " * indent
    match statement:
        case Blank():
            yield ""
        case Atom(text):
            yield pad + text
        case Arm(pattern, value):
            line = f"{pad}{pattern} => {value.text},"
            wide = [f"{pad}{pattern} => {{", f"{pad}    {value.text}", f"{pad}}}"]
            yield from [line] if len(line) <= WIDTH else wide
        case Let(name, value):
            yield from _bound(f"let {name} =", value, indent)
        case Do(value, before):
            yield from _ended(_behind(before, value, indent, 1), ";")
        case Tail(value):
            yield from _behind("", value, indent, 0)
        case Nested(head, body, close):
            yield f"{pad}{head.text} {{".replace(" {{", " {")
            for each in body:
                yield from _statement(each, indent + _INDENT)
            yield f"{pad}{close}"
        case _:
            assert_never(statement)


def _bound(head: str, value: Expression, indent: int) -> list[str]:
    """`head value;`, with the value on the next line where only there it is on one."""
    text, inner = flat(value), indent + _INDENT
    is_wide = indent + len(head) + len(text) + 2 > WIDTH
    if is_wide and _is_compact(value) and inner + len(text) + 1 <= WIDTH and not isinstance(value, Atom):
        return [f"{' ' * indent}{head}", f"{' ' * inner}{text};"]
    return _ended(_behind(f"{head} ", value, indent, 1), ";")


def _behind(head: str, value: Expression, indent: int, after: int) -> list[str]:
    first, *rest = _spread(value, indent, indent + len(head), after)
    return [f"{' ' * indent}{head}{first}", *rest]


def print_statements(body: Iterable[Statement], indent: int) -> list[str]:
    """The lines of statements."""
    return [line for statement in body for line in _statement(statement, indent)]


def _parameter(parameter: Parameter) -> str:
    return parameter.name if parameter.type is None else f"{parameter.name}: {parameter.type.text}"


def print_signature(function: Function, indent: int = 0, end: str = "") -> list[str]:
    """The lines of a function's head, without its body."""
    pad = " " * indent
    opening = f"{pad}{function.head} {function.name}{function.generics}("
    closing = f"){'' if function.returns is None else f' -> {function.returns.text}'}{end}"
    texts = [_parameter(parameter) for parameter in function.parameters]
    line = opening + ", ".join(texts) + closing
    if len(line) <= WIDTH:
        return [line]
    return [opening, *(f"{pad}    {text}," for text in texts), pad + closing]


def _function(function: Function, indent: int) -> Iterator[str]:
    pad = " " * indent
    yield from doc_lines(function.docs, indent)
    yield from (f"{pad}{attribute}" for attribute in function.attributes)
    yield from print_signature(function, indent, " {")
    yield from print_statements(function.body, indent + _INDENT)
    yield f"{pad}}}"


def _head(head: str) -> list[str]:
    """The head of an `impl`; what it is for stands on the next line where one line is too short."""
    trait, _, type = head.partition(" for ")
    return [f"{head} {{"] if len(head) + 2 <= WIDTH or not type else [trait, f"    for {type}", "{"]


def _constant(constant: Constant, indent: int) -> Iterator[str]:
    yield from doc_lines(constant.docs, indent)
    yield from _bound(f"{constant.head} {constant.name}: {constant.type.text} =", constant.value, indent)


def print_item(item: Item, indent: int = 0) -> list[str]:
    """The lines of an item."""
    pad = " " * indent
    match item:
        case Function():
            return list(_function(item, indent))
        case Constant():
            return list(_constant(item, indent))
        case EnumItem(name, cases, docs, derives):
            lines = [*doc_lines(docs, indent), f"{pad}#[derive({derives})]", f"{pad}pub enum {name} {{"]
            for case in cases:
                lines += [*doc_lines(case.docs, indent + _INDENT), f"{pad}    {case.name},"]
            return [*lines, f"{pad}}}"]
        case StructItem(name, fields, docs, generics, derives):
            lines = [*doc_lines(docs, indent), f"{pad}#[derive({derives})]"]
            if not fields:
                return [*lines, f"{pad}pub struct {name}{generics} {{}}"]
            lines.append(f"{pad}pub struct {name}{generics} {{")
            for field in fields:
                head = "pub " if field.is_public else ""
                lines += doc_lines(field.docs, indent + _INDENT)
                lines.append(f"{pad}    {head}{field.name}: {field.type.text},")
            return [*lines, f"{pad}}}"]
        case Impl(head, members, types):
            lines = [*_head(f"{pad}impl{head.text}"), *(f"{pad}    {each.text}" for each in types)]
            for number, member in enumerate(members):
                lines += [""] * bool(number or types) + print_item(member, indent + _INDENT)
            return [*lines, f"{pad}}}"]
        case _:
            assert_never(item)


def _order(name: str) -> tuple[bool, bool, str]:
    plain = name.removeprefix("r#")
    return name != "*", not plain[:1].isupper(), plain


def _tree(paths: Iterable[str], indent: int, before: int) -> list[str]:
    """What stands behind `use root::` for paths below one root."""
    heads: dict[str, list[str]] = {}
    for path in paths:
        head, _, rest = path.partition("::")
        heads.setdefault(head, []).append(rest)
    items: list[list[str]] = []
    for head in sorted(heads, key=_order):
        inner = sorted(filter(None, heads[head]))
        if not inner:
            items.append([head])
            continue
        opening, *others = _tree(inner, indent + _INDENT, indent + _INDENT + len(head) + 2)
        items.append([f"{head}::{opening}", *others])
    if len(items) == 1:
        return items[0] if not items[0][1:] else _tree_alone(heads, indent, before)
    is_nested = any(item[0].endswith(("{", "}")) for item in items)
    line = f"{{{', '.join(item[0] for item in items)}}}"
    if not is_nested and before + len(line) + 1 <= WIDTH:
        return [line]
    lines = ["{"]
    words: list[str] = []
    for item in items:
        if not item[0].endswith(("{", "}")):
            words.append(item[0])
            continue
        lines += _filled(words, indent + _INDENT)
        lines += _ended([f"{' ' * (indent + _INDENT)}{item[0]}", *item[1:]], ",")
        words = []
    return [*lines, *_filled(words, indent + _INDENT), f"{' ' * indent}}}"]


def _tree_alone(heads: dict[str, list[str]], indent: int, before: int) -> list[str]:
    ((head, inner),) = heads.items()
    first, *rest = _tree(sorted(inner), indent, before + len(head) + 2)
    return [f"{head}::{first}", *rest]


def print_uses(uses: Iterable[Use], roots: Sequence[tuple[str, str]], indent: int = 0) -> list[str]:
    """The lines of `use`, for each root (a name, and how it is written) in this order."""
    found = set(uses)
    lines: list[str] = []
    for root, written in roots:
        paths = sorted(use.path for use in found if use.root == root)
        if paths:
            head = f"{' ' * indent}use {written}::"
            first, *rest = _tree(paths, indent, len(head))
            lines += _ended([f"{head}{first}", *rest], ";")
    return lines
