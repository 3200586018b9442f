"""Relations between the parts of an operation: what a spec says beyond the constraint of each part.

    relation = {"for" name "<" term ":" | "when" claim ":" | "since" string ":"} (claim | "opaque" string)
    claim    = term ("is" ["not"] word {"|" word} | op term {op term})
    op       = "==" | "!=" | "<=" | "<" | ">=" | ">"
    term     = product {("+" | "-") product}
    product  = factor {"*" factor}
    factor   = ["-"] (number | string | name | function "(" term {"," term} ")" | "(" term ")") {"[" term "]"}
    word     = name {"." name}

`parent` stands for the operation around. `since` names the release from which on the rest holds; `opaque` has a rule in
words, which nothing checks.

`parse_relation(print_relation(relation)) == relation` holds. The generator and the runtime share this module.
"""

from __future__ import annotations

import re

from .relation_terms import (
    Call,
    Claim,
    Comparison,
    For,
    Item,
    Membership,
    Name,
    Number,
    Opaque,
    Relation,
    Since,
    Step,
    Sum,
    Term,
    Text,
    When,
)

__all__ = [
    "FUNCTIONS",
    "RelationError",
    "parse_relation",
    "print_claim",
    "print_relation",
    "print_term",
]

FUNCTIONS = {
    "rank": 1,
    "dim": 2,
    "element": 1,
    "type": 1,
    "count": 1,
    "size": 1,
    "inputs": 1,
    "returns": 1,
    "arguments": 1,
    "yields": 1,
    "symbol": 1,
    "ceildiv": 2,
}
"""How many arguments each function takes."""


class RelationError(ValueError):
    """A text that is no relation: what is wrong, and where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


_TOKEN = re.compile(
    r'\s*(?:(?P<number>\d+)|(?P<text>"[^"\\]*")|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)'
    r"|(?P<sign>==|!=|<=|>=|[<>+*()\[\],:|-]))",
    re.ASCII,
)
_COMPARING = ("==", "!=", "<=", "<", ">=", ">")
_DEEPEST = 20
_LONGEST = 100
_MOST = 300
_KEYWORDS = ("for", "when", "since", "opaque", "is", "not")


class _Tokens:
    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str, int]] = []
        position, end = 0, len(text.rstrip())
        while position < end:
            match = _TOKEN.match(text, position)
            if match is None:
                start = position + len(text[position:]) - len(text[position:].lstrip())
                raise RelationError(f"unexpected character '{text[start]}'", start)
            kind = str(match.lastgroup)
            if kind == "number" and len(match[kind]) > _LONGEST:
                message = f"a number of more than {_LONGEST} digits"
                raise RelationError(message, match.start(kind))
            if len(self._tokens) >= _MOST:
                message = f"more than {_MOST} parts"
                raise RelationError(message, match.start(kind))
            self._tokens.append((kind, match[kind], match.start(kind)))
            position = match.end()
        self._end = ("end", "", end)
        self._at = 0
        depth = 0
        for _, sign, offset in self._tokens:
            depth += (sign in ("(", "[")) - (sign in (")", "]"))
            if depth > _DEEPEST:
                raise RelationError(f"nested more than {_DEEPEST} deep", offset)

    @property
    def _next(self) -> tuple[str, str, int]:
        return self._tokens[self._at] if self._at < len(self._tokens) else self._end

    @property
    def offset(self) -> int:
        """Where the next token stands."""
        return self._next[2]

    def accept(self, *texts: str) -> str:
        """Go past the next token, if it is one of these; which one, else the empty text."""
        kind, text, _ = self._next
        if kind in ("sign", "name") and text in texts:
            self._at += 1
            return text
        return ""

    def expect(self, text: str) -> None:
        """Go past a token that has to come next."""
        if not self.accept(text):
            raise self.wrong(f"'{text}'")

    def take(self, kind: str) -> str:
        """Go past a token of a kind, if one comes next; its text, else the empty text."""
        found, text, _ = self._next
        if found != kind or (kind == "name" and text in _KEYWORDS):
            return ""
        self._at += 1
        return text

    def end(self) -> None:
        """There has to be nothing left."""
        if self._next is not self._end:
            raise self.wrong("the end of the text")

    def wrong(self, expected: str) -> RelationError:
        """The error about the next token."""
        found = (
            f"'{self._next[1]}'"
            if self._next is not self._end
            else "the end of the text"
        )
        return RelationError(f"found {found}, expected {expected}", self.offset)


def parse_relation(text: str) -> Relation:
    """The relation that a text says; raises `RelationError` where it says none."""
    tokens = _Tokens(text)
    steps: list[Step] = []
    while word := tokens.accept("for", "when", "since"):
        if word == "since":
            release = tokens.take("text")
            if not release:
                raise tokens.wrong("a release in quotes")
            steps.append(Since(release[1:-1]))
        elif word == "for":
            name = tokens.take("name")
            if not name or "." in name:
                raise tokens.wrong("a name that counts, such as 'i'")
            tokens.expect("<")
            steps.append(For(name, _term(tokens)))
        else:
            steps.append(When(_claim(tokens)))
        tokens.expect(":")
    claim = _opaque(tokens) if tokens.accept("opaque") else _claim(tokens)
    tokens.end()
    return Relation(tuple(steps), claim)


def _opaque(tokens: _Tokens) -> Opaque:
    words = tokens.take("text")
    if not words:
        raise tokens.wrong("a rule in quotes")
    return Opaque(words[1:-1])


def _claim(tokens: _Tokens) -> Claim:
    first = _term(tokens)
    if tokens.accept("is"):
        negated = bool(tokens.accept("not"))
        words = [_word(tokens)]
        while tokens.accept("|"):
            words.append(_word(tokens))
        return Membership(first, tuple(words), negated)
    terms: list[Term] = [first]
    operators: list[str] = []
    while operator := tokens.accept(*_COMPARING):
        operators.append(operator)
        terms.append(_term(tokens))
    if not operators:
        raise tokens.wrong("a comparison such as '<'")
    return Comparison(tuple(terms), tuple(operators))


def _word(tokens: _Tokens) -> str:
    word = tokens.take("name")
    if not word:
        raise tokens.wrong("a kind of type, or an operation")
    return word


def _term(tokens: _Tokens) -> Term:
    left = _product(tokens)
    while operator := tokens.accept("+", "-"):
        left = Sum(operator, left, _product(tokens))
    return left


def _product(tokens: _Tokens) -> Term:
    left = _factor(tokens)
    while tokens.accept("*"):
        left = Sum("*", left, _factor(tokens))
    return left


def _factor(tokens: _Tokens) -> Term:
    found = _atom(tokens)
    while tokens.accept("["):
        found = Item(found, _term(tokens))
        tokens.expect("]")
    return found


def _atom(tokens: _Tokens) -> Term:
    if tokens.accept("-"):
        number = tokens.take("number")
        if not number:
            raise tokens.wrong("a number")
        return Number(-int(number))
    if number := tokens.take("number"):
        return Number(int(number))
    if text := tokens.take("text"):
        return Text(text[1:-1])
    if tokens.accept("("):
        inner = _term(tokens)
        tokens.expect(")")
        return inner
    offset = tokens.offset
    name = tokens.take("name")
    if not name:
        raise tokens.wrong("a number, a name or a function")
    return _call(tokens, name, offset) if tokens.accept("(") else Name(name)


def _call(tokens: _Tokens, function: str, offset: int) -> Call:
    if function not in FUNCTIONS:
        raise RelationError(
            f"unknown function '{function}', expected one of {', '.join(FUNCTIONS)}",
            offset,
        )
    arguments = [_term(tokens)]
    while tokens.accept(","):
        arguments.append(_term(tokens))
    tokens.expect(")")
    if len(arguments) != FUNCTIONS[function]:
        wanted = FUNCTIONS[function]
        raise RelationError(
            f"'{function}' takes {wanted} argument{'s' if wanted > 1 else ''}, not {len(arguments)}",
            offset,
        )
    return Call(function, tuple(arguments))


def print_term(term: Term) -> str:
    """The text of a term."""
    match term:
        case Number(value):
            return str(value)
        case Text(value):
            return f'"{value}"'
        case Name(name):
            return name
        case Item(of, index):
            return f"{_grouped(of, ())}[{print_term(index)}]"
        case Call(function, arguments):
            return f"{function}({', '.join(map(print_term, arguments))})"
        case Sum("*", left, right):
            return f"{_grouped(left, ('*',))} * {_grouped(right, ())}"
        case Sum(operator, left, right):
            return f"{print_term(left)} {operator} {_grouped(right, ('*',))}"


def _grouped(term: Term, bare: tuple[str, ...]) -> str:
    """A term in brackets, unless it is no sum or one of an operator of `bare`."""
    text = print_term(term)
    return f"({text})" if isinstance(term, Sum) and term.operator not in bare else text


def print_claim(claim: Claim) -> str:
    """The text of a claim."""
    if isinstance(claim, Membership):
        return f"{print_term(claim.term)} is {'not ' if claim.negated else ''}{' | '.join(claim.words)}"
    parts = [print_term(claim.terms[0])]
    for operator, term in zip(claim.operators, claim.terms[1:], strict=True):
        parts += [operator, print_term(term)]
    return " ".join(parts)


def _print_step(step: Step) -> str:
    match step:
        case For(name, bound):
            return f"for {name} < {print_term(bound)}: "
        case When(claim):
            return f"when {print_claim(claim)}: "
        case Since(release):
            return f'since "{release}": '


def print_relation(relation: Relation) -> str:
    """The text of a relation."""
    claim = relation.claim
    last = (
        f'opaque "{claim.words}"' if isinstance(claim, Opaque) else print_claim(claim)
    )
    return "".join(map(_print_step, relation.steps)) + last
