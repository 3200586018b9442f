"""C++ expressions: tokens to syntax, by recursive descent."""

from __future__ import annotations

from collections.abc import Callable

from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.syntax import (
    Binary,
    Braces,
    Call,
    Cast,
    Character,
    Choice,
    Expression,
    Member,
    Name,
    NumberText,
    Strings,
    Unary,
)
from opspec.tablegen.cpp.tokens import Token, TokenKind, tokens_of

__all__ = ["parse_expression"]

_BINDING = {
    "||": 1,
    "&&": 2,
    "|": 3,
    "^": 4,
    "&": 5,
    "==": 6,
    "!=": 6,
    "<": 7,
    ">": 7,
    "<=": 7,
    ">=": 7,
    "<<": 8,
    ">>": 8,
    "+": 9,
    "-": 9,
    "*": 10,
    "/": 10,
    "%": 10,
}
"""How tightly each binary operator holds its operands."""
_UNARY = ("-", "+", "~", "!")
_CASTS = ("static_cast", "const_cast", "reinterpret_cast")
_TYPE_WORDS = ("unsigned", "signed", "long", "short", "int", "char", "double")
_NO_NAMES = ("sizeof", "alignof", "new", "delete", "throw", "operator", "typeid", "noexcept", "decltype", "this")
_DEEPEST = 60
_MOST_OPERATORS = 300


class _Parser:
    def __init__(self, text: str, is_type: Callable[[str], bool]) -> None:
        self._tokens: tuple[Token, ...] = tuple(tokens_of(text))
        self._next = 0
        self._depth = 0
        self._operators = 0
        self._templates = 0
        self._is_type = is_type

    # --- tokens ---

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _at(self, mark: str) -> bool:
        return self._token.kind is TokenKind.MARK and self._token.text == mark

    def _accept(self, mark: str) -> bool:
        if self._at(mark):
            self._next += 1
            return True
        return False

    def _take(self, mark: str) -> None:
        if not self._accept(mark):
            raise self._unexpected(f"'{mark}'")

    def _text(self, kind: TokenKind, expected: str) -> str:
        if self._token.kind is not kind:
            raise self._unexpected(expected)
        self._next += 1
        return self._tokens[self._next - 1].text

    def _unexpected(self, expected: str) -> NotConstant:
        found = f"'{self._token.text}'" if self._token.kind is not TokenKind.END else "the end"
        return NotConstant(f"found {found}, expected {expected}")

    # --- expressions ---

    def whole(self) -> Expression:
        found = self._expression()
        if self._token.kind is not TokenKind.END:
            raise self._unexpected("the end")
        return found

    def _expression(self) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise NotConstant(f"nested more than {_DEEPEST} deep")
        condition = self._binary(1)
        if self._accept("?"):
            chosen = self._expression()
            self._take(":")
            condition = Choice(condition, chosen, self._expression())
        self._depth -= 1
        return condition

    def _binary(self, least: int) -> Expression:
        left = self._unary()
        while self._token.kind is TokenKind.MARK and _BINDING.get(self._token.text, 0) >= least:
            operator = self._token.text
            self._count()
            self._next += 1
            left = Binary(operator, left, self._binary(_BINDING[operator] + 1))
        return left

    def _count(self) -> None:
        self._operators += 1
        if self._operators > _MOST_OPERATORS:
            raise NotConstant(f"more than {_MOST_OPERATORS} operators")

    def _unary(self) -> Expression:
        if self._token.kind is TokenKind.MARK and self._token.text in _UNARY:
            operator = self._token.text
            self._count()
            self._next += 1
            return Unary(operator, self._unary())
        if self._at("("):
            cast = self._cast_in_brackets()
            if cast is not None:
                self._count()
                return Cast(cast, self._unary())
        return self._postfix(self._primary())

    def _cast_in_brackets(self) -> str | None:
        """The type of `(type)`, taken; None, and nothing taken, where the brackets hold an expression."""
        start = self._next
        self._next += 1
        try:
            found = self._type()
        except NotConstant:
            found = ""
        if found and self._is_type(found) and self._accept(")"):
            return found
        self._next = start
        return None

    def _postfix(self, base: Expression) -> Expression:
        while True:
            if self._at("(") and isinstance(base, (Name, Member)):
                self._count()
                base = Call(base, self._list("(", ")"))
            elif self._at("{") and isinstance(base, Name):
                base = Braces(base.text, self._list("{", "}"))
            elif self._at(".") or self._at("->"):
                self._count()
                self._next += 1
                base = Member(base, self._text(TokenKind.NAME, "a member") + (self._template_arguments() or ""))
            else:
                return base

    def _list(self, opening: str, closing: str) -> tuple[Expression, ...]:
        self._take(opening)
        items = []
        while not self._at(closing):
            items.append(self._expression())
            if not self._accept(","):
                break
            if closing == ")" and self._at(closing):
                raise self._unexpected("an argument")
        self._take(closing)
        return tuple(items)

    def _primary(self) -> Expression:
        token = self._token
        match token.kind:
            case TokenKind.NUMBER:
                self._next += 1
                return NumberText(token.text)
            case TokenKind.CHARACTER:
                self._next += 1
                return Character(token.text)
            case TokenKind.STRING:
                texts = []
                while self._token.kind is TokenKind.STRING:
                    texts.append(self._text(TokenKind.STRING, "a string"))
                return Strings(tuple(texts))
            case TokenKind.NAME if token.text in _CASTS:
                return self._cast()
            case TokenKind.NAME:
                return Name(self._type())
            case _:
                return self._marked()

    def _marked(self) -> Expression:
        """What begins with a mark: a name from the outermost namespace, brackets, braces."""
        if self._at("::"):
            return Name(self._type())
        if self._at("{"):
            return Braces("", self._list("{", "}"))
        if self._accept("("):
            inner = self._expression()
            self._take(")")
            return inner
        raise self._unexpected("an expression")

    def _cast(self) -> Expression:
        self._next += 1
        self._take("<")
        self._templates += 1
        name = self._type()
        self._close_template()
        self._templates -= 1
        self._take("(")
        operand = self._expression()
        self._take(")")
        return Cast(name, operand)

    # --- names ---

    def _type(self) -> str:
        """A name that may be a type: `a::b<c>::d`, or the words of a builtin type; without `const` and `&`."""
        while self._token.text in ("const", "typename", "struct", "class", "enum"):
            self._next += 1
        words = []
        while self._token.kind is TokenKind.NAME and self._token.text in _TYPE_WORDS:
            words.append(self._text(TokenKind.NAME, "a type"))
        name = " ".join(words) or self._qualified()
        while self._token.text in ("const", "&", "&&") and self._ends_type(self._next + 1):
            self._next += 1
        return name

    def _ends_type(self, index: int) -> bool:
        """Whether a token closes what a type stands in, so that the one before it belongs to the type."""
        return self._tokens[index].text in (">", ">>", ",", ")", "&", "const") and index < len(self._tokens) - 1

    def _qualified(self) -> str:
        name = "::" if self._accept("::") else ""
        while True:
            part = self._text(TokenKind.NAME, "a name")
            if part in _NO_NAMES:
                raise NotConstant(f"'{part}' is nothing that is known before compiling")
            name += part + (self._template_arguments() or "")
            if not self._accept("::"):
                return name
            name += "::"

    def _template_arguments(self) -> str | None:
        """`<a, b>` behind a name, taken; None, and nothing taken, where `<` compares or does not follow."""
        if not self._at("<"):
            return None
        start, tokens = self._next, self._tokens
        self._templates += 1
        try:
            arguments = self._arguments_of_template()
        except NotConstant:
            arguments = ()
        self._templates -= 1
        if arguments:
            return f"<{','.join(arguments)}>"
        self._next, self._tokens = start, tokens
        return None

    def _arguments_of_template(self) -> tuple[str, ...]:
        """The arguments and the `>` behind them; raises `NotConstant` where the `<` compares."""
        if self._templates > _DEEPEST:
            raise NotConstant(f"nested more than {_DEEPEST} deep")
        self._take("<")
        arguments = [self._template_argument()]
        while self._accept(","):
            arguments.append(self._template_argument())
        self._close_template()
        closes_outer = self._templates > 1 and self._at(">")
        if not closes_outer and (
            self._token.kind not in (TokenKind.MARK, TokenKind.END) or self._token.text in (*_UNARY, *_BINDING)
        ):
            raise self._unexpected("what stands behind a template")
        return tuple(arguments)

    def _template_argument(self) -> str:
        if self._token.kind is TokenKind.NUMBER:
            return self._text(TokenKind.NUMBER, "a number")
        return self._type()

    def _close_template(self) -> None:
        """Take one `>`, which may be half of a `>>`."""
        if self._at(">>") and self._templates > 1:
            half = Token(TokenKind.MARK, ">")
            self._tokens = (*self._tokens[: self._next], half, half, *self._tokens[self._next + 1 :])
        self._take(">")


def parse_expression(text: str, is_type: Callable[[str], bool]) -> Expression:
    """The syntax of an expression; `is_type` says whether a name is a type, which `(name)-1` depends on.

    Raises `NotConstant` where it is none of the expressions that are known here.
    """
    return _Parser(text, is_type).whole()
