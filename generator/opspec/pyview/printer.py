"""The text of Python code, laid out so that black leaves it alone, and a new parameter is a new line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from opspec.pyview.python import (
    Assign,
    Call,
    Class,
    Comment,
    Entries,
    Evaluate,
    Expression,
    Function,
    Group,
    If,
    Import,
    Index,
    Items,
    Lambda,
    Literal,
    Member,
    Name,
    Origin,
    Parameter,
    Quoted,
    Return,
    Starred,
    Statement,
    Union,
    With,
)
from opspec.pyview.text import WIDTH, py_docstring, py_literal

__all__ = ["block", "code", "expression_lines", "for_readers", "signature"]

_PREFIXES = {
    Origin.OWN: "",
    Origin.RUNTIME: "_rt.",
    Origin.HOST: "_ir.",
    Origin.COLLECTIONS: "_",
    Origin.TYPING: "_",
    Origin.BUILTINS: "_",
    Origin.CHECKING: "",
}


def in_code(name: Name) -> str:
    """A name as generated modules spell it."""
    return _PREFIXES[name.origin] + name.text


def for_readers(name: Name) -> str:
    """A name as readers know it, without the aliases of generated modules."""
    return f"ir.{name.text}" if name.origin is Origin.HOST else name.text


_Spelling = Callable[[Name], str]


def code(expression: Expression, spell: _Spelling = in_code) -> str:
    """An expression on one line."""
    match expression:
        case Name():
            return spell(expression)
        case Literal(value):
            return py_literal(value)
        case Items() | Entries() | Call() | Index():
            opening, items, closing = _parts(expression, spell)
            comma = "," if len(items) == 1 and isinstance(expression, Items) and expression.brackets == "()" else ""
            return f"{opening}{', '.join(head + code(item, spell) for head, item in items)}{comma}{closing}"
        case Member(owner, name):
            return f"{code(owner, spell)}.{name}"
        case Union(options):
            return " | ".join(code(option, spell) for option in options)
        case Lambda(parameters, body):
            return f"lambda{parameters and f' {parameters}'}: {code(body, spell)}"
        case Quoted(inner):
            return py_literal(code(inner, spell))
        case Starred(inner):
            return f"*{code(inner, spell)}"


def _parts(
    expression: Items | Entries | Call | Index, spell: _Spelling
) -> tuple[str, Sequence[tuple[str, Expression]], str]:
    """What opens a bracket, what stands in it (each behind its key), and what closes it."""
    match expression:
        case Items(items, brackets):
            return brackets[:1], [("", item) for item in items], brackets[1:]
        case Entries(entries):
            return "{", [(f"{py_literal(key)}: ", value) for key, value in entries], "}"
        case Index(owner, items):
            return f"{code(owner, spell)}[", [("", item) for item in items], "]"
        case Call(function, arguments, keywords):
            named = [(f"{key}=", value) for key, value in keywords]
            return f"{code(function, spell)}(", [*(("", item) for item in arguments), *named], ")"


def expression_lines(
    expression: Expression,
    indent: int,
    head: str = "",
    tail: str = "",
    *,
    spell: _Spelling = in_code,
    width: int = WIDTH,
) -> list[str]:
    """The lines of an expression between `head` and `tail`: one, or an item a line where it is too long."""
    pad = " " * indent
    line = f"{pad}{head}{code(expression, spell)}{tail}"
    if len(line) <= width:
        return [line]
    match expression:
        case Member(owner, name):
            return expression_lines(owner, indent, head, f".{name}{tail}", spell=spell, width=width)
        case Items() | Entries() | Call() | Index():
            opening, items, closing = _parts(expression, spell)
            if not items or not opening or (isinstance(expression, Index) and len(items) == 1):
                return [line]
            inner: list[str] = []
            for key, item in items:
                inner += expression_lines(item, indent + 4, key, ",", spell=spell, width=width)
            return [f"{pad}{head}{opening}", *inner, f"{pad}{closing}{tail}"]
        case _:
            return [line]


def _parameter_lines(parameter: Parameter, indent: int, spell: _Spelling = in_code) -> list[str]:
    """A parameter on a line of its own; a long union in brackets, as black breaks it."""
    pad = " " * indent
    default = "" if parameter.default is None else f" = {code(parameter.default, spell)}"
    annotation = code(parameter.annotation, spell)
    line = f"{pad}{parameter.name}: {annotation}{default},"
    if len(line) <= WIDTH or not isinstance(parameter.annotation, Union) or spell is not in_code:
        return [line]
    inner = [f"{pad}    {annotation}"]
    if len(inner[0]) > WIDTH:
        first, *others = [code(option, spell) for option in parameter.annotation.options]
        inner = [f"{pad}    {first}", *(f"{pad}    | {option}" for option in others)]
    return [f"{pad}{parameter.name}: (", *inner, f"{pad}){default},"]


def signature(
    head: str,
    parameters: Iterable[Parameter],
    returns: Expression,
    indent: int = 0,
    *,
    first: str = "",
    spell: _Spelling = in_code,
) -> list[str]:
    """The lines of `head(parameters) -> returns`, one parameter a line; `first` is `self` or `cls`."""
    pad = " " * indent
    lines = [f"{pad}    {first},"] if first else []
    starred = False
    for parameter in parameters:
        if parameter.keyword_only and not starred:
            lines.append(f"{pad}    *,")
            starred = True
        lines += _parameter_lines(parameter, indent + 4, spell)
    if len(lines) == (1 if first else 0):
        return [f"{pad}{head}({first}) -> {code(returns, spell)}"]
    return [f"{pad}{head}(", *lines, f"{pad}) -> {code(returns, spell)}"]


def _docstring(lines: Sequence[str], indent: int) -> list[str]:
    return [py_docstring(lines, indent)] if lines else []


def _decorators(decorators: Iterable[Expression], indent: int) -> list[str]:
    return [line for each in decorators for line in expression_lines(each, indent, "@")]


def _assigned(value: Expression, indent: int, head: str) -> list[str]:
    """The lines of an assignment; in brackets where the value fits beside no name of that length, as black does."""
    lines = expression_lines(value, indent, head)
    if len(lines[0]) <= WIDTH:
        return lines
    pad = " " * indent
    inner = expression_lines(value, indent + 4)
    is_better = all(len(line) <= WIDTH for line in inner) and not isinstance(value, (Items, Entries))
    is_better = is_better and (not isinstance(value, Call) or len(f"{pad}{head}(") <= WIDTH)
    return [f"{pad}{head}(", *inner, f"{pad})"] if is_better else lines


def _function(function: Function, indent: int) -> list[str]:
    lines = _decorators(function.decorators, indent)
    lines += signature(f"def {function.name}", function.parameters, function.returns, indent, first=function.first)
    lines[-1] += ":" if function.body or function.doc else ": ..."
    return [*lines, *_docstring(function.doc, indent + 4), *block(function.body, indent + 4)]


def _class(made: Class, indent: int) -> list[str]:
    bases = [code(base) for base in made.bases]
    if made.metaclass is not None:
        bases.append(f"metaclass={code(made.metaclass)}")
    pad = " " * indent
    head = f"{pad}class {made.name}({', '.join(bases)}):"
    lines = [*_decorators(made.decorators, indent), head]
    if len(head) > WIDTH and len(bases) == 1:
        lines[-1:] = [f"{pad}class {made.name}(", f"{pad}    {bases[0]}", f"{pad}):"]
    lines += _docstring(made.doc, indent + 4)
    return [*lines, *([""] if made.body and made.doc else []), *_groups(made.body, indent + 4)]


def _groups(groups: Sequence[Group], indent: int) -> list[str]:
    lines: list[str] = []
    for index, group in enumerate(groups):
        lines += [*([""] if index else []), *block(group, indent)]
    return lines


def _statement(statement: Statement, indent: int) -> list[str]:
    pad = " " * indent
    match statement:
        case Assign(target, value, annotation, doc):
            head = f"{target} = " if annotation is None else f"{target}: {code(annotation)} = "
            return [*_assigned(value, indent, head), *_docstring(doc, indent)]
        case Evaluate(value):
            return expression_lines(value, indent)
        case Return(value):
            return expression_lines(value, indent, "return ")
        case Comment(text):
            return [f"{pad}# {text}"]
        case Import(module, names):
            one = f"{pad}from {module} import {', '.join(names)}"
            if len(one) <= WIDTH:
                return [one]
            return [f"{pad}from {module} import (", *(f"{pad}    {name}," for name in names), f"{pad})"]
        case Function():
            return _function(statement, indent)
        case Class():
            return _class(statement, indent)
        case If(condition, body, otherwise):
            lines = [f"{pad}if {code(condition)}:", *_groups(body, indent + 4)]
            if otherwise:
                space = [""] if isinstance(body[-1][-1], (Class, Function)) else []
                lines += [*space, f"{pad}else:", *_groups(otherwise, indent + 4)]
            return lines
        case With(context, statements):
            return [*expression_lines(context, indent, "with ", ":"), *block(statements, indent + 4)]


def block(statements: Iterable[Statement], indent: int = 0) -> list[str]:
    """The lines of statements, one behind the other."""
    return [line for statement in statements for line in _statement(statement, indent)]
